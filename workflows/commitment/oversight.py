"""What others raised on a commitment, and what they noted, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.facts import DirectionGiven, Evidence, FindingRecorded, HelpRequested, ObstacleReported

Raised = FindingRecorded | DirectionGiven | ObstacleReported | HelpRequested


@dataclass(frozen=True, slots=True)
class Said:
    """Something said on a matter, by which office and person.

    delegate  the own office of whoever spoke on another's behalf
    """

    office: str
    person: str
    text: str
    evidence: tuple[Evidence, ...]
    at: datetime
    delegate: str | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that one office raised and another has to answer, or that stays until it is closed.

    kind         finding | direction | obstacle | help
    person       who raised it
    addressee    who owes the answer; None for an obstacle, which nobody does
    obligation   the name of what the addressee owes
    status       open | answered | closed | lapsed (with the commitment; a finding never lapses)
    answers      by the addressee, oldest first; `returned` says why the last one was sent back
    """

    id: str
    kind: str
    number: int
    office: str
    person: str
    addressee: str | None
    item: int | None
    category: str | None
    text: str
    evidence: tuple[Evidence, ...]
    raised_at: datetime
    obligation: str | None
    status: str = "open"
    answers: tuple[Said, ...] = ()
    returned: Said | None = None
    closing: Said | None = None

    @property
    def is_open(self) -> bool:
        """True until it is closed."""
        return self.status in ("open", "answered")


@dataclass(frozen=True, slots=True)
class Note:
    """What an office noted. visited_on, place: only of a visit"""

    id: str
    number: int
    office: str
    text: str
    evidence: tuple[Evidence, ...]
    noted_at: datetime
    visited_on: date | None = None
    place: str = ""
