"""Commands on claims of progress."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from workflows.facts import Evidence, FieldValue


@dataclass(frozen=True, slots=True)
class MakeClaim:
    item: int
    value: Decimal
    evidence: tuple[Evidence, ...]
    note: str = ""
    fields: tuple[FieldValue, ...] = ()


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


ProgressCommand = MakeClaim | VerifyClaim | ReturnClaim | RevokeVerification
