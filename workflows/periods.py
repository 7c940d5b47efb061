"""Reporting periods of a fiscal year, and from when to when each takes reports: computed, never stored.

A period's window is counted in working days around its end, with the calendar in force, unless it was extended, closed
or opened again for a party (ADR 0036).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from workflows.calendar import Calendar, end_of_day, local_day
from workflows.definition import Label, PeriodEnd, Periods
from workflows.facts import PeriodClosed, PeriodExtended, PeriodFact

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A period of one year, both days included."""

    code: str
    label: Label
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Window:
    """When a period takes reports of a party, all days included.

    late_after  the last day on which a report isn't marked late
    closes_at   its end, as UTC: 24.00 of `closes_on`, or the moment when somebody closed it
    """

    period: Period
    opens_on: date
    due_on: date
    due_at: datetime
    late_after: date
    closes_on: date
    closes_at: datetime

    def stands(self, now: datetime, zone: str) -> str:
        """How the period stands at a moment: coming | open | closed."""
        if local_day(now, zone) < self.opens_on:
            return "coming"
        return "open" if now < self.closes_at else "closed"

    def is_late(self, now: datetime, zone: str) -> bool:
        """True for a report that comes after its due day and the grace."""
        return local_day(now, zone) > self.late_after


def periods_of(scheme: Periods, fiscal_year: int) -> tuple[Period, ...]:
    """The year's periods in order; the first starts with the year, each other the day after the one before."""
    starts = date(fiscal_year, 1, 1)
    found: list[Period] = []
    for end in scheme.ends:
        ends = _last_day(end, fiscal_year)
        found.append(Period(end.code, end.label, starts, ends))
        starts = ends + DAY
    return tuple(found)


def period_of(scheme: Periods, fiscal_year: int, code: str) -> Period | None:
    """The year's period of that code."""
    return next((period for period in periods_of(scheme, fiscal_year) if period.code == code), None)


def window_of(
    scheme: Periods,
    period: Period,
    calendar: Calendar,
    *,
    zone: str,
    party: str | None = None,
    changes: Iterable[PeriodFact] = (),
) -> Window:
    """When the period takes reports of a party (None: of one that nothing was changed for by name).

    changes  what was extended, closed and opened again in the programme, in order
    Raises CalendarEnds where a day of it is not in the calendar.
    """
    due_on = calendar.add_working_days(period.ends_on, scheme.due_days)
    closes_on = calendar.add_working_days(period.ends_on, scheme.closes_days)
    window = Window(
        period=period,
        opens_on=calendar.add_working_days(period.ends_on, -scheme.opens_days),
        due_on=due_on,
        due_at=end_of_day(due_on, zone),
        late_after=calendar.add_working_days(due_on, scheme.grace_days),
        closes_on=closes_on,
        closes_at=end_of_day(closes_on, zone),
    )
    for change in changes:
        if change.period == period.code and (not change.parties or party in change.parties):
            window = _changed(window, change, zone)
    return window


def _changed(window: Window, change: PeriodFact, zone: str) -> Window:
    if isinstance(change, PeriodClosed):
        return replace(window, closes_on=local_day(change.closed_at, zone), closes_at=change.closed_at)
    if isinstance(change, PeriodExtended):
        late_after = max(window.late_after, change.due_on)
        window = replace(window, due_on=change.due_on, due_at=end_of_day(change.due_on, zone), late_after=late_after)
    return replace(window, closes_on=change.closes_on, closes_at=end_of_day(change.closes_on, zone))


def _last_day(end: PeriodEnd, year: int) -> date:
    return date(year, end.month, end.day or monthrange(year, end.month)[1])
