"""Commands on a programme's go-live and its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class SetGoLive:
    """Let duties that fall due before a day fire nothing: kawal is used from that day on. None: takes it back."""

    programme: str
    on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class CloseProgramme:
    """End a programme. still_open: the references of the commitments that the log has open, whoever sees them"""

    programme: str
    letter: str
    text: str
    still_open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReopenProgramme:
    """Let a closed programme go on."""

    programme: str
    letter: str
    text: str


LifeCommand = SetGoLive | CloseProgramme | ReopenProgramme
