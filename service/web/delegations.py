"""Pages: the authority that an office gives another for a time, and takes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Response, request
from flask.typing import ResponseReturnValue
from uuid6 import uuid7

from service import catalog, formats, identity
from service.web.acting import Wrong, tried
from service.web.chrome import DELEGATION
from service.web.forms import day, key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.visit import Visit
from workflows.commands import GiveDelegation, RevokeDelegation
from workflows.delegation_rules import CAPACITIES
from workflows.delegations import IN_FORCE, NOT_BEGUN
from workflows.facts import DelegationGiven

pages = new_pages("delegations")
FIELDS = ("to", "ends_on", "letter", "starts_on", "capacity", "may_redelegate")


@dataclass(frozen=True, slots=True)
class DelegationShown:
    """A delegation in words. standing: in_force | not_begun | ended | revoked; act_as: what a form sends to use it"""

    id: str
    office: str
    given_by: str
    to: str
    term: str
    letter: str
    capacity: str
    scope: str
    standing: str
    standing_said: str
    act_as: str
    may_be_revoked: bool


@pages.get("/delegations")
def read_delegations(visit: Visit) -> ResponseReturnValue:
    """What the office gave and received, and the form to give."""
    return _page(visit)


@pages.post("/delegations")
def give_delegation(visit: Visit) -> ResponseReturnValue:
    """Give the office's authority to another: whom, until when, by which letter; the rest is as the form has it."""

    def act() -> Response:
        form = request.form
        starts_on = day(form, "starts_on") if text(form, "starts_on") else _today(visit)
        command = GiveDelegation(
            delegation=str(uuid7()),
            office=visit.office,
            to=text(form, "to"),
            capacity=text(form, "capacity") or CAPACITIES[0],
            letter=text(form, "letter"),
            starts_on=starts_on,
            ends_on=day(form, "ends_on"),
            programmes=tuple(form.getlist("programmes")),
            moves=tuple(form.getlist("moves")),
            may_redelegate=text(form, "may_redelegate") == "yes",
        )
        visit.record(command, catalog.DELEGATIONS, key=key_of(request), leave_out=("delegation",))
        return go("/delegations")

    return tried(visit, act, lambda wrong: _page(visit, wrong), None)


@pages.post("/delegations/<delegation>/revocation")
def revoke_delegation(visit: Visit, delegation: str) -> ResponseReturnValue:
    """Take a delegation back at once."""

    def act() -> Response:
        command = RevokeDelegation(delegation, text(request.form, "reason"))
        visit.record(command, catalog.DELEGATIONS, key=key_of(request))
        return go("/delegations")

    return tried(visit, act, lambda wrong: _page(visit, wrong), None)


def _page(visit: Visit, wrong: Wrong | None = None) -> Response:
    known, basis = visit.basis.delegations, visit.runtime.basis()
    entered = {} if wrong is None else {name: text(request.form, name) for name in FIELDS}
    return page(
        visit,
        "pages/delegations.html",
        given=shown_delegations(visit, known.given_of(visit.office)),
        received=shown_delegations(visit, known.received_by(visit.principal.office)),
        offices=_offices(visit),
        programmes=sorted((one.programme, one.name) for one in basis.programmes.values()),
        moves=list(_moves(visit).items()),
        chosen=frozenset()
        if wrong is None
        else frozenset(request.form.getlist("programmes") + request.form.getlist("moves")),
        capacities=[(one, visit.words().clause(f"in capacity {one}")) for one in CAPACITIES],
        today=_today(visit).isoformat(),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        entered=entered,
        status=200 if wrong is None else wrong.status,
    )


def shown_delegations(visit: Visit, given: Sequence[DelegationGiven]) -> list[DelegationShown]:
    """Delegations in words, those that are or will be in force first."""
    shown = [_shown(visit, one) for one in given]
    first = {IN_FORCE: 0, NOT_BEGUN: 1}
    return sorted(shown, key=lambda one: first.get(one.standing, len(first)))


def _shown(visit: Visit, given: DelegationGiven) -> DelegationShown:
    words, known, directory = visit.words(), visit.basis.delegations, visit.basis.directory
    standing = known.standing(given.delegation, identity.moment_of(directory, given.office, visit.now))
    names = {one.programme: one.name for one in visit.basis.programmes.values()}
    moves = _moves(visit)
    scope = [*(names.get(one, one) for one in given.programmes), *(moves.get(one, one) for one in given.moves)]
    return DelegationShown(
        id=given.delegation,
        office=words.office(given.office),
        given_by="" if given.given_by == given.office else words.office(given.given_by),
        to=words.office(given.to),
        term=visit.say(
            "{start} s.d. {end}", "{start} to {end}", start=words.day(given.starts_on), end=words.day(given.ends_on)
        ),
        letter=given.letter,
        capacity=words.clause(f"in capacity {given.capacity}"),
        scope=words.listed(scope) if scope else visit.say("semua", "all"),
        standing=standing,
        standing_said=_said(visit, standing),
        act_as=f"{DELEGATION}{given.delegation}" if standing == IN_FORCE else "",
        may_be_revoked=standing in (IN_FORCE, NOT_BEGUN),
    )


def _said(visit: Visit, standing: str) -> str:
    return {
        "in_force": visit.say("berlaku", "in force"),
        "not_begun": visit.say("belum mulai", "not begun"),
        "ended": visit.say("berakhir", "ended"),
        "revoked": visit.say("dicabut", "revoked"),
    }[standing]


def _moves(visit: Visit) -> dict[str, str]:
    """What can be asked for in any workflow: the label by the name."""
    basis = visit.basis
    definitions = [basis.definition(name, found[-1].version) for name, found in basis.installed.definitions.items()]
    return {move.name: visit.words().said(move.label) for one in definitions for move in one.moves.values()}


def _offices(visit: Visit) -> list[tuple[str, str]]:
    """The offices to choose from: of the own organisation and those above it."""
    directory = visit.basis.directory
    path = directory.path(directory.offices[visit.office].organisation)
    found = [office for organisation in path for office in directory.in_organisation.get(organisation, ())]
    mine = (visit.office, visit.principal.office)
    return [(office, directory.offices[office].name) for office in found if office not in mine]


def _today(visit: Visit) -> date:
    return formats.local_day(visit.now, visit.zone)
