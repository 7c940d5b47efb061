"""Facts of a sitting's stream: an occasion where sheets are signed or requests decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.facts.parts import Evidence


@dataclass(frozen=True, slots=True)
class Attendee:
    """An office that was there, by its holder of that day.

    person    by pseudonym       capacity  definitive | pj | plt | plh
    presence  in_person | online
    """

    office: str
    person: str
    capacity: str
    presence: str


@dataclass(frozen=True, slots=True)
class SittingOpened:
    """An occasion was opened in a programme, true at `held_at`: where, how and in which zone it was or is held.

    mode    in_person | online | wet_ink      opened_by  the office that keeps its record
    """

    sitting: str
    programme: str
    title: str
    mode: str
    place: str
    held_at: datetime
    zone: str
    opened_by: str


@dataclass(frozen=True, slots=True)
class SittingAttendanceRecorded:
    """These offices were there, true from the sitting's beginning."""

    sitting: str
    attendees: tuple[Attendee, ...]
    held_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SittingCorrected:
    """Something that the record said was put right; None: that stays. What was recorded before stays readable.

    struck  offices that were not there after all
    """

    sitting: str
    title: str | None
    mode: str | None
    place: str | None
    minutes: str | None
    file: Evidence | None
    struck: tuple[str, ...]
    reason: str
    by: str


@dataclass(frozen=True, slots=True)
class SittingClosed:
    """The record was closed with the minutes, as text, as a file or both; true at `ended_at`."""

    sitting: str
    ended_at: datetime
    minutes: str
    file: Evidence | None
    by: str


SittingFact = SittingOpened | SittingAttendanceRecorded | SittingCorrected | SittingClosed
SITTING_NAMES: dict[type, str] = {
    SittingOpened: "sitting-opened",
    SittingAttendanceRecorded: "sitting-attendance-recorded",
    SittingCorrected: "sitting-corrected",
    SittingClosed: "sitting-closed",
}


def sitting_valid_at(fact: SittingFact) -> datetime | None:
    """When the fact was true; None: from its recording."""
    match fact:
        case SittingOpened() | SittingAttendanceRecorded():
            return fact.held_at
        case SittingClosed():
            return fact.ended_at
        case _:
            return None
