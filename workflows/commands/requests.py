"""Commands on requests, verdicts, opinions and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.facts import Evidence, FieldValue, InSitting, PlanItem, Terms


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """Ask for a move. based_on_revision: that of the plan from which a new one was written; None: not said"""

    move: str
    reason: str | None = None
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    items: tuple[PlanItem, ...] | None = None
    fields: tuple[FieldValue, ...] = ()
    terms: Terms | None = None
    based_on_revision: int | None = None


@dataclass(frozen=True, slots=True)
class ApproveRequest:
    """Approve the open step; `substance` is what the approver saw (None where the door checked it by If-Match)."""

    request: str
    note: str = ""
    substance: str | None = None
    sitting: InSitting | None = None


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    request: str
    reason: str
    text: str = ""
    sitting: InSitting | None = None


@dataclass(frozen=True, slots=True)
class RejectRequest:
    request: str
    reason: str
    text: str = ""
    sitting: InSitting | None = None


@dataclass(frozen=True, slots=True)
class AddApprover:
    """Ask one more office to approve, `before` or `after` oneself."""

    request: str
    office: str
    place: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ForwardRequest:
    """Hand the preparation of one's verdict to an office below."""

    request: str
    office: str
    instruction: str


@dataclass(frozen=True, slots=True)
class NotePreparation:
    """Say something on a verdict that one prepares, and hand it back where that is all."""

    request: str
    text: str
    hands_back: bool = False


@dataclass(frozen=True, slots=True)
class RetractDecision:
    """Take back the last decision on a request, which was one's own."""

    request: str
    text: str


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    request: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    """Say what one thinks, or what an outside body wrote: by a letter with its number, day and file."""

    request: str
    text: str
    letter: str = ""
    letter_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class SignCommitment:
    """Sign one commitment's part of its party's sheet: the verdict of the step that signs.

    kind  internal | scan | certified; None: as the scan says
    """

    sheet: str
    mode: str
    place: str
    signed_at: datetime
    scan: Evidence | None = None
    sitting: str | None = None
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class WitnessCommitment:
    sheet: str
    mode: str
    place: str
    witnessed_at: datetime
    sitting: str | None = None


RequestCommand = (
    OpenRequest
    | ApproveRequest
    | ReturnRequest
    | RejectRequest
    | AddApprover
    | ForwardRequest
    | NotePreparation
    | RetractDecision
    | WithdrawRequest
    | GiveOpinion
    | SignCommitment
    | WitnessCommitment
)
