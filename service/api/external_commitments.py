"""Endpoint: a draft brought by another system under the id that it has there; made once, changed from then on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from events.engine import answering
from service import external_ids
from service.api.bodies import plan_items
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.drafting import placed
from service.api.endpoints import Endpoints
from service.api.naming import known_organisation, known_programme
from service.api.schemas.commitments import Answer
from service.api.schemas.external_commitments import ExternalDraftBody
from service.api.shown import shown_answer
from service.catalog import commitment_stream
from service.dispatch import Ask, Outcome, dispatch
from service.external_ids import COMMITMENT, External, one_form
from service.references import reserve
from workflows.commands import DraftCommitment, Earlier, EditDraft, GiveExternalId
from workflows.commitment import Commitment
from workflows.elsewhere import id_blockers
from workflows.errors import Blocker, Refused

endpoints = Endpoints("external-commitments", "Drafts that another system keeps, under its own ids.")
_NAMED = ("programme", "party", "subject")
_EDITED = ("replication_scope", "agency", "pic", "fields")


@endpoints.post("/external-commitments", Answer, body=ExternalDraftBody)
def bring_commitment(door: Door, body: Mapping[str, Any]) -> Reply:
    """Draft a commitment under another system's id, or change its draft

    The id is recorded with it. The same again is nothing new; an id that means another commitment is refused.
    """
    known_programme(door, body["programme"])
    known_organisation(door, body["party"])
    given = GiveExternalId(one_form(body["system"]), one_form(body["id"]))
    begun = _meant(door, body, given)
    door.about.programme, door.about.reference = body["programme"], begun.reference
    outcome, commitment = _drafted(door, body, begun), begun.commitment
    _claim(door, body["programme"], commitment, given)
    called = dispatch(door.runtime, _ask(door, commitment, given))
    last = max((outcome, called), key=lambda one: one.version)
    folded, state = after(door, last)
    where = url_for("commitments.read_commitment", commitment=commitment)
    return outcome_reply(shown_answer(folded, state, last.etag), last, where)


@dataclass(frozen=True, slots=True)
class _Begun:
    """The commitment that the id means, or will: it may have to be drafted yet. earlier: the one that it follows"""

    commitment: str
    reference: str
    earlier: Earlier | None


def _meant(door: Door, body: Mapping[str, Any], given: GiveExternalId) -> _Begun:
    """Raises Refused where the other system's id can't be one, or means another commitment."""
    unusable = id_blockers(given.system, given.external_id)
    if unusable:
        raise Refused(unusable)
    with answering(), door.runtime.engine.connect() as connection:
        meant = external_ids.target_of(connection, _external(body["programme"], given))
    known = None if meant is None else door.runtime.commitment(meant, fresh=True).state
    if known is not None and body["follows"] is None and _is_of(known, body):
        return _Begun(known.id, known.drafted.reference, None)
    reference, earlier = placed(door, body)
    commitment = reserve(door.runtime.engine, reference, now=door.now)
    if meant not in (None, commitment):
        raise _taken(given)
    return _Begun(commitment, reference, earlier)


def _is_of(state: Commitment, body: Mapping[str, Any]) -> bool:
    return all(body[name] == getattr(state.drafted, name) for name in _NAMED)


def _drafted(door: Door, body: Mapping[str, Any], begun: _Begun) -> Outcome:
    fields = {name: value for name, value in body.items() if name not in ("system", "id", "items", "follows")}
    items, commitment = plan_items(body["items"]), begun.commitment
    state = door.runtime.commitment(commitment, fresh=True).state
    if state is None or _began_it(door):
        command = DraftCommitment(
            commitment=commitment, reference=begun.reference, items=items, earlier=begun.earlier, **fields
        )
        return door.dispatch(command, commitment, leave_out=("commitment", "earlier"))
    door.visible(commitment)
    if not _is_of(state, body):
        blocker = Blocker("commitment_exists", {"commitment": state.drafted.reference, "state": state.state})
        raise Refused((blocker,))
    return door.dispatch(EditDraft(**{name: fields[name] for name in _EDITED}, items=items), commitment)


def _began_it(door: Door) -> bool:
    """Whether the same operation made the draft: then it isn't changed, but answered again."""
    receipt = door.runtime.store.receipt(door.operation())
    return receipt is not None and receipt.version == receipt.last_position - receipt.first_position + 1


def _claim(door: Door, programme: str, commitment: str, given: GiveExternalId) -> None:
    claimed = external_ids.claim(door.runtime.engine, _external(programme, given), commitment, now=door.now)
    if claimed != commitment:
        raise _taken(given)


def _ask(door: Door, commitment: str, given: GiveExternalId) -> Ask:
    asked = {"commitment": commitment, "system": given.system, "id": given.external_id}
    return Ask(given, commitment_stream(commitment), door.caller, door.operation(":id"), asked)


def _external(programme: str, given: GiveExternalId) -> External:
    return External(programme, COMMITMENT, given.system, given.external_id)


def _taken(given: GiveExternalId) -> Refused:
    return Refused((Blocker("external_id_taken", {"system": given.system, "id": given.external_id}),))
