"""Every fact of the domain, in the past tense, as frozen data.

A fact knows no position, time of recording or actor: the log adds those when it records the fact as an event. Stored
names stand in `NAMES`, never in a class name. Dates are local calendar days of the programme; datetimes are aware UTC.
"""

from workflows.facts.clock import ClockCorrected
from workflows.facts.delegations import DelegationFact, DelegationGiven, DelegationRevoked
from workflows.facts.effects import EffectFact, HoldBegun, HoldEnded, RequestFulfilled
from workflows.facts.names import BASIS, NAMES, CommitmentFact, Fact, valid_at
from workflows.facts.offices import (
    AppointmentEnded,
    GrantGiven,
    HolderAppointed,
    OfficeEstablished,
    OfficeFact,
    OrganisationRegistered,
)
from workflows.facts.owed import (
    DocumentReceived,
    DueMoved,
    EscalationRaised,
    ObligationsArisen,
    ObligationsMet,
    OwedFact,
)
from workflows.facts.parts import (
    Evidence,
    FieldValue,
    LevelDue,
    MovedItem,
    Obligation,
    PlanItem,
    Quorum,
    Skipped,
    Terms,
)
from workflows.facts.plans import CommitmentDrafted, DraftEdited, PlanAmended, PlanDrafted, PlanFact, StateChanged
from workflows.facts.programmes import (
    CalendarAdopted,
    Component,
    DefinitionInstalled,
    ProgrammeFact,
    ProgrammeOpened,
    Subject,
)
from workflows.facts.progress import ClaimMade, ClaimReturned, ClaimVerified, ProgressFact
from workflows.facts.requests import (
    OpinionGiven,
    OpinionInvited,
    RequestApproved,
    RequestFact,
    RequestOpened,
    RequestRejected,
    RequestReturned,
    RequestWithdrawn,
    SeatRejected,
    SeatsReleased,
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
    "DelegationFact",
    "DelegationGiven",
    "DelegationRevoked",
    "DocumentReceived",
    "DraftEdited",
    "DueMoved",
    "EffectFact",
    "EscalationRaised",
    "Evidence",
    "Fact",
    "FieldValue",
    "GrantGiven",
    "HoldBegun",
    "HoldEnded",
    "HolderAppointed",
    "LevelDue",
    "MovedItem",
    "Obligation",
    "ObligationsArisen",
    "ObligationsMet",
    "OfficeEstablished",
    "OfficeFact",
    "OpinionGiven",
    "OpinionInvited",
    "OrganisationRegistered",
    "OwedFact",
    "PlanAmended",
    "PlanDrafted",
    "PlanFact",
    "PlanItem",
    "ProgrammeFact",
    "ProgrammeOpened",
    "ProgressFact",
    "Quorum",
    "RequestApproved",
    "RequestFact",
    "RequestFulfilled",
    "RequestOpened",
    "RequestRejected",
    "RequestReturned",
    "RequestWithdrawn",
    "SeatRejected",
    "SeatsReleased",
    "SignatureRecorded",
    "Skipped",
    "StateChanged",
    "StepReached",
    "Subject",
    "Terms",
    "WitnessRecorded",
    "valid_at",
]
