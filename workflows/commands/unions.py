"""The groups of commands, and all of them."""

from __future__ import annotations

from workflows.commands.appointments import AppointmentCommand
from workflows.commands.clock import CorrectClock
from workflows.commands.definitions import DefinitionCommand, MigrateDefinition
from workflows.commands.delegations import DelegationCommand
from workflows.commands.drafts import DraftCommitment, EditDraft
from workflows.commands.histories import GiveExternalId, ImportHistory
from workflows.commands.ledger import LedgerCommand
from workflows.commands.offices import OfficeCommand
from workflows.commands.oversight import OversightCommand
from workflows.commands.owed import Escalate, ReceiveDocument
from workflows.commands.programmes import ProgrammeCommand
from workflows.commands.progress import ProgressCommand
from workflows.commands.reports import ReportCommand
from workflows.commands.requests import RequestCommand
from workflows.commands.sittings import SittingCommand

BeginningCommand = DraftCommitment | ImportHistory
FollowingCommand = (
    EditDraft
    | GiveExternalId
    | RequestCommand
    | ProgressCommand
    | ReportCommand
    | OversightCommand
    | ReceiveDocument
    | LedgerCommand
    | Escalate
    | MigrateDefinition
)
CommitmentCommand = BeginningCommand | FollowingCommand
BasisCommand = (
    OfficeCommand | AppointmentCommand | DelegationCommand | ProgrammeCommand | DefinitionCommand | SittingCommand
)
Command = BasisCommand | CommitmentCommand | CorrectClock
