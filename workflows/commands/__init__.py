"""Every command of the domain, in the imperative, as frozen data.

A command carries what the asker said and the ids made for it; who asks and when stand in the `Context` of `decide`.
"""

from workflows.commands.appointments import AppointmentCommand, ConfirmHolder, DeclineHolder, ProposeHolder
from workflows.commands.clock import CorrectClock
from workflows.commands.definitions import (
    ConfirmDefinition,
    ConfirmMigration,
    DeclineDefinition,
    DeclineMigration,
    DefinitionCommand,
    EndMigration,
    MigrateDefinition,
    ProposeDefinition,
    ProposeMigration,
    UseDefinition,
)
from workflows.commands.delegations import DelegationCommand, GiveDelegation, RevokeDelegation
from workflows.commands.drafts import DraftCommitment, EditDraft
from workflows.commands.offices import (
    AppointHolder,
    EndAppointment,
    EstablishOffice,
    GiveGrant,
    OfficeCommand,
    RegisterOrganisation,
)
from workflows.commands.oversight import (
    AnswerMatter,
    CloseMatter,
    FollowUpCommand,
    GiveDirection,
    MakeNote,
    NoteVisit,
    NotingCommand,
    OversightCommand,
    RaisingCommand,
    RecordFinding,
    ReportObstacle,
    RequestHelp,
    ReturnMatter,
)
from workflows.commands.owed import Escalate, ReceiveDocument
from workflows.commands.programmes import AdoptCalendar, InstallDefinition, OpenProgramme, ProgrammeCommand
from workflows.commands.progress import MakeClaim, ProgressCommand, ReturnClaim, RevokeVerification, VerifyClaim
from workflows.commands.requests import (
    ApproveRequest,
    GiveOpinion,
    OpenRequest,
    RejectRequest,
    RequestCommand,
    ReturnRequest,
    SignCommitment,
    WithdrawRequest,
    WitnessCommitment,
)
from workflows.commands.unions import Command, CommitmentCommand, FollowingCommand

__all__ = [
    "AdoptCalendar",
    "AnswerMatter",
    "AppointHolder",
    "AppointmentCommand",
    "ApproveRequest",
    "CloseMatter",
    "Command",
    "CommitmentCommand",
    "ConfirmDefinition",
    "ConfirmHolder",
    "ConfirmMigration",
    "CorrectClock",
    "DeclineDefinition",
    "DeclineHolder",
    "DeclineMigration",
    "DefinitionCommand",
    "DelegationCommand",
    "DraftCommitment",
    "EditDraft",
    "EndAppointment",
    "EndMigration",
    "Escalate",
    "EstablishOffice",
    "FollowUpCommand",
    "FollowingCommand",
    "GiveDelegation",
    "GiveDirection",
    "GiveGrant",
    "GiveOpinion",
    "InstallDefinition",
    "MakeClaim",
    "MakeNote",
    "MigrateDefinition",
    "NoteVisit",
    "NotingCommand",
    "OfficeCommand",
    "OpenProgramme",
    "OpenRequest",
    "OversightCommand",
    "ProgrammeCommand",
    "ProgressCommand",
    "ProposeDefinition",
    "ProposeHolder",
    "ProposeMigration",
    "RaisingCommand",
    "ReceiveDocument",
    "RecordFinding",
    "RegisterOrganisation",
    "RejectRequest",
    "ReportObstacle",
    "RequestCommand",
    "RequestHelp",
    "ReturnClaim",
    "ReturnMatter",
    "ReturnRequest",
    "RevokeDelegation",
    "RevokeVerification",
    "SignCommitment",
    "UseDefinition",
    "VerifyClaim",
    "WithdrawRequest",
    "WitnessCommitment",
]
