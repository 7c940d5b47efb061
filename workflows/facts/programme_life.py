"""Facts of a programme's go-live and its end, in the stream `programme-<id>`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class GoLiveSet:
    """kawal is used for the programme from this day on: what fell due before fires nothing. None: it was taken back"""

    programme: str
    on: date | None
    text: str
    office: str


@dataclass(frozen=True, slots=True)
class ProgrammeClosed:
    """The programme is over: nothing more is drafted or asked for in it, and its periods stay as they are."""

    programme: str
    letter: str
    text: str
    office: str


@dataclass(frozen=True, slots=True)
class ProgrammeReopened:
    """A closed programme goes on."""

    programme: str
    letter: str
    text: str
    office: str


LifeFact = GoLiveSet | ProgrammeClosed | ProgrammeReopened
LIFE_NAMES: dict[type, str] = {
    GoLiveSet: "go-live-set",
    ProgrammeClosed: "programme-closed",
    ProgrammeReopened: "programme-reopened",
}
