"""Opening a sitting, saying who was there, correcting and closing its record: `decide` for the stream of a sitting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflows.commands import CloseSitting, CorrectSitting, OpenSitting, RecordAttendance, SittingCommand
from workflows.context import Context
from workflows.errors import Blocker, Refused
from workflows.facts import (
    Attendee,
    HolderAppointed,
    SittingAttendanceRecorded,
    SittingClosed,
    SittingCorrected,
    SittingFact,
    SittingOpened,
)
from workflows.in_sitting import MODES, SCANNED, closed
from workflows.rules import NONE, Blockers, collect, evidence, holding, offices_in_roles, roles_that_may
from workflows.sittings import Sitting

PRESENCES = ("in_person", "online")
HOLD = "hold_sitting"


@dataclass(frozen=True, slots=True)
class Opening:
    """A sitting that somebody wants to open."""

    command: OpenSitting
    context: Context


@dataclass(frozen=True, slots=True)
class Recording:
    """Who somebody says was at a sitting."""

    sitting: Sitting
    command: RecordAttendance
    context: Context

    def holders(self, office: str, capacity: str | None) -> tuple[HolderAppointed, ...]:
        """Who held an office when the sitting began, in a capacity if one is named."""
        found = self.context.directory.holders(office, self.context.day_of(self.sitting.held_at))
        return tuple(one for one in found if capacity in (None, one.capacity))


@dataclass(frozen=True, slots=True)
class Correcting:
    """What somebody wants to put right in a sitting's record."""

    sitting: Sitting
    command: CorrectSitting
    context: Context


@dataclass(frozen=True, slots=True)
class Closing:
    """How somebody wants to close a sitting's record."""

    sitting: Sitting
    command: CloseSitting
    context: Context


def decide_sitting(command: SittingCommand, context: Context) -> tuple[SittingFact, ...]:
    """The fact that the command states. Raises Refused with every reason why not.

    context  of the sitting's programme
    """
    found = sitting_blockers(command, context)
    if found:
        raise Refused(found)
    match command:
        case OpenSitting():
            return (_opened(command, context),)
        case RecordAttendance():
            return (_recorded(command, context),)
        case CorrectSitting():
            return (_corrected(command, context),)
        case CloseSitting():
            return (_closed(command, context),)
        case _:
            assert_never(command)


def sitting_blockers(command: SittingCommand, context: Context) -> Blockers:
    """Why the acting office can't do that with a sitting."""
    if isinstance(command, OpenSitting):
        return may_open(context) or collect(OPENING_RULES, Opening(command, context))
    sitting = context.sittings.get(command.sitting)
    if sitting is None:
        return (Blocker("sitting_unknown", {"sitting": command.sitting}),)
    return may_keep(sitting, context) or _later(sitting, command, context)


def may_open(context: Context) -> Blockers:
    """Why the acting office can't open a sitting in the programme."""
    return holding(context) or _in_role(context) or _in_programme(context)


def may_keep(sitting: Sitting, context: Context) -> Blockers:
    """Why the acting office can't write into a sitting's record: the keeper's organisation does, in the same roles."""
    return holding(context) or _in_role(context) or _keeps(sitting, context)


def _later(sitting: Sitting, command: RecordAttendance | CorrectSitting | CloseSitting, context: Context) -> Blockers:
    match command:
        case RecordAttendance():
            return collect(RECORDING_RULES, Recording(sitting, command, context))
        case CorrectSitting():
            return collect(CORRECTING_RULES, Correcting(sitting, command, context))
        case CloseSitting():
            return collect(CLOSING_RULES, Closing(sitting, command, context))
        case _:
            assert_never(command)


def _in_role(context: Context) -> Blockers:
    roles, office = roles_that_may(HOLD, context), context.directory.office(context.by.authority)
    if office is not None and office.role in roles:
        return NONE
    offices = offices_in_roles(roles, context, party=context.programme.organisation)
    return (Blocker("role_may_not", {"act": HOLD, "roles": ", ".join(roles)}, offices),)


def _in_programme(context: Context) -> Blockers:
    directory, programme = context.directory, context.programme
    office = directory.offices[context.by.authority]
    paths = {one for party in (programme.organisation, *programme.parties) for one in directory.path(party)}
    if not paths.isdisjoint((office.organisation, office.acts_for)):
        return NONE
    return (Blocker("out_of_scope", {"office": office.office, "commitment": programme.programme}),)


def _keeps(sitting: Sitting, context: Context) -> Blockers:
    offices = context.directory.offices
    keeper, office = offices[sitting.opened.opened_by], offices[context.by.authority]
    if keeper.organisation == office.organisation:
        return NONE
    return (Blocker("sitting_of_others", {"office": keeper.office}, (keeper.office,)),)


def is_new(case: Opening) -> Blockers:
    if case.command.sitting not in case.context.sittings:
        return NONE
    return (Blocker("sitting_exists", {"sitting": case.command.sitting}, _mender(case)),)


def titled(case: Opening | Correcting) -> Blockers:
    title = case.command.title
    return NONE if title is None or title.strip() else (Blocker("title_missing", {}, _mender(case)),)


def placed(case: Opening | Correcting) -> Blockers:
    place = case.command.place
    return NONE if place is None or place.strip() else (Blocker("sitting_place_missing", {}, _mender(case)),)


def mode_known(case: Opening | Correcting) -> Blockers:
    mode = case.command.mode
    if mode is None or mode in MODES:
        return NONE
    return (Blocker("mode_unknown", {"mode": mode, "known": ", ".join(MODES)}, _mender(case)),)


def zone_known(case: Opening) -> Blockers:
    zone = case.command.zone
    try:
        ZoneInfo(zone or case.context.programme.zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return (Blocker("zone_unknown", {"zone": str(zone)}, _mender(case)),)
    return NONE


def not_held_in_future(case: Opening) -> Blockers:
    held_at = case.command.held_at
    if held_at <= case.context.now:
        return NONE
    return (Blocker("sitting_in_future", {"held_at": held_at.isoformat()}, until=held_at),)


def still_open(case: Recording | Closing) -> Blockers:
    return closed(case.sitting)


def somebody_there(case: Recording) -> Blockers:
    return NONE if case.command.present else (Blocker("attendees_missing", {}, _mender(case)),)


def attendees_known(case: Recording) -> Blockers:
    known = case.context.directory.offices
    unknown = [one.office for one in case.command.present if one.office not in known]
    return tuple(Blocker("attendee_unknown", {"named": one}, _mender(case)) for one in unknown)


def attendees_once(case: Recording) -> Blockers:
    there = [*(one.office for one in case.sitting.attendees), *(one.office for one in case.command.present)]
    twice = [office for office, count in Counter(there).items() if count > 1]
    return tuple(Blocker("attendee_twice", {"office": one}, _mender(case)) for one in twice)


def presence_known(case: Recording) -> Blockers:
    unknown = [one.presence for one in case.command.present if one.presence not in PRESENCES]
    known = ", ".join(PRESENCES)
    return tuple(Blocker("presence_unknown", {"presence": one, "known": known}, _mender(case)) for one in unknown)


def attendees_held_office(case: Recording) -> Blockers:
    """An office is there by one who held it then, in the capacity that is said."""
    known = case.context.directory.offices
    missing = [
        one for one in case.command.present if one.office in known and not case.holders(one.office, one.capacity)
    ]
    return tuple(
        Blocker(
            "attendee_not_holder_then",
            {
                "office": one.office,
                "capacity": one.capacity or "-",
                "held": ", ".join(holder.capacity for holder in case.holders(one.office, None)) or "-",
            },
            _mender(case),
        )
        for one in missing
    )


def reason_given(case: Correcting) -> Blockers:
    return NONE if case.command.reason.strip() else (Blocker("text_missing", {}, _mender(case)),)


def something_corrected(case: Correcting) -> Blockers:
    command, sitting = case.command, case.sitting
    said = (command.title, command.mode, command.place, command.minutes)
    is_said = (sitting.title, sitting.mode, sitting.place, sitting.minutes)
    changed = any(new is not None and new != old for new, old in zip(said, is_said, strict=True))
    if changed or command.struck or (command.file is not None and command.file != sitting.file):
        return NONE
    return (Blocker("corrections_missing", {}, _mender(case)),)


def struck_were_there(case: Correcting) -> Blockers:
    absent = [office for office in case.command.struck if not case.sitting.attended((office,))]
    return tuple(Blocker("attendee_not_recorded", {"office": one}, _mender(case)) for one in absent)


def minutes_not_before_the_end(case: Correcting) -> Blockers:
    """The minutes come with the closing; before it there are none to correct."""
    if case.sitting.closed is not None or (case.command.minutes is None and case.command.file is None):
        return NONE
    return (Blocker("sitting_not_closed", {"sitting": case.sitting.title}, _mender(case)),)


def still_minuted(case: Correcting) -> Blockers:
    """What a closing asks for stays in a closed record: minutes, and of a sitting in wet ink the scanned paper."""
    command, sitting = case.command, case.sitting
    if sitting.closed is None or (command.file or sitting.file) is not None:
        return NONE
    if (command.mode or sitting.mode) == SCANNED:
        return (Blocker("scan_missing", {}, _mender(case)),)
    minutes = sitting.minutes if command.minutes is None else command.minutes
    return NONE if minutes.strip() else (Blocker("minutes_missing", {}, _mender(case)),)


def file_is_one(case: Correcting | Closing) -> Blockers:
    return NONE if case.command.file is None else evidence((case.command.file,))


def ends_in_its_time(case: Closing) -> Blockers:
    """A sitting ends after it began, in or after the minute of the last that was made in it, and not ahead of now."""
    ended_at, held_at, now = case.command.ended_at, case.sitting.held_at, case.context.now
    last_at = case.command.last_made_at
    goes_on_to = held_at if last_at is None else max(held_at, last_at.replace(second=0, microsecond=0))
    if ended_at < goes_on_to:
        found = {"ended_at": ended_at.isoformat(), "held_at": goes_on_to.isoformat()}
        return (Blocker("sitting_ends_before", found, _mender(case)),)
    return (
        (Blocker("sitting_in_future", {"held_at": ended_at.isoformat()}, until=ended_at),) if ended_at > now else NONE
    )


def minuted(case: Closing) -> Blockers:
    """What was said stands in the minutes; of a sitting in wet ink the scanned paper is kept."""
    if case.sitting.mode == SCANNED and case.command.file is None:
        return (Blocker("scan_missing", {}, _mender(case)),)
    if case.command.minutes.strip() or case.command.file is not None:
        return NONE
    return (Blocker("minutes_missing", {}, _mender(case)),)


def somebody_was_there(case: Closing) -> Blockers:
    return NONE if case.sitting.attendees else (Blocker("attendees_missing", {}, _mender(case)),)


OPENING_RULES: tuple[Callable[[Opening], Blockers], ...] = (
    is_new,
    titled,
    placed,
    mode_known,
    zone_known,
    not_held_in_future,
)
RECORDING_RULES: tuple[Callable[[Recording], Blockers], ...] = (
    still_open,
    somebody_there,
    attendees_known,
    attendees_once,
    presence_known,
    attendees_held_office,
)
CORRECTING_RULES: tuple[Callable[[Correcting], Blockers], ...] = (
    reason_given,
    something_corrected,
    titled,
    placed,
    mode_known,
    struck_were_there,
    minutes_not_before_the_end,
    still_minuted,
    file_is_one,
)
CLOSING_RULES: tuple[Callable[[Closing], Blockers], ...] = (
    still_open,
    ends_in_its_time,
    minuted,
    somebody_was_there,
    file_is_one,
)


def _opened(command: OpenSitting, context: Context) -> SittingOpened:
    return SittingOpened(
        sitting=command.sitting,
        programme=command.programme,
        title=command.title.strip(),
        mode=command.mode,
        place=command.place.strip(),
        held_at=command.held_at,
        zone=command.zone or context.programme.zone,
        opened_by=context.by.authority,
    )


def _recorded(command: RecordAttendance, context: Context) -> SittingAttendanceRecorded:
    sitting = context.sittings[command.sitting]
    case = Recording(sitting, command, context)
    held = [(one, case.holders(one.office, one.capacity)[0]) for one in command.present]
    attendees = tuple(Attendee(one.office, by.person, by.capacity, one.presence) for one, by in held)
    return SittingAttendanceRecorded(sitting.id, attendees, sitting.held_at, context.by.authority)


def _corrected(command: CorrectSitting, context: Context) -> SittingCorrected:
    return SittingCorrected(
        sitting=command.sitting,
        title=command.title,
        mode=command.mode,
        place=command.place,
        minutes=command.minutes,
        file=command.file,
        struck=command.struck,
        reason=command.reason.strip(),
        by=context.by.authority,
    )


def _closed(command: CloseSitting, context: Context) -> SittingClosed:
    by = context.by.authority
    return SittingClosed(command.sitting, command.ended_at, command.minutes.strip(), command.file, by)


def _mender(case: Opening | Recording | Correcting | Closing) -> tuple[str, ...]:
    return (case.context.by.authority,)
