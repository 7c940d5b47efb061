"""Commands that install calendars, workflows and programmes."""

from __future__ import annotations

from dataclasses import dataclass

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


ProgrammeCommand = AdoptCalendar | InstallDefinition | OpenProgramme
