"""Commands that install calendars, workflows and programmes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.commands.programme_life import LifeCommand
from workflows.commands.seats import SeatCommand
from workflows.facts import CalendarAdopted, ProgrammeOpened


@dataclass(frozen=True, slots=True)
class AdoptCalendar:
    """Use these days off from now on; again with equal days is nothing new."""

    adopted: CalendarAdopted


@dataclass(frozen=True, slots=True)
class InstallDefinition:
    """Make a checked definition usable; the same text again is nothing new."""

    definition: str
    version: int
    digest: str
    text: str


@dataclass(frozen=True, slots=True)
class OpenProgramme:
    """Open a programme; the same content again is nothing new."""

    opened: ProgrammeOpened


@dataclass(frozen=True, slots=True)
class NameElsewhere:
    """Another system calls a party or subject of a programme by this id. kind: party | subject"""

    programme: str
    kind: str
    name: str
    system: str
    external_id: str


@dataclass(frozen=True, slots=True)
class ExtendPeriod:
    """Let reports for a period be due and be taken until later days, for these parties (none named: for all)."""

    programme: str
    period: str
    parties: tuple[str, ...]
    due_on: date
    closes_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class ClosePeriod:
    """Take no more reports for a period from now on."""

    programme: str
    period: str
    parties: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ReopenPeriod:
    """Take reports for a closed period again, until a day."""

    programme: str
    period: str
    parties: tuple[str, ...]
    closes_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class DrawSample:
    """Draw which checked claims of a closed period are verified; `seed` is chance that nobody chose."""

    programme: str
    period: str
    seed: str


PeriodCommand = ExtendPeriod | ClosePeriod | ReopenPeriod | DrawSample
ProgrammeCommand = (
    AdoptCalendar | InstallDefinition | OpenProgramme | NameElsewhere | PeriodCommand | LifeCommand | SeatCommand
)
