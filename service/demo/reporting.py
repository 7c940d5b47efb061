"""The story's reporting periods: when each takes reports, who reports when, what is opened again and drawn by lot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from service.demo.material import COORDINATOR, Promise
from service.demo.steps import Draw, Reopen, Step
from workflows.calendar import Calendar

WIB = ZoneInfo("Asia/Pontianak")
LAST_DAY = date(2022, 10, 14)
PERIOD_ENDS = {"B03": date(2022, 3, 31), "B06": date(2022, 6, 30), "B09": date(2022, 9, 30)}
OPENS_BEFORE, DUE_AFTER, CLOSES_AFTER = 5, 10, 20
REPORTED_BEFORE_DUE = 8
LATE_REPORTS = {("B06", "61.06", 1): 4, ("B06", "61.09", 0): 8, ("B06", "61.04", 2): 25}
REOPENED, REOPENED_AFTER, REOPENED_FOR = ("B06", "61.04"), 22, 28
SILENT = {("B09", "61.04", 3), ("B09", "61.04", 4)}
SEEDS = {"B03": "5eed0000000000000000000000002203", "B06": "5eed0000000000000000000000002206"}


@dataclass(frozen=True, slots=True)
class Window:
    """A period with the days on which it opens, is due and closes."""

    code: str
    ends_on: date
    opens_on: date
    due_on: date
    closes_on: date


def windows(calendar: Calendar) -> tuple[Window, ...]:
    """The periods that are due before the story stops."""
    return tuple(
        Window(
            code=code,
            ends_on=ends_on,
            opens_on=calendar.add_working_days(ends_on, -OPENS_BEFORE),
            due_on=calendar.add_working_days(ends_on, DUE_AFTER),
            closes_on=calendar.add_working_days(ends_on, CLOSES_AFTER),
        )
        for code, ends_on in PERIOD_ENDS.items()
    )


def late_by(one: Promise, window: Window) -> int | None:
    """By how many working days the commitment's report is late; None for one in time."""
    return LATE_REPORTS.get((window.code, one.party, one.place))


def reported_on(
    calendar: Calendar, one: Promise, window: Window, *, first_claim: date | None, is_done: bool
) -> date | None:
    """When the commitment reports: with its first claim of the window, else towards the due day; None: not at all.

    is_done  its whole plan is: it reports as soon as it may
    """
    if (window.code, one.party, one.place) in SILENT:
        return None
    late = late_by(one, window)
    if late is not None:
        return calendar.add_working_days(window.due_on, late)
    if is_done:
        return window.opens_on
    return first_claim or calendar.add_working_days(window.due_on, -(one.index % REPORTED_BEFORE_DUE))


def closed_for_all_on(calendar: Calendar, window: Window) -> date:
    """The last day on which anybody may report for the period."""
    if window.code != REOPENED[0]:
        return window.closes_on
    return calendar.add_working_days(window.due_on, REOPENED_FOR)


def drawn_on(calendar: Calendar, window: Window) -> date | None:
    """The first working day on which the period is closed for everybody; None where the story stops before it."""
    return calendar.add_working_days(closed_for_all_on(calendar, window), 1) if window.code in SEEDS else None


def period_steps(calendar: Calendar) -> Iterator[Step]:
    """A period is opened again for one region; the lot is drawn once a period is closed for everybody."""
    for window in windows(calendar):
        if window.code == REOPENED[0]:
            opened_on = calendar.add_working_days(window.due_on, REOPENED_AFTER)
            until = closed_for_all_on(calendar, window)
            again = Reopen(REOPENED[1], window.code, until, "Laporan terlambat karena pergantian penanggung jawab.")
            yield Step(f"reopen-{window.code}", _at(opened_on, 9), COORDINATOR, again)
        drawn = drawn_on(calendar, window)
        if drawn is not None:
            yield Step(f"draw-{window.code}", _at(drawn, 9), COORDINATOR, Draw(window.code, SEEDS[window.code]))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WIB).astimezone(UTC)
