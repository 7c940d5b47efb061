"""Endpoint: one direction on several commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.api.bodies import evidence_of
from service.api.changes import REPLAYED, after
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.refusals import in_both, shown_blocker, title
from service.api.schemas import oversight as schemas
from service.api.shown import Shown, shown_answer
from service.api.shown_matters import shown_matter
from service.directions import Directed, give_directions
from workflows.commands import GiveDirection

endpoints = Endpoints("directions", "One direction on several commitments, each with a result of its own.")


@endpoints.post("/directions", schemas.DirectionsAnswer, body=schemas.DirectionsBody, status=200)
def direct_together(door: Door, body: Mapping[str, Any]) -> Reply:
    """Give one direction on several commitments

    Each is recorded by itself; one that is refused leaves the others alone.
    """
    files = evidence_of(door, body["evidence"])
    command = GiveDirection(body["addressee"], body["due_on"], body["text"], files)
    results = give_directions(
        door.runtime,
        door.basis,
        body["commitments"],
        command,
        caller=door.caller,
        operation=door.operation(),
        now=door.now,
    )
    outcomes = [one.outcome for one in results if one.outcome is not None]
    headers = {"X-Kawal-Position": str(max(outcome.position for outcome in outcomes))} if outcomes else {}
    if outcomes and all(outcome.repeated for outcome in outcomes):
        headers |= REPLAYED
    return Reply({"results": [_shown(door, one) for one in results]}, headers=headers)


def _shown(door: Door, result: Directed) -> Shown:
    shown = {"commitment": result.commitment, "status": result.status}
    if result.outcome is not None:
        folded, state = after(door, result.outcome)
        matter = shown_matter(state, list(state.matters.values())[-1])
        return {**shown, "answer": {**shown_answer(folded, state, result.outcome.etag), "matter": matter}}
    problem, seen = result.problem, result.state
    assert problem is not None, "what isn't given has a problem"
    words, reference = door.words(seen), None if seen is None else seen.drafted.reference
    return {
        **shown,
        "code": problem.code,
        "sentence": in_both(words, lambda each: title(problem, each, reference=reference)),
        "blockers": [shown_blocker(blocker, words, reference=reference) for blocker in problem.blockers],
    }
