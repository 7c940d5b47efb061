"""Facts of a commitment's stream about what others raise on it: findings, directions, obstacles, help, notes.

What one office raises and another answers is a matter; its id is "<commitment>.<letter><number>", numbered by kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.facts.parts import Evidence, Obligation


@dataclass(frozen=True, slots=True)
class MatterRaised:
    """An office raised a matter."""

    matter: str
    number: int
    office: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class MatterAddressed(MatterRaised):
    """An office raised a matter that `addressee` owes an answer to."""

    addressee: str
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class MatterAnswered:
    """The addressee answered a matter."""

    matter: str
    office: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class MatterReturned:
    """Who raised a matter sent the answer back; the addressee owes another one."""

    matter: str
    office: str
    text: str
    obligation: Obligation


@dataclass(frozen=True, slots=True)
class MatterClosed:
    """A matter came to its end; `text` says how."""

    matter: str
    office: str
    text: str


@dataclass(frozen=True, slots=True)
class FindingRecorded(MatterAddressed):
    """An office that oversees or audits found something wrong, with a plan item or (None) the commitment as a whole."""

    item: int | None


@dataclass(frozen=True, slots=True)
class FindingAnswered(MatterAnswered):
    """The addressee answered a finding."""


@dataclass(frozen=True, slots=True)
class FindingReturned(MatterReturned):
    """The answer to a finding wasn't enough."""


@dataclass(frozen=True, slots=True)
class FindingClosed(MatterClosed):
    """A finding was closed by another office and person than the one that it was addressed to."""


@dataclass(frozen=True, slots=True)
class DirectionGiven(MatterAddressed):
    """An office above directed the addressee to do something."""


@dataclass(frozen=True, slots=True)
class DirectionAnswered(MatterAnswered):
    """The addressee said how it followed a direction."""


@dataclass(frozen=True, slots=True)
class DirectionReturned(MatterReturned):
    """The answer to a direction wasn't enough."""


@dataclass(frozen=True, slots=True)
class DirectionSettled(MatterClosed):
    """Who gave a direction accepted its answer, or needs it no more."""


@dataclass(frozen=True, slots=True)
class ObstacleReported(MatterRaised):
    """An office that works on the commitment met an obstacle, of a category of the catalogue `obstacle`."""

    category: str
    item: int | None


@dataclass(frozen=True, slots=True)
class ObstacleClosed(MatterClosed):
    """An obstacle came to this outcome."""


@dataclass(frozen=True, slots=True)
class HelpRequested(MatterAddressed):
    """An office that works on the commitment asked the office that mentors it for help."""


@dataclass(frozen=True, slots=True)
class HelpAnswered(MatterAnswered):
    """The mentoring office answered a request for help, which ends it."""


@dataclass(frozen=True, slots=True)
class VisitNoted:
    """An office saw for itself, on that day and at that place; `note` is "<commitment>.n<number>".

    visited_at  the beginning of the day, as UTC, or the moment of the draft where that is later
    """

    note: str
    number: int
    office: str
    visited_on: date
    visited_at: datetime
    place: str
    text: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class NoteMade:
    """An office that oversees or mentors said what it thinks; nothing hangs on it."""

    note: str
    number: int
    office: str
    text: str
    evidence: tuple[Evidence, ...]


OversightFact = (
    FindingRecorded
    | FindingAnswered
    | FindingReturned
    | FindingClosed
    | DirectionGiven
    | DirectionAnswered
    | DirectionReturned
    | DirectionSettled
    | ObstacleReported
    | ObstacleClosed
    | HelpRequested
    | HelpAnswered
    | VisitNoted
    | NoteMade
)
OVERSIGHT_NAMES: dict[type, str] = {
    FindingRecorded: "finding-recorded",
    FindingAnswered: "finding-answered",
    FindingReturned: "finding-returned",
    FindingClosed: "finding-closed",
    DirectionGiven: "direction-given",
    DirectionAnswered: "direction-answered",
    DirectionReturned: "direction-returned",
    DirectionSettled: "direction-settled",
    ObstacleReported: "obstacle-reported",
    ObstacleClosed: "obstacle-closed",
    HelpRequested: "help-requested",
    HelpAnswered: "help-answered",
    VisitNoted: "visit-noted",
    NoteMade: "note-made",
}


def oversight_valid_at(fact: OversightFact) -> datetime | None:
    """When a visit took place; everything else is true from its recording."""
    return fact.visited_at if isinstance(fact, VisitNoted) else None
