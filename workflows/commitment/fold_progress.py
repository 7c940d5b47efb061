"""How claims and their verdicts change a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import put
from workflows.commitment.state import Claim, Commitment, Recorded
from workflows.facts import ProgressFact


def evolve_progress(state: Commitment, fact: ProgressFact, event: Recorded) -> Commitment:
    """Fold one fact about a claim."""
    match fact:
        case facts.ClaimMade():
            return _claimed(state, fact, event)
        case facts.ClaimVerified() | facts.ClaimReturned():
            return _judged(state, fact, event)
        case facts.VerificationRevoked():
            return _revoked(state, fact, event)
        case _:
            assert_never(fact)


def _claimed(state: Commitment, fact: facts.ClaimMade, event: Recorded) -> Commitment:
    owed = state.owed.get(f"item-{fact.item}")
    late = owed is not None and owed.is_open and event.recorded_at > owed.obligation.due_at
    version = state.definition_version
    claim = Claim(fact, event.recorded_at, event.person, "claimed", late, version, delegate=event.delegate)
    progress = state.progress[fact.item].claimed(fact.value)
    item = state.item(fact.item)
    ended = state.owed
    if owed is not None and owed.is_open and item is not None and progress.claimed_value >= item.target:
        ended = put(state.owed, f"item-{fact.item}", replace(owed, status="met", ended_at=event.recorded_at))
    return replace(
        state,
        claims=put(state.claims, fact.claim, claim),
        progress=put(state.progress, fact.item, progress),
        owed=ended,
    )


def _judged(state: Commitment, fact: facts.ClaimVerified | facts.ClaimReturned, event: Recorded) -> Commitment:
    claim = state.claims[fact.claim]
    progress = state.progress[fact.item]
    if isinstance(fact, facts.ClaimVerified):
        status, after = "verified", progress.verified(fact.value, completes=fact.completes)
    else:
        status, after = "returned", progress.returned()
    judged = replace(claim, status=status, verdict=fact, decided_at=event.recorded_at)
    return replace(state, claims=put(state.claims, fact.claim, judged), progress=put(state.progress, fact.item, after))


def _revoked(state: Commitment, fact: facts.VerificationRevoked, event: Recorded) -> Commitment:
    claim = state.claims[fact.claim]
    revoked = replace(claim, status="revoked", verdict=fact, decided_at=event.recorded_at)
    waiting = next(
        (one for one in state.claims.values() if one.made.item == fact.item and one.status == "claimed"), None
    )
    after = state.progress[fact.item].revoked(fact.verified_value, state.item(fact.item))
    if waiting is not None:
        after = after.claimed(waiting.made.value)
    return replace(state, claims=put(state.claims, fact.claim, revoked), progress=put(state.progress, fact.item, after))
