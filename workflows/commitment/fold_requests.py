"""How requests, verdicts, opinions, signatures and witnesses change a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import owe, put, with_request
from workflows.commitment.fold_retractions import retracted
from workflows.commitment.state import Act, Commitment, Forward, Owed, Recorded, Request
from workflows.facts import RequestFact

CLOSED: Mapping[type, str] = MappingProxyType(
    {
        facts.RequestReturned: "returned",
        facts.RequestRejected: "rejected",
        facts.RequestWithdrawn: "withdrawn",
        facts.RequestVoided: "void",
    }
)
"""What a request is once it was closed so."""


def evolve_request(state: Commitment, fact: RequestFact, event: Recorded) -> Commitment:
    """Fold one fact about a request or a signature."""
    match fact:
        case facts.RequestOpened():
            return with_request(state, fact.request, _opened(state, fact, event))
        case facts.StepReached():
            return _reached(state, fact, event)
        case facts.OpinionInvited() | facts.OpinionGiven():
            return _heard(state, fact)
        case facts.RequestApproved():
            return _approved(state, fact, event)
        case facts.MemberRejected():
            return _member_rejected(state, fact, event)
        case facts.MembersReleased():
            return _released(state, fact, event)
        case facts.ApproverAdded():
            return _added(state, fact, event)
        case facts.RequestForwarded() | facts.PreparationNoted():
            return _prepared(state, fact, event)
        case facts.RequestReturned() | facts.RequestRejected() | facts.RequestWithdrawn() | facts.RequestVoided():
            return _closed(state, fact, event)
        case facts.DecisionRetracted():
            return retracted(state)
        case facts.SignatureRecorded():
            return _signed(state, fact)
        case facts.WitnessRecorded():
            return replace(state, witnesses=(*state.witnesses, fact))
        case _:
            assert_never(fact)


def _signed(state: Commitment, fact: facts.SignatureRecorded) -> Commitment:
    """What was signed first stays the promise; a signature of an amended plan stands beside it."""
    if state.signature is not None:
        return replace(state, later_signatures=(*state.later_signatures, fact))
    return replace(state, signature=fact, revisions=(state.items,))


def _opened(state: Commitment, fact: facts.RequestOpened, event: Recorded) -> Request:
    asked = Act("asked", event.authority, event.person, None, event.recorded_at, event.delegate)
    return Request(
        opened=fact,
        opened_at=event.recorded_at,
        status="open",
        reached=(),
        passed=(),
        acts=(asked,),
        from_state=fact.from_state,
        definition_version=state.definition_version,
        replaces=() if fact.items is None else state.items,
    )


def _reached(state: Commitment, fact: facts.StepReached, event: Recorded) -> Commitment:
    request = state.requests[fact.request]
    waiting = replace(request, reached=(*request.reached, fact))
    return replace(with_request(state, fact.request, waiting), owed=owe(state.owed, (fact.obligation,), event))


def _heard(state: Commitment, fact: facts.OpinionInvited | facts.OpinionGiven) -> Commitment:
    request = state.requests[fact.request]
    if isinstance(fact, facts.OpinionInvited):
        return with_request(state, fact.request, replace(request, invited=(*request.invited, fact)))
    return with_request(state, fact.request, replace(request, opinions=(*request.opinions, fact)))


def _approved(state: Commitment, fact: facts.RequestApproved, event: Recorded) -> Commitment:
    request = state.requests[fact.request]
    acted = _acted(state, request, "approved", fact, event)
    after = acted.requests[fact.request]
    if after.approvals(fact.step) < after.needed(fact.step):
        return acted
    return with_request(acted, fact.request, replace(after, passed=(*after.passed, fact.step)))


def _member_rejected(state: Commitment, fact: facts.MemberRejected, event: Recorded) -> Commitment:
    return _acted(state, state.requests[fact.request], "rejected", fact, event)


def _acted(
    state: Commitment, request: Request, kind: str, fact: facts.RequestApproved | facts.MemberRejected, event: Recorded
) -> Commitment:
    act = Act(kind, event.authority, event.person, fact.step, event.recorded_at, event.delegate, event.valid_at)
    decided = _member(request, fact)
    left = tuple(one for one in request.reached if one is not decided)
    acted = replace(request, reached=left, acts=(*request.acts, act))
    return replace(with_request(state, fact.request, acted), owed=_ended(state.owed, decided, "met", event))


def _released(state: Commitment, fact: facts.MembersReleased, event: Recorded) -> Commitment:
    request, owed = state.requests[fact.request], state.owed
    released = [one for one in request.reached if one.step == fact.step and one.office in fact.offices]
    for one in released:
        owed = _ended(owed, one, "closed", event)
    left = tuple(one for one in request.reached if one not in released)
    return replace(with_request(state, fact.request, replace(request, reached=left)), owed=owed)


def _added(state: Commitment, fact: facts.ApproverAdded, event: Recorded) -> Commitment:
    """Whoever asks for another approval before its own waits itself, and owes nothing meanwhile."""
    request, owed = state.requests[fact.request], state.owed
    waits = [one for one in request.reached if (one.step, one.office) == (fact.beside, fact.by)]
    put_off = waits if fact.place == "before" else []
    for one in put_off:
        owed = _ended(owed, one, "closed", event)
    left = tuple(one for one in request.reached if one not in put_off)
    added = replace(request, reached=left, extras=(*request.extras, fact))
    return replace(with_request(state, fact.request, added), owed=owed)


def _prepared(state: Commitment, fact: facts.RequestForwarded | facts.PreparationNoted, event: Recorded) -> Commitment:
    request = state.requests[fact.request]
    if isinstance(fact, facts.RequestForwarded):
        forwards = (*request.forwards, Forward(fact, event.recorded_at))
    else:
        mine = next(one for one in request.preparing if one.forwarded.office == fact.office)
        noted = replace(mine, notes=(*mine.notes, fact))
        forwards = tuple(noted if one is mine else one for one in request.forwards)
    return with_request(state, fact.request, replace(request, forwards=forwards))


def _closed(
    state: Commitment,
    fact: facts.RequestReturned | facts.RequestRejected | facts.RequestWithdrawn | facts.RequestVoided,
    event: Recorded,
) -> Commitment:
    request = state.requests[fact.request]
    decided = _member(request, fact) if isinstance(fact, facts.RequestReturned | facts.RequestRejected) else None
    owed = state.owed
    for one in request.reached:
        owed = _ended(owed, one, "met" if one is decided else "closed", event)
    closed = replace(request, status=CLOSED[type(fact)], reached=(), closed_at=event.recorded_at, closing=fact)
    return replace(with_request(state, fact.request, closed), owed=owed)


def _member(
    request: Request,
    fact: facts.RequestApproved | facts.MemberRejected | facts.RequestReturned | facts.RequestRejected,
) -> facts.StepReached:
    return next(one for one in request.reached if one.step == fact.step and one.office == fact.office)


def _ended(owed: Mapping[str, Owed], reached: facts.StepReached, status: str, event: Recorded) -> Mapping[str, Owed]:
    name = reached.obligation.obligation
    return put(owed, name, replace(owed[name], status=status, ended_at=event.recorded_at))
