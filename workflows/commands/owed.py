"""Commands on what is owed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.facts import Evidence


@dataclass(frozen=True, slots=True)
class Escalate:
    """Take one level of an obligation's ladder; asked by the clock alone."""

    obligation: str
    round: int
    ladder_version: int
    level: int


@dataclass(frozen=True, slots=True)
class ReceiveDocument:
    """Say that the party got the document from which its duties are counted."""

    letter: str
    received_at: datetime
    evidence: tuple[Evidence, ...] = ()
