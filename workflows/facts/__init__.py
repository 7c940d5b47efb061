"""Every fact of the domain, in the past tense, as frozen data.

A fact knows no position, time of recording or actor: the log adds those when it records the fact as an event. Stored
names stand in `NAMES`, never in a class name. Dates are local calendar days of the programme; datetimes are aware UTC.
"""

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
from workflows.facts.names import BASIS, NAMES, CommitmentFact, Fact, OfficeFact, ProgrammeFact, valid_at
from workflows.facts.offices import (
    AppointmentEnded,
    GrantGiven,
    HolderAppointed,
    OfficeEstablished,
    OrganisationRegistered,
)
from workflows.facts.parts import Evidence, LevelDue, Obligation, PlanItem, Skipped
from workflows.facts.programmes import (
    CalendarAdopted,
    ClockCorrected,
    Component,
    DefinitionInstalled,
    ProgrammeOpened,
    Subject,
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

__all__ = [
    "BASIS",
    "NAMES",
    "AppointmentEnded",
    "CalendarAdopted",
    "ClaimMade",
    "ClaimReturned",
    "ClaimVerified",
    "ClockCorrected",
    "CommitmentDrafted",
    "CommitmentFact",
    "Component",
    "DefinitionInstalled",
    "DraftEdited",
    "EscalationRaised",
    "Evidence",
    "Fact",
    "GrantGiven",
    "HolderAppointed",
    "LevelDue",
    "Obligation",
    "ObligationsArisen",
    "OfficeEstablished",
    "OfficeFact",
    "OpinionGiven",
    "OpinionInvited",
    "OrganisationRegistered",
    "PlanAmended",
    "PlanDrafted",
    "PlanItem",
    "ProgrammeFact",
    "ProgrammeOpened",
    "RequestApproved",
    "RequestOpened",
    "RequestRejected",
    "RequestReturned",
    "RequestWithdrawn",
    "SignatureRecorded",
    "Skipped",
    "StateChanged",
    "StepReached",
    "Subject",
    "WitnessRecorded",
    "valid_at",
]
