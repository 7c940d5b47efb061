"""Facts of a commitment's stream about claims of progress and their verification."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflows.facts.parts import Evidence, FieldValue


@dataclass(frozen=True, slots=True)
class ClaimMade:
    """An office claims a plan item's progress, with evidence; `claim` is "<commitment>.c<number>".

    verifier  the office that is to check it, resolved when the claim was made
    evidence  none yet where it is promised; it follows, and is checked only then
    report    the report that it is a part of, and its period; None for a claim of its own
    reason    why a cumulative value is below the last one
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
    report: str | None = None
    period: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceAttached:
    """Further files were attached to a claim before it was checked."""

    claim: str
    item: int
    office: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class ClaimChecked:
    """A first office found the claim right; `verifier` is the second one that is to verify it, None: nobody has to.

    why  completion | money | outside_period | checked_late: what asks for the second look
    """

    claim: str
    item: int
    office: str
    value: Decimal
    note: str
    verifier: str | None
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SampledClaim:
    """A checked claim that the lot fell on, and the office that is to verify it."""

    claim: str
    verifier: str


@dataclass(frozen=True, slots=True)
class ClaimsSampled:
    """The lot of a period was drawn for this commitment's checked claims: these are verified too, perhaps none.

    seed, permille  of the programme's `SampleDrawn`
    """

    period: str
    seed: str
    permille: int
    claims: tuple[SampledClaim, ...]


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


ProgressFact = (
    ClaimMade | EvidenceAttached | ClaimChecked | ClaimsSampled | ClaimVerified | ClaimReturned | VerificationRevoked
)
PROGRESS_NAMES: dict[type, str] = {
    ClaimMade: "claim-made",
    EvidenceAttached: "evidence-attached",
    ClaimChecked: "claim-checked",
    ClaimsSampled: "claims-sampled",
    ClaimVerified: "claim-verified",
    ClaimReturned: "claim-returned",
    VerificationRevoked: "verification-revoked",
}
