"""Every sitting of the log: the fold of their streams, and who may read of one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import assert_never

from workflows.facts import (
    Attendee,
    Evidence,
    SittingAttendanceRecorded,
    SittingClosed,
    SittingCorrected,
    SittingFact,
    SittingOpened,
)
from workflows.offices import Directory


@dataclass(frozen=True, slots=True)
class Sitting:
    """An occasion as its record says now. Never changed in place.

    attendees    who was there, without those that were struck off
    corrections  every one, oldest first; closed: how it ended, as it was recorded first
    """

    opened: SittingOpened
    title: str
    mode: str
    place: str
    minutes: str = ""
    file: Evidence | None = None
    attendees: tuple[Attendee, ...] = ()
    corrections: tuple[SittingCorrected, ...] = ()
    closed: SittingClosed | None = None

    @property
    def id(self) -> str:
        """What decisions made in it name."""
        return self.opened.sitting

    @property
    def held_at(self) -> datetime:
        """When it began."""
        return self.opened.held_at

    @property
    def files(self) -> tuple[Evidence, ...]:
        """Every file that its minutes are in, or were in before a correction."""
        said = (*(() if self.closed is None else (self.closed.file,)), *(one.file for one in self.corrections))
        return tuple(one for one in said if one is not None)

    def attended(self, offices: Iterable[str]) -> bool:
        """True if one of these offices was there."""
        there = {one.office for one in self.attendees}
        return not there.isdisjoint(offices)

    def attended_by(self, person: str, offices: frozenset[str]) -> bool:
        """True if this person was there, in one of these offices."""
        return any(one.office in offices and one.person == person for one in self.attendees)


Sittings = Mapping[str, Sitting]


def evolve_sittings(sittings: Sittings, fact: SittingFact) -> Sittings:
    """Fold one more fact."""
    if isinstance(fact, SittingOpened):
        sitting = Sitting(fact, fact.title, fact.mode, fact.place)
    else:
        sitting = _evolved(sittings[fact.sitting], fact)
    return MappingProxyType({**sittings, sitting.id: sitting})


def _evolved(sitting: Sitting, fact: SittingAttendanceRecorded | SittingCorrected | SittingClosed) -> Sitting:
    match fact:
        case SittingAttendanceRecorded():
            return replace(sitting, attendees=(*sitting.attendees, *fact.attendees))
        case SittingCorrected():
            return _corrected(sitting, fact)
        case SittingClosed():
            return replace(sitting, minutes=fact.minutes, file=fact.file, closed=fact)
        case _:
            assert_never(fact)


def _corrected(sitting: Sitting, fact: SittingCorrected) -> Sitting:
    return replace(
        sitting,
        title=sitting.title if fact.title is None else fact.title,
        mode=sitting.mode if fact.mode is None else fact.mode,
        place=sitting.place if fact.place is None else fact.place,
        minutes=sitting.minutes if fact.minutes is None else fact.minutes,
        file=fact.file or sitting.file,
        attendees=tuple(one for one in sitting.attendees if one.office not in fact.struck),
        corrections=(*sitting.corrections, fact),
    )


def reads(sitting: Sitting, office: str, directory: Directory) -> bool:
    """True if an office reads a sitting: it was there, keeps its record, or stands in or above whose record it is."""
    known, keeper = directory.office(office), directory.office(sitting.opened.opened_by)
    if known is None or keeper is None:
        return False
    if sitting.attended((office,)) or office == keeper.office:
        return True
    return known.scope == "organisation" and known.organisation in directory.path(keeper.organisation)
