"""Pages: a party promises anew what it withdrew from, beginning with the plan that it had."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, request
from flask.typing import ResponseReturnValue

from service import reading
from service.errors import NotFound
from service.references import next_reference, reserve
from service.rejoining import follower, following
from service.web.acting import Wrong, tried
from service.web.blocking import shown_blockers
from service.web.forms import key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.saved import PARAMETER
from service.web.visit import Visit
from workflows.blockers import blockers
from workflows.commands import DraftCommitment
from workflows.commitment import Commitment
from workflows.errors import Blocker
from workflows.field_sight import commitment_seen
from workflows.rejoining import is_left

pages = new_pages("rejoining")


@pages.get("/commitments/<commitment>/rejoining")
def read_rejoining(visit: Visit, commitment: str) -> ResponseReturnValue:
    """The form to promise the same anew, where the commitment was withdrawn or cancelled."""
    return _page(visit, _left(visit, commitment))


@pages.post("/commitments/<commitment>/rejoining")
def rejoin(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Draft the new commitment, with the plan of the one before."""
    state = _left(visit, commitment)

    def act() -> Response:
        command = _draft(visit, state, text(request.form, "agency"), text(request.form, "pic"))
        named = reserve(visit.runtime.engine, command.reference, now=visit.now)
        command = replace(command, commitment=named)
        outcome = visit.do(command, named, key=key_of(request), leave_out=("commitment", "earlier"))
        saved = f"?{PARAMETER}={outcome.position}" if outcome.position else ""
        return go(f"/commitments/{named}{saved}")

    return tried(visit, act, lambda wrong: _page(visit, state, wrong), state)


def may_rejoin(visit: Visit, state: Commitment) -> tuple[Blocker, ...] | None:
    """Why the office can't draft it anew yet; None where nothing of the kind is to be done."""
    definition = reading.definition_of(visit.basis, state)
    if not is_left(definition, state.state) or follower(visit.runtime, state) is not None:
        return None
    context = visit.basis.context(state.drafted.programme, None, by=visit.principal.acting, now=visit.now)
    return blockers(None, _draft(visit, state, state.agency, state.pic), context)


def _left(visit: Visit, commitment: str) -> Commitment:
    _, state = visit.visible(commitment)
    if not is_left(reading.definition_of(visit.basis, state), state.state):
        raise NotFound("commitment", commitment)
    return state


def _draft(visit: Visit, state: Commitment, agency: str, pic: str) -> DraftCommitment:
    """The plan as the office sees it, drafted for the same party and subject."""
    drafted, opened = state.drafted, visit.basis.programmes[state.drafted.programme]
    seen = commitment_seen(state, reading.definition_of(visit.basis, state).fields, visit.role)
    draft = DraftCommitment(
        commitment="",
        reference=next_reference(opened, drafted),
        programme=drafted.programme,
        party=drafted.party,
        subject=drafted.subject,
        fiscal_year=drafted.fiscal_year,
        replication_scope=state.replication_scope,
        agency=agency,
        pic=pic,
        items=seen.items,
        fields=seen.fields,
    )
    return following(visit.runtime, draft)


def _page(visit: Visit, state: Commitment, wrong: Wrong | None = None) -> Response:
    words, directory = visit.words(state), visit.basis.directory
    offices = [directory.offices[one] for one in directory.in_organisation.get(state.drafted.party, ())]
    entered = {"agency": state.agency, "pic": state.pic}
    return page(
        visit,
        "pages/rejoining.html",
        c=state,
        w=words,
        reference=next_reference(visit.basis.programmes[state.drafted.programme], state.drafted),
        of_party=sorted(offices, key=lambda office: office.name),
        blockers=shown_blockers(may_rejoin(visit, state) or (), words),
        follower=follower(visit.runtime, state),
        action=f"/commitments/{state.id}/rejoining",
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        entered=entered if wrong is None else {name: text(request.form, name) for name in entered},
        etag="",
        back=f"/commitments/{state.id}",
        status=200 if wrong is None else wrong.status,
    )
