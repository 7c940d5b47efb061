"""Facts of claimed progress."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from workflows.facts import (
    ClaimChecked,
    ClaimMade,
    ClaimReturned,
    ClaimsSampled,
    ClaimVerified,
    EvidenceAttached,
    ProgressFact,
    VerificationRevoked,
)

__all__ = ["ProgressFact", "places"]


def places(fact: ProgressFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    if isinstance(fact, ClaimsSampled):
        return _sampled(fact, telling)
    words = telling.words
    told = {"actor": telling.actor, "item": telling.item(fact.item)}
    match fact:
        case ClaimMade():
            return {**told, **_value(fact, telling), **_claimed(fact, telling)}
        case EvidenceAttached():
            return {**told, "evidence": telling.evidence(fact.evidence)}
        case ClaimChecked():
            second = words.clause_if("second look", None if fact.verifier is None else words.office(fact.verifier))
            return {**told, **_value(fact, telling), "second": second}
        case ClaimVerified():
            completes = words.clause("completes") if fact.completes else ""
            return {**told, **_value(fact, telling), "completes": completes}
        case ClaimReturned():
            reason = telling.because(words.reason("return", fact.reason))
            return {**told, "reason": reason, "text": words.quoted("said", fact.text)}
        case VerificationRevoked():
            return {**told, **_revoked(fact, telling)}


def _revoked(fact: VerificationRevoked, telling: Telling) -> dict[str, str]:
    words, item = telling.words, telling.plan_item(fact.item)
    return {
        "reason": telling.because(words.reason("revoke", fact.reason)),
        "value": words.quantity(fact.verified_value, item.unit if item else ""),
        "text": words.quoted("said", fact.text),
    }


def _sampled(fact: ClaimsSampled, telling: Telling) -> Mapping[str, str]:
    numbers = [one.claim.rpartition(".c")[2] for one in fact.claims]
    named = telling.words.listed(telling.words.clause("claim", number=number) for number in numbers)
    return {
        "period": fact.period,
        "seed": fact.seed,
        "share": telling.words.number(fact.permille),
        "claims": named or telling.words.clause("no claim"),
    }


def _value(fact: ClaimMade | ClaimChecked | ClaimVerified, telling: Telling) -> dict[str, str]:
    words, item = telling.words, telling.plan_item(fact.item)
    return {
        "value": words.quantity(fact.value, item.unit if item else ""),
        "note": words.quoted("note", fact.note),
    }


def _claimed(fact: ClaimMade, telling: Telling) -> dict[str, str]:
    words, item = telling.words, telling.plan_item(fact.item)
    target = words.quantity(item.target, item.unit) if item else ""
    return {
        "target": words.clause_if("of target", target),
        "late": words.clause("late") if _is_late(fact, telling) else "",
        "evidence": telling.evidence(fact.evidence) or words.clause("evidence follows"),
        "reason": telling.because(fact.reason or None),
        "verifier": words.office(fact.verifier),
    }


def _is_late(fact: ClaimMade, telling: Telling) -> bool:
    known = None if telling.commitment is None else telling.commitment.claims.get(fact.claim)
    return known is not None and known.late
