"""Endpoints: commitments, their drafts and plans, and what stands in the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service import reading
from service.api import as_of, cursors, lists
from service.api.bodies import plan_items
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.drafting import placed
from service.api.endpoints import Endpoints
from service.api.naming import known_organisation, known_programme
from service.api.schemas import asked
from service.api.schemas import commitments as schemas
from service.api.schemas.plans import PlanItems
from service.api.shown import shown_answer, shown_commitment, shown_items, with_sample
from service.references import reserve
from workflows.commands import DraftCommitment, EditDraft

endpoints = Endpoints("commitments", "What parties promise, from draft to completion.")


@endpoints.get("/commitments", schemas.CommitmentPage, query=schemas.CommitmentFilter, reads_models=True)
def list_commitments(door: Door, query: Mapping[str, Any]) -> Reply:
    """List the commitments that the office sees

    By reference. `field.<name>` asks for a field of the workflow's own on commitments: a part of a text in any case, of
    any other type the whole value. A past view shows what never changes and the state then; it takes no filter by
    office, agency, signed, overdue or a field of the workflow's own.
    """
    page = lists.commitments(door, query)
    rows = [with_sample(door.basis, row, page.fields.get(row.commitment)) for row in page.rows]
    body = {"commitments": rows, "next": page.cursor}
    return Reply(body, headers=cursors.link_next(page.cursor))


@endpoints.post("/commitments", schemas.Answer, body=asked.DraftBody)
def draft_commitment(door: Door, body: Mapping[str, Any]) -> Reply:
    """Draft a commitment

    A party whose commitment to the same was withdrawn or cancelled promises it again in a new one that `follows` it.
    """
    known_programme(door, body["programme"])
    known_organisation(door, body["party"])
    reference, earlier = placed(door, body)
    door.about.programme, door.about.reference = body["programme"], reference
    commitment = reserve(door.runtime.engine, reference, now=door.now)
    fields = {name: value for name, value in body.items() if name not in ("items", "follows")}
    items = plan_items(body["items"])
    command = DraftCommitment(commitment=commitment, reference=reference, items=items, earlier=earlier, **fields)
    outcome = door.dispatch(command, commitment, leave_out=("commitment", "earlier"))
    folded, state = after(door, outcome)
    where = url_for("commitments.read_commitment", commitment=commitment)
    return outcome_reply(shown_answer(folded, state, outcome.etag), outcome, where)


@endpoints.get("/commitments/<string:commitment>", schemas.Commitment, query=schemas.PastQuery)
def read_commitment(door: Door, query: Mapping[str, Any], commitment: str) -> Reply:
    """Read a commitment

    With `at_position`, `as_known_on` or `as_true_on` as it was; without them with its ETag.
    """
    folded, state = door.visible(commitment)
    past = as_of.asked(query, as_of.zone_of(door, state.drafted.programme))
    if past.is_now:
        etag = as_of.etag_of(folded)
        return Reply(shown_commitment(door.basis, door.seen(state), etag=etag), headers={"ETag": etag})
    then = reading.commitment_as_of(door.runtime, commitment, past)
    return Reply(shown_commitment(door.basis, door.seen(then), etag=None, as_of=past))


@endpoints.patch("/commitments/<string:commitment>", schemas.Answer, body=asked.EditBody)
def edit_draft(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Change a draft"""
    door.visible(commitment)
    items = {"items": plan_items(body["items"])} if "items" in body else {}
    outcome = door.dispatch(EditDraft(**{**body, **items}), commitment)
    folded, state = after(door, outcome)
    return outcome_reply(shown_answer(folded, state, outcome.etag), outcome)


@endpoints.get("/commitments/<string:commitment>/plan-items", PlanItems)
def read_plan_items(door: Door, commitment: str) -> Reply:
    """Read the action plan in force, with its progress"""
    folded, state = door.visible(commitment)
    return Reply(shown_items(door.seen(state)), headers={"ETag": as_of.etag_of(folded)})
