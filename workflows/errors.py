"""What the domain can answer instead of facts.

    WorkflowError
    |- Refused              the rules forbid the command: a stable code and every blocker
    |- DefinitionInvalid    a definition's text breaks the schema: place and reason
    |- CalendarEnds         a working day was asked for that no adopted calendar knows

Anything else that is raised in this room is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Blocker:
    """One reason why a command can't be done, and who can change that.

    code        stable, listed in `blockers.SENTENCES` with its sentence in both languages
    facts       what fills the sentence's places
    cleared_by  ids of offices that can clear it; empty where only time or nobody can
    until       aware UTC; when it clears by itself, or the limit of whoever can clear it
    """

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)
    cleared_by: tuple[str, ...] = ()
    until: datetime | None = None


class WorkflowError(Exception):
    """Every error that this room raises on purpose."""


class Refused(WorkflowError):
    """The rules forbid the command; nothing was stated.

    code      the first blocker's code: stable, part of the API
    blockers  all of them, never empty
    """

    def __init__(self, blockers: tuple[Blocker, ...]) -> None:
        super().__init__(", ".join(blocker.code for blocker in blockers))
        self.blockers = blockers

    @property
    def code(self) -> str:
        """The stable code of the first blocker."""
        return self.blockers[0].code


class DefinitionInvalid(WorkflowError):
    """A definition's text breaks the schema.

    place   where in the document, as a path: "moves.sign.steps[0].role"
    reason  what was read and what was expected
    """

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"{place}: {reason}")
        self.place = place
        self.reason = reason


class CalendarEnds(WorkflowError):
    """A working day was asked for outside the days that the calendar knows; `decide` refuses with `calendar_ends`."""

    def __init__(self, calendar: str, day: date) -> None:
        super().__init__(f"{calendar} doesn't know {day}")
        self.calendar = calendar
        self.day = day
