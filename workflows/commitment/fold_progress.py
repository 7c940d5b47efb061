"""How claims, their evidence and the verdicts on them change a commitment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import look_ended, put
from workflows.commitment.state import Act, Claim, Commitment, Recorded
from workflows.facts import ProgressFact
from workflows.plan import CUMULATIVE, ItemProgress

STANDING = ("claimed", "checked", "verified")


def evolve_progress(state: Commitment, fact: ProgressFact, event: Recorded) -> Commitment:
    """Fold one fact about a claim."""
    match fact:
        case facts.ClaimMade():
            return _claimed(state, fact, event)
        case facts.EvidenceAttached():
            claim = state.claims[fact.claim]
            return _with_claim(state, replace(claim, attached=(*claim.attached, *fact.evidence)))
        case facts.ClaimChecked():
            return _checked(state, fact, event)
        case facts.ClaimsSampled():
            return _sampled(state, fact)
        case facts.ClaimVerified() | facts.ClaimReturned():
            return _judged(state, fact, event)
        case facts.VerificationRevoked():
            return _revoked(state, fact, event)
        case _:
            assert_never(fact)


def _claimed(state: Commitment, fact: facts.ClaimMade, event: Recorded) -> Commitment:
    owed = state.owed.get(f"item-{fact.item}")
    late = owed is not None and owed.is_open and event.recorded_at > owed.obligation.due_at
    report = None if fact.report is None else state.reports[fact.report]
    progress = state.progress[fact.item].claimed(fact.value)
    claim = Claim(
        made=fact,
        made_at=event.recorded_at,
        person=event.person,
        status="claimed",
        definition_version=state.definition_version,
        late=late or (report is not None and report.submitted.late),
        total=progress.claimed_value,
        delegate=event.delegate,
    )
    item = state.item(fact.item)
    ended = state.owed
    if owed is not None and owed.is_open and item is not None and progress.claimed_value >= item.target:
        ended = put(state.owed, f"item-{fact.item}", replace(owed, status="met", ended_at=event.recorded_at))
    return replace(_with_claim(state, claim), progress=put(state.progress, fact.item, progress), owed=ended)


def _checked(state: Commitment, fact: facts.ClaimChecked, event: Recorded) -> Commitment:
    claim = replace(
        state.claims[fact.claim],
        status="checked",
        checked=fact,
        checked_at=event.recorded_at,
        looked=Act("checked", fact.office, event.person, None, event.recorded_at, event.delegate),
        verifier=fact.verifier,
        why=fact.why,
    )
    progress = state.progress[fact.item].checked(fact.value)
    owed = look_ended(state.owed, claim.made.number, "met", event)
    return replace(_with_claim(state, claim), progress=put(state.progress, fact.item, progress), owed=owed)


def _sampled(state: Commitment, fact: facts.ClaimsSampled) -> Commitment:
    for drawn in fact.claims:
        claim = state.claims[drawn.claim]
        state = _with_claim(state, replace(claim, verifier=drawn.verifier, why=(*claim.why, "sample")))
    return replace(state, samples=put(state.samples, fact.period, fact))


def _judged(state: Commitment, fact: facts.ClaimVerified | facts.ClaimReturned, event: Recorded) -> Commitment:
    claim = state.claims[fact.claim]
    progress = state.progress[fact.item]
    if isinstance(fact, facts.ClaimVerified):
        status, after = "verified", _verified(state, claim, fact, progress)
    else:
        status, after = "returned", _returned(state, claim, progress)
    judged = replace(claim, status=status, verdict=fact, decided_at=event.recorded_at)
    owed = look_ended(state.owed, claim.made.number, "met", event)
    return replace(_with_claim(state, judged), progress=put(state.progress, fact.item, after), owed=owed)


def _verified(state: Commitment, claim: Claim, fact: facts.ClaimVerified, progress: ItemProgress) -> ItemProgress:
    if claim.status == "claimed":
        return progress.verified(fact.value, completes=fact.completes)
    later = (one for one in _others(state, claim) if one.made.number > claim.made.number)
    newest = all(one.status != "verified" for one in later)
    return progress.confirmed(fact.value, total=claim.total, completes=fact.completes, newest=newest)


def _returned(state: Commitment, claim: Claim, progress: ItemProgress) -> ItemProgress:
    if claim.status == "claimed":
        return progress.returned()
    standing = list(_others(state, claim))
    return progress.taken_back(
        claim.made.value,
        claimed_before=_last_total(standing),
        checked_before=_last_total([one for one in standing if one.status != "claimed"]),
    )


def _others(state: Commitment, claim: Claim) -> Iterator[Claim]:
    """The other claims of the same item that stand, in order."""
    for one in state.claims.values():
        if one.made.item == claim.made.item and one is not claim and one.status in STANDING:
            yield one


def _last_total(standing: list[Claim]) -> Decimal:
    return standing[-1].total if standing else Decimal(0)


def _with_claim(state: Commitment, claim: Claim) -> Commitment:
    return replace(state, claims=put(state.claims, claim.made.claim, claim))


def _revoked(state: Commitment, fact: facts.VerificationRevoked, event: Recorded) -> Commitment:
    claim = state.claims[fact.claim]
    revoked = replace(claim, status="revoked", verdict=fact, decided_at=event.recorded_at)
    after = progress_without(state, claim, fact.verified_value)
    return replace(_with_claim(state, revoked), progress=put(state.progress, fact.item, after))


def progress_without(state: Commitment, claim: Claim, verified_value: Decimal) -> ItemProgress:
    """An item's progress once a claim counts no more: what stands verified, and what is checked or waits beside it."""
    item = claim.made.item
    standing = list(_others(state, claim))
    verified = max((one.made.number for one in standing if one.status == "verified"), default=0)
    is_sum = state.progress[item].value != CUMULATIVE
    beside = [one for one in standing if one.status == "checked" and (is_sum or one.made.number > verified)]
    waiting = next((one for one in standing if one.status == "claimed"), None)
    after = state.progress[item].revoked(verified_value, state.item(item))
    for one in beside:
        after = after.checked(one.made.value)
    return after if waiting is None else after.claimed(waiting.made.value)
