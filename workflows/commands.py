"""Every command of the domain, in the imperative, as frozen data.

A command carries what the asker said and the ids made for it; who asks and when stand in the `Context` of `decide`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from workflows.facts import CalendarAdopted, Evidence, PlanItem, ProgrammeOpened


@dataclass(frozen=True, slots=True)
class RegisterOrganisation:
    organisation: str
    parent: str | None
    name: str
    kind: str
    zone: str
    calendar: str


@dataclass(frozen=True, slots=True)
class EstablishOffice:
    office: str
    name: str
    role: str
    organisation: str
    scope: str
    reports_to: str | None


@dataclass(frozen=True, slots=True)
class AppointHolder:
    appointment: str
    office: str
    person: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class EndAppointment:
    appointment: str
    ended_on: date
    letter: str


@dataclass(frozen=True, slots=True)
class GiveGrant:
    grant: str
    office: str
    organisation: str | None
    subject: str | None
    commitment: str | None
    starts_on: date
    ends_on: date | None
    letter: str


@dataclass(frozen=True, slots=True)
class AdoptCalendar:
    """Use these days off from now on; again with equal days is nothing new."""

    adopted: CalendarAdopted


@dataclass(frozen=True, slots=True)
class InstallDefinition:
    """Make a checked definition usable; the same text again is nothing new."""

    definition: str
    version: int
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenProgramme:
    """Open a programme; the same content again is nothing new."""

    opened: ProgrammeOpened


@dataclass(frozen=True, slots=True)
class DraftCommitment:
    """Begin a commitment as a draft. imported: a file brought it, which a role may do that drafts nothing by hand."""

    commitment: str
    reference: str
    programme: str
    party: str
    subject: str
    fiscal_year: int
    replication_scope: str
    agency: str
    pic: str
    items: tuple[PlanItem, ...]
    imported: bool = False


@dataclass(frozen=True, slots=True)
class EditDraft:
    """Change a draft; None leaves a field as it is, `items` replaces the whole plan."""

    replication_scope: str | None = None
    agency: str | None = None
    pic: str | None = None
    items: tuple[PlanItem, ...] | None = None


@dataclass(frozen=True, slots=True)
class OpenRequest:
    move: str
    reason: str | None = None
    text: str = ""
    evidence: tuple[Evidence, ...] = ()
    items: tuple[PlanItem, ...] | None = None


@dataclass(frozen=True, slots=True)
class ApproveRequest:
    """Approve the open step; `substance` is what the approver saw (None where the door checked it by If-Match)."""

    request: str
    note: str = ""
    substance: str | None = None


@dataclass(frozen=True, slots=True)
class ReturnRequest:
    request: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RejectRequest:
    request: str
    reason: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class WithdrawRequest:
    request: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class GiveOpinion:
    request: str
    text: str


@dataclass(frozen=True, slots=True)
class SignCommitment:
    """Sign one commitment's part of its party's sheet: the verdict of the step that signs."""

    sheet: str
    mode: str
    place: str
    signed_at: datetime
    scan: Evidence | None = None


@dataclass(frozen=True, slots=True)
class WitnessCommitment:
    sheet: str
    mode: str
    place: str
    witnessed_at: datetime


@dataclass(frozen=True, slots=True)
class MakeClaim:
    item: int
    value: Decimal
    evidence: tuple[Evidence, ...]
    note: str = ""


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
class Escalate:
    """Take one level of an obligation's ladder; asked by the clock alone."""

    obligation: str
    round: int
    ladder_version: int
    level: int


@dataclass(frozen=True, slots=True)
class CorrectClock:
    """Accept the machine's time although it stands before the log's head, or long past the last look at it."""

    before: datetime
    after: datetime
    text: str


OfficeCommand = RegisterOrganisation | EstablishOffice | AppointHolder | EndAppointment | GiveGrant
ProgrammeCommand = AdoptCalendar | InstallDefinition | OpenProgramme
FollowingCommand = (
    EditDraft
    | OpenRequest
    | ApproveRequest
    | ReturnRequest
    | RejectRequest
    | WithdrawRequest
    | GiveOpinion
    | SignCommitment
    | WitnessCommitment
    | MakeClaim
    | VerifyClaim
    | ReturnClaim
    | Escalate
)
CommitmentCommand = DraftCommitment | FollowingCommand
Command = OfficeCommand | ProgrammeCommand | CommitmentCommand | CorrectClock
