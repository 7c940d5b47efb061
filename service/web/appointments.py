"""Pages: appointments by two persons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue
from uuid6 import uuid7

from service import appointing, catalog, formats, identity
from service.web.acting import Wrong, tried
from service.web.forms import day, key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.visit import Visit
from workflows.commands import AppointmentCommand, ConfirmHolder, DeclineHolder, ProposeHolder
from workflows.facts import HolderProposed
from workflows.office_rules import CAPACITIES

pages = new_pages("appointments")
FIELDS = ("office", "email", "capacity", "letter", "starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class ProposalShown:
    """A proposed appointment in words. mine: the acting office proposed it"""

    id: str
    office: str
    person: str
    capacity: str
    term: str
    letter: str
    proposed_by: str
    mine: bool


@pages.get("/appointments")
def read_appointments(visit: Visit) -> ResponseReturnValue:
    """What waits for a second person, and the form to propose."""
    return _page(visit)


@pages.post("/appointments")
def propose_holder(visit: Visit) -> ResponseReturnValue:
    """Propose who is to hold an office."""

    def command() -> AppointmentCommand:
        form = request.form
        return ProposeHolder(
            appointment=str(uuid7()),
            office=text(form, "office"),
            person=appointing.person_by(visit.runtime, text(form, "email")),
            capacity=text(form, "capacity"),
            letter=text(form, "letter"),
            starts_on=day(form, "starts_on"),
            ends_on=day(form, "ends_on") if text(form, "ends_on") else None,
        )

    return _tried(visit, command, leave_out=("appointment",))


@pages.post("/appointments/<appointment>/confirmation")
def confirm_holder(visit: Visit, appointment: str) -> ResponseReturnValue:
    """Confirm what another person proposed."""
    return _tried(visit, lambda: ConfirmHolder(appointment))


@pages.post("/appointments/<appointment>/refusal")
def decline_holder(visit: Visit, appointment: str) -> ResponseReturnValue:
    """Decline a proposal, or take the own one back."""
    return _tried(visit, lambda: DeclineHolder(appointment, text(request.form, "reason")))


def _tried(visit: Visit, command: Callable[[], AppointmentCommand], *, leave_out: tuple[str, ...] = ()) -> Response:
    def act() -> Response:
        visit.record(command(), catalog.OFFICES, key=key_of(request), leave_out=leave_out)
        return go("/appointments")

    return tried(visit, act, lambda wrong: _page(visit, wrong), None)


def _page(visit: Visit, wrong: Wrong | None = None) -> Response:
    by, words = visit.principal.acting, visit.words()
    basis = visit.runtime.basis()
    waiting = appointing.waiting_for(basis, by, visit.now)
    persons = identity.persons_by_id(visit.runtime.engine, [one.person for one in waiting])
    entered = {} if wrong is None else {name: text(request.form, name) for name in FIELDS}
    return page(
        visit,
        "pages/appointments.html",
        waiting=[_shown(visit, one, persons.get(one.person)) for one in waiting],
        offices=[(one, words.office(one)) for one in appointing.offices_to_fill(basis, by, visit.now)],
        capacities=[(one, visit.words().capacity(one)) for one in CAPACITIES],
        today=formats.local_day(visit.now, visit.zone).isoformat(),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        entered=entered,
        status=200 if wrong is None else wrong.status,
    )


def _shown(visit: Visit, one: HolderProposed, person: identity.Person | None) -> ProposalShown:
    words = visit.words()
    ends = visit.say("sampai diganti", "until replaced") if one.ends_on is None else words.day(one.ends_on)
    return ProposalShown(
        id=one.appointment,
        office=words.office(one.office),
        person=one.person if person is None else f"{person.name} ({person.email})",
        capacity=visit.words().capacity(one.capacity),
        term=visit.say("{start} s.d. {end}", "{start} to {end}", start=words.day(one.starts_on), end=ends),
        letter=one.letter,
        proposed_by=words.office(one.proposed_by),
        mine=one.proposed_by == visit.principal.office,
    )
