"""Taking one's own decision back, until something else is done or the time for it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from workflows import facts
from workflows.commands import RetractDecision
from workflows.commitment import Commitment, Recorded, Request
from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import NAMES, CommitmentFact
from workflows.requests import move_of, unknown_request
from workflows.rules import NONE, Blockers, access, collect, programme_open

WITHIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Retracting:
    """Somebody wants a decision back. decided: the one that may be taken back, None where none may"""

    request: Request
    decided: Recorded | None
    context: Context
    text: str


def retract_blockers(commitment: Commitment, command: RetractDecision, context: Context) -> Blockers:
    """Why the decision can't be taken back."""
    request = commitment.requests.get(command.request)
    if request is None:
        return access(commitment, context) or unknown_request(command.request)
    case = Retracting(request, _decided(commitment, command.request), context, command.text)
    return access(commitment, context, move=move_of(request)) or collect(RETRACTING_RULES, case)


def retract(commitment: Commitment, command: RetractDecision, context: Context) -> tuple[CommitmentFact, ...]:
    """The decision is taken back. Nothing stands in the way."""
    last = commitment.retractable
    assert last is not None, "asked for blockers first"
    decision = last.decided.fact
    assert isinstance(decision, DECISIONS), "nothing else may be taken back"
    return (
        facts.DecisionRetracted(
            request=command.request,
            step=decision.step,
            office=context.by.authority,
            decision=NAMES[type(decision)],
            version=last.decided.version,
            state=last.before.state,
            text=command.text,
        ),
    )


def may_retract(commitment: Commitment, context: Context) -> tuple[str, Blockers] | None:
    """The request whose last decision could still be taken back, and why the acting office can't; None: none could."""
    last = commitment.retractable
    if last is None or context.now > last.decided.recorded_at + WITHIN:
        return None
    decision = last.decided.fact
    assert isinstance(decision, DECISIONS), "nothing else may be taken back"
    request = commitment.requests[decision.request]
    case = Retracting(request, last.decided, context, "")
    denied = access(commitment, context, move=move_of(request))
    return decision.request, denied or collect(STANDING_RULES, case)


def is_the_last_act(case: Retracting) -> Blockers:
    """A signature, or what others have built on, stands."""
    if case.decided is not None:
        return NONE
    return (Blocker("decision_stands", {"request": case.request.opened.request}),)


def programme_goes_on(case: Retracting) -> Blockers:
    """A programme that is over has nothing open in it; taking a decision back would open it again."""
    return programme_open(case.context.programme.organisation, case.context)


def by_who_decided(case: Retracting) -> Blockers:
    by, decided = case.context.by, case.decided
    if decided is None:
        return NONE
    if (by.person, by.office, by.on_behalf_of) == (decided.person, decided.office, decided.on_behalf_of):
        return NONE
    named = {"request": case.request.opened.request, "office": decided.authority}
    return (Blocker("not_the_decider", named, (decided.office,)),)


def in_time(case: Retracting) -> Blockers:
    if case.decided is None or case.context.now <= case.decided.recorded_at + WITHIN:
        return NONE
    minutes = str(WITHIN // timedelta(minutes=1))
    return (Blocker("retraction_late", {"request": case.request.opened.request, "minutes": minutes}),)


def says_why(case: Retracting) -> Blockers:
    return NONE if case.text.strip() else (Blocker("text_missing", {}, (case.context.by.authority,)),)


DECISIONS = (facts.RequestApproved, facts.MemberRejected, facts.RequestReturned, facts.RequestRejected)
STANDING_RULES = (is_the_last_act, programme_goes_on, by_who_decided, in_time)
RETRACTING_RULES = (*STANDING_RULES, says_why)


def _decided(commitment: Commitment, request: str) -> Recorded | None:
    """The decision on that request that may be taken back."""
    last = commitment.retractable
    if last is None:
        return None
    decision = last.decided.fact
    return last.decided if isinstance(decision, DECISIONS) and decision.request == request else None
