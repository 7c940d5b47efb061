"""Pages: one direction on several commitments, and what became of it on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.engine import answering
from service.directions import MOST_AT_ONCE, Directed, give_directions
from service.dispatch import Caller
from service.formats import local_day
from service.read_models.commitment_queries import Filters, ListedCommitment, list_commitments
from service.web.acting import sentence_of_field
from service.web.blocking import BlockerShown, shown_blockers
from service.web.forms import FieldWrong, day, key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.requests_shown import Option
from service.web.visit import Visit
from workflows.commands import GiveDirection

pages = new_pages("directions")
PARTY, PROGRAMME = "party", "programme"


@dataclass(frozen=True, slots=True)
class DirectedShown:
    """What became of the direction on one commitment. status: done | refused"""

    status: str
    name: str
    commitment: str
    sentence: str
    blockers: tuple[BlockerShown, ...]


@pages.get("/directions")
def read_directions(visit: Visit) -> ResponseReturnValue:
    """The commitments of a programme, or of one party in it, to choose from, and the direction's form."""
    return _form(visit, request.args, errors={})


@pages.post("/directions")
def direct_together(visit: Visit) -> ResponseReturnValue:
    """Give the direction on all that were chosen."""
    chosen = list(dict.fromkeys(request.form.getlist("commitment")))[:MOST_AT_ONCE]
    try:
        command = _command(chosen)
    except FieldWrong as wrong:
        return _form(visit, request.form, errors={wrong.field: sentence_of_field(visit, wrong)})
    principal = visit.principal
    results = give_directions(
        visit.runtime,
        visit.basis,
        chosen,
        command,
        caller=Caller(principal.acting, principal.signin),
        operation=f"http:{principal.name}:{principal.person}:{key_of(request)}",
        now=visit.now,
    )
    return page(visit, "pages/directed.html", results=[_shown(visit, one) for one in results], back="/")


def _command(chosen: list[str]) -> GiveDirection:
    if not chosen:
        raise FieldWrong("commitment", "choice")
    for field in ("addressee", "text"):
        if not text(request.form, field):
            raise FieldWrong(field, "missing")
    return GiveDirection(text(request.form, "addressee"), day(request.form, "due_on"), text(request.form, "text"))


def _form(visit: Visit, given: Mapping[str, str], *, errors: Mapping[str, str]) -> Response:
    words = visit.words()
    return page(
        visit,
        "pages/directions.html",
        status=422 if errors else 200,
        commitments=[Option(one.commitment, _name(visit, one)) for one in _listed(visit, given)],
        chosen=frozenset(request.form.getlist("commitment")),
        addressees=_addressees(visit),
        errors=errors,
        entered={name: text(given, name) for name in ("addressee", "due_on", "text", PARTY, PROGRAMME)},
        party=words.organisation(given[PARTY]) if given.get(PARTY) else "",
        back="/",
    )


def _listed(visit: Visit, given: Mapping[str, str]) -> list[ListedCommitment]:
    filters = Filters(programme=text(given, PROGRAMME) or None, party=text(given, PARTY) or None)
    with answering(), visit.runtime.engine.connect() as connection:
        return list_commitments(connection, visit.scope, filters, limit=MOST_AT_ONCE)


def _name(visit: Visit, one: ListedCommitment) -> str:
    opened = visit.basis.programmes.get(one.programme)
    subjects = () if opened is None else opened.subjects
    subject = next((known.short_name or known.name for known in subjects if known.subject == one.subject), one.subject)
    return f"{subject}, {visit.words().organisation(one.party)}"


def _addressees(visit: Visit) -> list[Option]:
    """The offices below that somebody holds."""
    directory, own = visit.basis.directory, visit.principal.acting.authority
    found = [
        office
        for office in directory.offices.values()
        if office.office != own
        and directory.is_above(own, office.office)
        and not directory.is_vacant(office.office, local_day(visit.now, visit.zone))
    ]
    return [Option(one.office, one.name) for one in sorted(found, key=lambda one: one.name)]


def _shown(visit: Visit, result: Directed) -> DirectedShown:
    state, problem = result.state, result.problem
    words = visit.words(state)
    named = result.commitment
    if state is not None:
        named = f"{words.subject(state.drafted.subject)}, {words.organisation(state.drafted.party)}"
    return DirectedShown(
        status=result.status,
        name=named,
        commitment="" if state is None else state.id,
        sentence="" if problem is None or problem.blockers else problem.title(visit.language),
        blockers=() if problem is None else shown_blockers(problem.blockers, words),
    )
