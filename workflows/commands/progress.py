"""Commands on claims of progress."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflows.facts import Evidence, FieldValue


@dataclass(frozen=True, slots=True)
class MakeClaim:
    """Claim progress of an item. promised: evidence follows; reason: why a cumulative value is below the last one."""

    item: int
    value: Decimal
    evidence: tuple[Evidence, ...]
    note: str = ""
    fields: tuple[FieldValue, ...] = ()
    promised: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class AttachEvidence:
    """Add files to a claim that isn't checked yet."""

    claim: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class CheckClaim:
    """Find a claim right as the first of two offices."""

    claim: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class FollowSample:
    """Apply the lot that was drawn for a period to this commitment's checked claims."""

    period: str


@dataclass(frozen=True, slots=True)
class VerifyClaim:
    claim: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReturnClaim:
    claim: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RevokeVerification:
    claim: str
    reason: str
    text: str = ""


ProgressCommand = (
    MakeClaim | AttachEvidence | CheckClaim | FollowSample | VerifyClaim | ReturnClaim | RevokeVerification
)
