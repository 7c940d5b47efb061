"""Facts of a commitment's stream about requests, approvals and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.facts.parts import Evidence, FieldValue, InSitting, Obligation, PlanItem, Quorum, Skipped, Terms


@dataclass(frozen=True, slots=True)
class RequestOpened:
    """An office asked for a move; `request` is "<commitment>.r<number>".

    substance  SHA-256 in hex over what the approvers are asked to approve: an approval binds to it
    items      the whole new plan where the move carries one
    quorums    of each step that several offices share
    terms      what is asked for beside a plan, where the move needs any
    based_on_revision  that of the plan which the new one was written from and is to replace, where it carries one
    """

    request: str
    number: int
    move: str
    asked_by: str
    from_state: str
    to_state: str
    substance: str
    reason: str | None
    text: str
    evidence: tuple[Evidence, ...]
    items: tuple[PlanItem, ...] | None
    quorums: tuple[Quorum, ...] = ()
    fields: tuple[FieldValue, ...] = ()
    terms: Terms | None = None
    based_on_revision: int | None = None


@dataclass(frozen=True, slots=True)
class StepReached:
    """A request waits for a verdict of `office` from now on; the way up to it passed over the offices in `skipped`.

    member  which of the step's members the office has, from 1
    """

    request: str
    step: str
    role: str
    office: str
    skipped: tuple[Skipped, ...]
    obligation: Obligation
    member: int = 1


@dataclass(frozen=True, slots=True)
class OpinionInvited:
    """An office was asked for its opinion on a request; it never blocks.

    body  whose opinion it is to get and enter: a body without an office here; empty: its own
    """

    request: str
    role: str
    office: str
    due_on: date
    due_at: datetime
    body: str = ""


@dataclass(frozen=True, slots=True)
class OpinionGiven:
    """An invited office said what it thinks of a request, or entered what an outside `body` wrote in a letter."""

    request: str
    office: str
    text: str
    body: str = ""
    letter: str = ""
    letter_on: date | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestApproved:
    """A step's office approved the request's substance; the step has passed once its quorum has.

    sitting  the one that it was decided in, if it was in one, as in every verdict
    """

    request: str
    step: str
    office: str
    substance: str
    note: str
    sitting: InSitting | None = None


@dataclass(frozen=True, slots=True)
class MemberRejected:
    """One of several offices of a step refused the request, and the others can still pass it."""

    request: str
    step: str
    office: str
    reason: str
    text: str
    sitting: InSitting | None = None


@dataclass(frozen=True, slots=True)
class MembersReleased:
    """Enough offices approved a step: the verdicts of these are needed no longer."""

    request: str
    step: str
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApproverAdded:
    """The office whose turn it is asks one more office to approve, before or after itself.

    step   what the new step is called; `beside` is the step that it stands before or after, of `by`
    place  before | after
    """

    request: str
    step: str
    beside: str
    place: str
    by: str
    office: str
    role: str
    text: str


@dataclass(frozen=True, slots=True)
class RequestForwarded:
    """The office whose turn it is handed the preparation of its verdict to one below it; the verdict stays its own."""

    request: str
    step: str
    by: str
    office: str
    instruction: str


@dataclass(frozen=True, slots=True)
class PreparationNoted:
    """An office that prepares a verdict said something; `hands_back`: and is done with it."""

    request: str
    step: str
    office: str
    text: str
    hands_back: bool


@dataclass(frozen=True, slots=True)
class RequestReturned:
    """A step's office sent the request back; it is closed, and only changed substance may be asked again."""

    request: str
    step: str
    office: str
    reason: str
    text: str
    sitting: InSitting | None = None


@dataclass(frozen=True, slots=True)
class RequestRejected:
    """A step's office refused the request; it is closed."""

    request: str
    step: str
    office: str
    reason: str
    text: str
    sitting: InSitting | None = None


@dataclass(frozen=True, slots=True)
class DecisionRetracted:
    """Whoever decided took that back: the commitment is again what it was before the decision.

    decision  stored name of the fact that is taken back; `version` is its place in the stream
    state     the state that the commitment stands in again
    """

    request: str
    step: str
    office: str
    decision: str
    version: int
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class RequestWithdrawn:
    """The asker took the request back; it is closed."""

    request: str
    office: str
    text: str


@dataclass(frozen=True, slots=True)
class SignatureRecorded:
    """A party signed its sheet; this is the part of one commitment, true at `signed_at`.

    mode    in_person | online | wet_ink      scan  the scanned sheet, for wet ink
    sheet   "<programme>:<party>"             digest  SHA-256 in hex of the substance signed
    sitting  the occasion that it was signed in, if its record is kept
    kind    internal (an acknowledgement in kawal) | scan (of paper in wet ink) | certified (by an external provider)
    """

    request: str
    sheet: str
    party: str
    office: str
    mode: str
    place: str
    signed_at: datetime
    digest: str
    scan: Evidence | None
    sitting: str | None = None
    kind: str = "internal"


@dataclass(frozen=True, slots=True)
class WitnessRecorded:
    """An office witnessed a party's signature of its sheet, true at `witnessed_at`."""

    sheet: str
    office: str
    mode: str
    place: str
    witnessed_at: datetime
    sitting: str | None = None


@dataclass(frozen=True, slots=True)
class RequestVoided:
    """What the request was asked on is gone: it is closed, and what was approved of it counts no more.

    cause  stored name of the fact that took its ground away
    lost   what held no more: names of guards, terms (what it asks for can't be had) or substance
    """

    request: str
    cause: str
    lost: tuple[str, ...]


RequestFact = (
    RequestOpened
    | StepReached
    | OpinionInvited
    | OpinionGiven
    | RequestApproved
    | MemberRejected
    | MembersReleased
    | ApproverAdded
    | RequestForwarded
    | PreparationNoted
    | RequestReturned
    | RequestRejected
    | DecisionRetracted
    | RequestWithdrawn
    | RequestVoided
    | SignatureRecorded
    | WitnessRecorded
)
REQUEST_NAMES: dict[type, str] = {
    RequestOpened: "request-opened",
    StepReached: "step-reached",
    OpinionInvited: "opinion-invited",
    OpinionGiven: "opinion-given",
    RequestApproved: "request-approved",
    MemberRejected: "member-rejected",
    MembersReleased: "members-released",
    ApproverAdded: "approver-added",
    RequestForwarded: "request-forwarded",
    PreparationNoted: "preparation-noted",
    RequestReturned: "request-returned",
    RequestRejected: "request-rejected",
    DecisionRetracted: "decision-retracted",
    RequestWithdrawn: "request-withdrawn",
    RequestVoided: "request-voided",
    SignatureRecorded: "signature-recorded",
    WitnessRecorded: "witness-recorded",
}


def request_valid_at(fact: RequestFact) -> datetime | None:
    """When the fact was true; None: from its recording."""
    match fact:
        case SignatureRecorded():
            return fact.signed_at
        case WitnessRecorded():
            return fact.witnessed_at
        case RequestApproved() | MemberRejected() | RequestReturned() | RequestRejected():
            return None if fact.sitting is None else fact.sitting.at
        case _:
            return None
