"""When work rests, for how many working days, and how the moments of what is owed move with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from workflows.calendar import Calendar, end_of_day, local_day, morning
from workflows.commitment import Commitment, Owed
from workflows.context import Context
from workflows.errors import CalendarEnds
from workflows.facts import LevelDue, MovedItem, Obligation, PlanItem
from workflows.rules import obliged

DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)
LOOKS = ("check", "verification")
"""What is owed for a claim: it rests with the work."""


def is_on_hold(commitment: Commitment, today: date) -> bool:
    """True from the day a hold begins to its last day, unless it was ended before: the date ends it, no fact does."""
    hold = commitment.hold
    return hold is not None and hold.ended is None and today <= hold.begun.ends_on


def limit_begins(commitment: Commitment, context: Context, zone: str) -> datetime:
    """The moment that a limit is counted from: now, or while work rests the end of the hold's last day."""
    hold = commitment.hold
    if hold is None or not is_on_hold(commitment, context.today):
        return context.now
    return max(context.now, end_of_day(hold.begun.ends_on, zone) - INSTANT)


def calendar_counted(commitment: Commitment, context: Context) -> Calendar | None:
    """The calendar in which the items' office counts; None where nobody adopted it."""
    return context.calendars.get(context.directory.calendar_of(obliged(commitment, context)))


def days_after(first: date, last: date, calendar: Calendar) -> int:
    """How many working days from the day after `first` to `last`. Raises CalendarEnds."""
    return calendar.working_days_between(first + DAY, last)


def days_asked(first: date, last: date, *, commitment: Commitment, context: Context) -> int | None:
    """As `days_after`, in the calendar of the items' office; None where it can't say."""
    calendar = calendar_counted(commitment, context)
    try:
        return None if calendar is None else days_after(first, last, calendar)
    except CalendarEnds:
        return None


def items_rested(commitment: Commitment, begins_on: date, days: int, calendar: Calendar) -> tuple[MovedItem, ...]:
    """The items still to be done that end on `begins_on` or later, each `days` working days later.

    Raises CalendarEnds.
    """
    return tuple(
        MovedItem(item.number, item.ends_on, calendar.add_working_days(item.ends_on, days))
        for item in commitment.items
        if item.ends_on >= begins_on and not commitment.progress[item.number].complete
    )


def items_resumed(commitment: Commitment, days_rested: int, calendar: Calendar) -> tuple[MovedItem, ...]:
    """The items that the hold in force moved, ending as many working days later as it really lasted.

    One that was given another end meanwhile keeps it. Raises CalendarEnds.
    """
    assert commitment.hold is not None, "only a hold is resumed from"
    return tuple(
        MovedItem(moved.item, moved.ends_on, calendar.add_working_days(moved.was, days_rested))
        for moved in commitment.hold.begun.items
        if (item := commitment.item(moved.item)) is not None and item.ends_on == moved.ends_on
    )


def dues_moved(
    commitment: Commitment, items: tuple[MovedItem, ...], days: int, *, context: Context, calendar: Calendar
) -> Iterator[Obligation]:
    """What is owed for items and for looks at claims, due, and its levels still to come, `days` working days away.

    items  those that end on another day from now on: their duty is due on it
    What is late stays late: only its levels move. What was given a day of its own during a hold keeps it.
    Raises CalendarEnds.
    """
    ends = {moved.item: moved for moved in items}
    for owed in commitment.owed.values():
        if owed.is_open and owed.obligation.kind in LOOKS:
            yield _look_moved(owed, days, context)
        if not owed.is_open or owed.obligation.kind != "item":
            continue
        number = int(owed.obligation.subject)
        due_on = _due_on(owed.obligation, ends.get(number), commitment.item(number), days, context.today, calendar)
        if due_on is not None:
            yield _moved(owed, due_on, days, zone=context.directory.zone_of(owed.obligation.office), calendar=calendar)


def _due_on(
    owed: Obligation, moved: MovedItem | None, item: PlanItem | None, days: int, today: date, calendar: Calendar
) -> date | None:
    if moved is not None and owed.due_on == moved.was:
        return moved.ends_on
    if owed.due_on < today:
        return owed.due_on
    if item is not None and owed.due_on == item.ends_on:
        return None
    return calendar.add_working_days(owed.due_on, days)


def _look_moved(owed: Owed, days: int, context: Context) -> Obligation:
    """A look that is late already stays late; it was counted with its own office's calendar."""
    one, calendar = owed.obligation, context.calendars[owed.obligation.calendar]
    due_on = one.due_on if one.due_on < context.today else calendar.add_working_days(one.due_on, days)
    return _moved(owed, due_on, days, zone=context.directory.zone_of(one.office), calendar=calendar)


def _moved(owed: Owed, due_on: date, days: int, *, zone: str, calendar: Calendar) -> Obligation:
    taken = max((one.level for one in owed.raised), default=0)
    levels = (
        LevelDue(one.level, morning(calendar.add_working_days(local_day(one.at, zone), days), zone))
        if one.level > taken
        else one
        for one in owed.obligation.levels
    )
    return replace(
        owed.obligation,
        due_on=due_on,
        due_at=end_of_day(due_on, zone),
        calendar=calendar.calendar,
        calendar_version=calendar.version,
        levels=tuple(levels),
    )
