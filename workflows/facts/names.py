"""The stored name of every fact: a literal that never changes."""

from __future__ import annotations

from datetime import datetime

from workflows.facts.commitments import (
    ClaimMade,
    ClaimReturned,
    ClaimVerified,
    CommitmentDrafted,
    DraftEdited,
    EscalationRaised,
    ObligationsArisen,
    PlanAmended,
    PlanDrafted,
    StateChanged,
)
from workflows.facts.offices import (
    AppointmentEnded,
    GrantGiven,
    HolderAppointed,
    OfficeEstablished,
    OrganisationRegistered,
)
from workflows.facts.programmes import (
    CalendarAdopted,
    ClockCorrected,
    DefinitionInstalled,
    ProgrammeOpened,
)
from workflows.facts.requests import (
    OpinionGiven,
    OpinionInvited,
    RequestApproved,
    RequestOpened,
    RequestRejected,
    RequestReturned,
    RequestWithdrawn,
    SignatureRecorded,
    StepReached,
    WitnessRecorded,
)

NAMES: dict[type, str] = {
    OrganisationRegistered: "organisation-registered",
    OfficeEstablished: "office-established",
    HolderAppointed: "holder-appointed",
    AppointmentEnded: "appointment-ended",
    GrantGiven: "grant-given",
    CalendarAdopted: "calendar-adopted",
    DefinitionInstalled: "definition-installed",
    ProgrammeOpened: "programme-opened",
    CommitmentDrafted: "commitment-drafted",
    DraftEdited: "draft-edited",
    PlanDrafted: "plan-drafted",
    RequestOpened: "request-opened",
    StepReached: "step-reached",
    OpinionInvited: "opinion-invited",
    OpinionGiven: "opinion-given",
    RequestApproved: "request-approved",
    RequestReturned: "request-returned",
    RequestRejected: "request-rejected",
    RequestWithdrawn: "request-withdrawn",
    SignatureRecorded: "signature-recorded",
    WitnessRecorded: "witness-recorded",
    StateChanged: "state-changed",
    PlanAmended: "plan-amended",
    ObligationsArisen: "obligations-arisen",
    ClaimMade: "claim-made",
    ClaimVerified: "claim-verified",
    ClaimReturned: "claim-returned",
    EscalationRaised: "escalation-raised",
    ClockCorrected: "clock-corrected",
}

OfficeFact = OrganisationRegistered | OfficeEstablished | HolderAppointed | AppointmentEnded | GrantGiven
ProgrammeFact = CalendarAdopted | DefinitionInstalled | ProgrammeOpened
CommitmentFact = (
    CommitmentDrafted
    | DraftEdited
    | PlanDrafted
    | RequestOpened
    | StepReached
    | OpinionInvited
    | OpinionGiven
    | RequestApproved
    | RequestReturned
    | RequestRejected
    | RequestWithdrawn
    | SignatureRecorded
    | WitnessRecorded
    | StateChanged
    | PlanAmended
    | ObligationsArisen
    | ClaimMade
    | ClaimVerified
    | ClaimReturned
    | EscalationRaised
)
Fact = OfficeFact | ProgrammeFact | CommitmentFact | ClockCorrected
BASIS = frozenset(NAMES[fact] for fact in (*OfficeFact.__args__, *ProgrammeFact.__args__))


def valid_at(fact: Fact) -> datetime | None:
    """When the fact was true, where that may differ from when it is recorded; None: true from its recording."""
    match fact:
        case SignatureRecorded():
            return fact.signed_at
        case WitnessRecorded():
            return fact.witnessed_at
        case StateChanged():
            return fact.effective_at
        case _:
            return None
