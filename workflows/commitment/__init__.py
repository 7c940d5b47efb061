"""What a commitment is after any prefix of its events: a fold, and nothing else."""

from workflows.commitment.fold import evolve, replay
from workflows.commitment.ledger import Ledger, Payment
from workflows.commitment.oversight import Matter, Note, Said
from workflows.commitment.state import (
    Act,
    Claim,
    Commitment,
    Forward,
    Hold,
    Migrated,
    Owed,
    Recorded,
    Report,
    Request,
    Retractable,
)

__all__ = [
    "Act",
    "Claim",
    "Commitment",
    "Forward",
    "Hold",
    "Ledger",
    "Matter",
    "Migrated",
    "Note",
    "Owed",
    "Payment",
    "Recorded",
    "Report",
    "Request",
    "Retractable",
    "Said",
    "evolve",
    "replay",
]
