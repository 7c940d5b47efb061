"""Commands on sittings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.facts import Evidence


@dataclass(frozen=True, slots=True)
class Present:
    """An office that was there. capacity: which of its holders, where it has several; None: the one that it has."""

    office: str
    presence: str
    capacity: str | None = None


@dataclass(frozen=True, slots=True)
class OpenSitting:
    """Open the record of an occasion. zone: the programme's where it is left out"""

    sitting: str
    programme: str
    title: str
    mode: str
    place: str
    held_at: datetime
    zone: str | None = None


@dataclass(frozen=True, slots=True)
class RecordAttendance:
    """Say who was there, once an office."""

    sitting: str
    present: tuple[Present, ...]


@dataclass(frozen=True, slots=True)
class CorrectSitting:
    """Put right what the record says, before or after it was closed; None: that stays. struck: offices not there"""

    sitting: str
    reason: str
    title: str | None = None
    mode: str | None = None
    place: str | None = None
    minutes: str | None = None
    file: Evidence | None = None
    struck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CloseSitting:
    """Close the record with its minutes: nothing is decided in the sitting from then on.

    last_made_at  when the last was decided or signed in it, as the service found it; None: nothing was
    """

    sitting: str
    ended_at: datetime
    minutes: str = ""
    file: Evidence | None = None
    last_made_at: datetime | None = None


SittingCommand = OpenSitting | RecordAttendance | CorrectSitting | CloseSitting
