"""Which decision may be taken back, and what the commitment is once it was."""

from __future__ import annotations

from dataclasses import replace

from workflows import facts
from workflows.commitment.fold_owed import evolve_owed
from workflows.commitment.state import Commitment, Recorded, Retractable

Decision = facts.RequestApproved | facts.MemberRejected | facts.RequestReturned | facts.RequestRejected


def retracted(state: Commitment) -> Commitment:
    """What the commitment was before its last decision; the decision stays in its history alone."""
    assert state.retractable is not None, "only what may be taken back is"
    return state.retractable.before


def retractable(state: Commitment, event: Recorded) -> Retractable | None:
    """The decision that may be taken back once this event has happened, if any.

    It stays so while its own act goes on, and while the clock reminds; every other act stands on it.
    """
    fact, last = event.fact, state.retractable
    if isinstance(fact, Decision):
        return Retractable(event, replace(state, retractable=None))
    if last is None or isinstance(fact, facts.SignatureRecorded):
        return None
    if isinstance(fact, facts.EscalationRaised):
        return replace(last, before=_reminded(last.before, fact, event))
    return last if event.operation == last.decided.operation else None


def _reminded(before: Commitment, fact: facts.EscalationRaised, event: Recorded) -> Commitment:
    """The commitment without the decision heard of the reminder too, unless it is about what only the decision made."""
    owed = before.owed.get(fact.obligation)
    if owed is None or not owed.is_open or owed.obligation.round != fact.round:
        return before
    return replace(evolve_owed(before, fact, event), last=event)
