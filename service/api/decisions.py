"""Endpoints: several requests decided in one act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from service.api.bodies import in_sitting
from service.api.changes import REPLAYED, after
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.refusals import in_both, shown_blocker, title
from service.api.schemas import decisions as schemas
from service.api.shown import Shown, shown_answer
from service.decisions import Decision, Result, Wanted, commitment_of, decide_together
from workflows.commands import ApproveRequest, RejectRequest, ReturnRequest

endpoints = Endpoints("decisions", "Several requests decided in one act, each with a result of its own.")


@endpoints.post("/approvals", schemas.Decided, body=schemas.ApprovalsBody, status=200)
def approve_together(door: Door, body: Mapping[str, Any]) -> Reply:
    """Approve several requests

    Each is recorded by itself; one that is refused or has moved on leaves the others alone.
    """
    held = in_sitting(body)
    return _together(door, body, lambda request: ApproveRequest(request, note=body["note"], sitting=held))


@endpoints.post("/returns", schemas.Decided, body=schemas.ReturnsBody, status=200)
def return_together(door: Door, body: Mapping[str, Any]) -> Reply:
    """Send several requests back for one reason

    Each is recorded by itself; one that is refused or has moved on leaves the others alone.
    """
    held = in_sitting(body)
    return _together(door, body, lambda request: ReturnRequest(request, body["reason"], body["text"], held))


@endpoints.post("/rejections", schemas.Decided, body=schemas.RejectionsBody, status=200)
def reject_together(door: Door, body: Mapping[str, Any]) -> Reply:
    """Reject several requests for one reason

    Each is recorded by itself; one that is refused or has moved on leaves the others alone.
    """
    held = in_sitting(body)
    return _together(door, body, lambda request: RejectRequest(request, body["reason"], body["text"], held))


def _together(door: Door, body: Mapping[str, Any], command: Callable[[str], Decision]) -> Reply:
    wanted = [Wanted(one["request"], one["etag"]) for one in body["requests"]]
    results = decide_together(
        door.runtime, door.basis, wanted, command, caller=door.caller, operation=door.operation(), now=door.now
    )
    outcomes = [one.outcome for one in results if one.outcome is not None]
    headers = {"X-Kawal-Position": str(max(outcome.position for outcome in outcomes))} if outcomes else {}
    if outcomes and all(outcome.repeated for outcome in outcomes):
        headers |= REPLAYED
    return Reply({"results": [_shown(door, one) for one in results]}, headers=headers)


def _shown(door: Door, result: Result) -> Shown:
    shown = {"request": result.request, "status": result.status, "commitment": commitment_of(result.request)}
    if result.outcome is not None:
        folded, state = after(door, result.outcome)
        return {**shown, "answer": shown_answer(folded, state, result.outcome.etag)}
    problem, seen = result.problem, result.commitment
    assert problem is not None, "what isn't done has a problem"
    words, reference = door.words(seen), None if seen is None else seen.drafted.reference
    return {
        **shown,
        "code": problem.code,
        "sentence": in_both(words, lambda each: title(problem, each, reference=reference)),
        "blockers": [shown_blocker(blocker, words, reference=reference) for blocker in problem.blockers],
        "etag": problem.etag,
    }
