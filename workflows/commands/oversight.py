"""Commands on what others raise on a commitment, and on what they note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.facts import Evidence


@dataclass(frozen=True, slots=True)
class RecordFinding:
    """item: the plan item that is wrong; None: the commitment as a whole."""

    addressee: str
    due_on: date
    text: str
    evidence: tuple[Evidence, ...]
    item: int | None = None


@dataclass(frozen=True, slots=True)
class GiveDirection:
    addressee: str
    due_on: date
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportObstacle:
    """category: a reason of the catalogue `obstacle`."""

    category: str
    text: str
    evidence: tuple[Evidence, ...] = ()
    item: int | None = None

    @property
    def reason(self) -> str:
        """The category, which is checked as any reason is."""
        return self.category


@dataclass(frozen=True, slots=True)
class RequestHelp:
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerMatter:
    matter: str
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnMatter:
    """Send the answer back."""

    matter: str
    text: str


@dataclass(frozen=True, slots=True)
class CloseMatter:
    """Close a finding or obstacle, settle a direction; `text` is its outcome."""

    matter: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteVisit:
    visited_on: date
    place: str
    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class MakeNote:
    text: str
    evidence: tuple[Evidence, ...] = ()


RaisingCommand = RecordFinding | GiveDirection | ReportObstacle | RequestHelp
FollowUpCommand = AnswerMatter | ReturnMatter | CloseMatter
NotingCommand = NoteVisit | MakeNote
OversightCommand = RaisingCommand | FollowUpCommand | NotingCommand
