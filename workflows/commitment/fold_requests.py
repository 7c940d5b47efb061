"""How requests, verdicts, opinions, signatures and witnesses change a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import owe, put, with_request
from workflows.commitment.state import Act, Commitment, Owed, Recorded, Request
from workflows.facts import RequestFact


def evolve_request(state: Commitment, fact: RequestFact, event: Recorded) -> Commitment:
    """Fold one fact about a request or a signature."""
    match fact:
        case facts.RequestOpened():
            return with_request(state, fact.request, _opened(fact, event))
        case facts.StepReached():
            return _reached(state, fact, event)
        case facts.OpinionInvited() | facts.OpinionGiven():
            return _heard(state, fact)
        case facts.RequestApproved():
            return _approved(state, fact, event)
        case facts.RequestReturned() | facts.RequestRejected() | facts.RequestWithdrawn():
            return _closed(state, fact, event)
        case facts.SignatureRecorded():
            return replace(state, signature=fact, revisions=(state.items,))
        case facts.WitnessRecorded():
            return replace(state, witnesses=(*state.witnesses, fact))
        case _:
            assert_never(fact)


def _opened(fact: facts.RequestOpened, event: Recorded) -> Request:
    asked = Act("asked", event.office, event.person, None, event.recorded_at)
    return Request(fact, event.recorded_at, "open", None, (), (asked,))


def _reached(state: Commitment, fact: facts.StepReached, event: Recorded) -> Commitment:
    request = replace(state.requests[fact.request], reached=fact)
    return replace(with_request(state, fact.request, request), owed=owe(state.owed, (fact.obligation,), event))


def _heard(state: Commitment, fact: facts.OpinionInvited | facts.OpinionGiven) -> Commitment:
    request = state.requests[fact.request]
    if isinstance(fact, facts.OpinionInvited):
        return with_request(state, fact.request, replace(request, invited=(*request.invited, fact)))
    return with_request(state, fact.request, replace(request, opinions=(*request.opinions, fact)))


def _approved(state: Commitment, fact: facts.RequestApproved, event: Recorded) -> Commitment:
    request = state.requests[fact.request]
    act = Act("approved", event.office, event.person, fact.step, event.recorded_at)
    passed = replace(request, reached=None, passed=(*request.passed, fact.step), acts=(*request.acts, act))
    return replace(with_request(state, fact.request, passed), owed=_end_step(state, request, "met", event))


def _closed(
    state: Commitment, fact: facts.RequestReturned | facts.RequestRejected | facts.RequestWithdrawn, event: Recorded
) -> Commitment:
    request = state.requests[fact.request]
    match fact:
        case facts.RequestReturned():
            status = "returned"
        case facts.RequestRejected():
            status = "rejected"
        case facts.RequestWithdrawn():
            status = "withdrawn"
    ended = "closed" if status == "withdrawn" else "met"
    closed = replace(request, status=status, reached=None, closed_at=event.recorded_at, closing=fact)
    return replace(with_request(state, fact.request, closed), owed=_end_step(state, request, ended, event))


def _end_step(state: Commitment, request: Request, status: str, event: Recorded) -> Mapping[str, Owed]:
    assert request.reached is not None, "a verdict is given on a step that was reached"
    name = request.reached.obligation.obligation
    return put(state.owed, name, replace(state.owed[name], status=status, ended_at=event.recorded_at))
