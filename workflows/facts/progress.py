"""Facts of a commitment's stream about claims of progress and their verification."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflows.facts.parts import Evidence, FieldValue


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """An office claims a plan item's progress, with evidence; `claim` is "<commitment>.c<number>".

    verifier  the office that is to check it, resolved when the claim was made
    """

    claim: str
    number: int
    item: int
    office: str
    verifier: str
    value: Decimal
    note: str
    evidence: tuple[Evidence, ...]
    fields: tuple[FieldValue, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimVerified:
    """Another office checked the claim and found it right; `completes` when it reaches the item's target."""

    claim: str
    item: int
    office: str
    value: Decimal
    completes: bool
    note: str


@dataclass(frozen=True, slots=True)
class ClaimReturned:
    """Another office sent the claim back for repair."""

    claim: str
    item: int
    office: str
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class VerificationRevoked:
    """A claim was verified wrongly: it counts no more, and the item falls back to what was verified beside it.

    verified_value  what stands verified now
    """

    claim: str
    item: int
    office: str
    verified_value: Decimal
    reason: str
    text: str


ProgressFact = ClaimMade | ClaimVerified | ClaimReturned | VerificationRevoked
PROGRESS_NAMES: dict[type, str] = {
    ClaimMade: "claim-made",
    ClaimVerified: "claim-verified",
    ClaimReturned: "claim-returned",
    VerificationRevoked: "verification-revoked",
}
