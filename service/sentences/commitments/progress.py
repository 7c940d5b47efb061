"""Facts of claimed progress."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from workflows.facts import ClaimMade, ClaimReturned, ClaimVerified, ProgressFact, VerificationRevoked

__all__ = ["ProgressFact", "places"]


def places(fact: ProgressFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    told = {"actor": telling.actor, "item": telling.item(fact.item)}
    match fact:
        case ClaimMade():
            return {**told, **_value(fact, telling), **_claimed(fact, telling)}
        case ClaimVerified():
            completes = telling.words.clause("completes") if fact.completes else ""
            return {**told, **_value(fact, telling), "completes": completes}
        case ClaimReturned():
            reason = telling.because(telling.words.reason("return", fact.reason))
            return {**told, "reason": reason, "text": telling.words.quoted("said", fact.text)}
        case VerificationRevoked():
            return {**told, **_revoked(fact, telling)}


def _revoked(fact: VerificationRevoked, telling: Telling) -> dict[str, str]:
    words, item = telling.words, telling.plan_item(fact.item)
    return {
        "reason": telling.because(words.reason("revoke", fact.reason)),
        "value": words.quantity(fact.verified_value, item.unit if item else ""),
        "text": words.quoted("said", fact.text),
    }


def _value(fact: ClaimMade | ClaimVerified, telling: Telling) -> dict[str, str]:
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
        "evidence": telling.evidence(fact.evidence),
        "verifier": words.office(fact.verifier),
    }


def _is_late(fact: ClaimMade, telling: Telling) -> bool:
    known = None if telling.commitment is None else telling.commitment.claims.get(fact.claim)
    return known is not None and known.late
