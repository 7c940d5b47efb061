"""Working days: which days count, and when a number of them is over.

A calendar knows only its own days. Asked about a day outside them it raises `CalendarEnds` instead of guessing, because
the days off of a year that no decree has named yet are not known to be none.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from workflows.errors import CalendarEnds
from workflows.facts import CalendarAdopted

FRIDAY = 4
SATURDAY = 5
WEEK, WORKING_WEEK = 7, 5
DAY = timedelta(days=1)
MORNING_HOUR, EVENING_HOUR = 8, 16
PRAYER_HOURS = (11, 13)


@dataclass(frozen=True, slots=True)
class Due:
    """A due day and its end: 24.00 of `on` in the organisation's zone, as UTC."""

    on: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Calendar:
    """One version of a working calendar, valid from `first_day` to `last_day`, both included.

    days_off  days without work beside Saturdays and Sundays
    """

    calendar: str
    version: int
    first_day: date
    last_day: date
    days_off: frozenset[date]
    _off: tuple[int, ...] = field(init=False, repr=False, compare=False)
    """Ordinals of the days off that no weekend takes anyway, sorted."""

    def __post_init__(self) -> None:
        off = sorted(day.toordinal() for day in self.days_off if day.weekday() < SATURDAY)
        object.__setattr__(self, "_off", tuple(off))

    def is_working_day(self, day: date) -> bool:
        """True for a day on which offices work. Raises CalendarEnds outside the calendar."""
        if not self.first_day <= day <= self.last_day:
            raise CalendarEnds(self.calendar, day)
        return day.weekday() < SATURDAY and day not in self.days_off

    def add_working_days(self, day: date, days: int) -> date:
        """The `days`-th working day after `day` (before it, if negative); `day` itself for 0.

        Counting starts beside `day`, whatever `day` is. Costs the same for many days as for few. Raises CalendarEnds.
        """
        if not days:
            return day
        ordinal, last = day.toordinal(), self.last_day.toordinal()
        first = self.first_day.toordinal()
        beside = ordinal + 1 if days > 0 else ordinal - 1
        if not first <= beside <= last:
            raise self._ends(beside)
        wanted = self._worked(ordinal) + days if days > 0 else self._worked(beside) + days + 1
        found = self._nth(wanted)
        if not first <= found <= last:
            raise self._ends(last + 1 if days > 0 else first - 1)
        return date.fromordinal(found)

    def working_day_on_or_before(self, day: date) -> date:
        """`day` if offices work on it, else the last working day before. Raises CalendarEnds."""
        while not self.is_working_day(day):
            day -= DAY
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days from `first` to `last`, both included; 0 if `last` is earlier. Raises CalendarEnds."""
        days = (first + DAY * ahead for ahead in range((last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def due(self, from_at: datetime, days: int, *, working: bool, zone: str) -> Due:
        """When an office that was asked at `from_at` (aware) must have acted, `days` later.

        The day of asking, in `zone`, doesn't count. Raises CalendarEnds where working days are counted.
        """
        asked_on = local_day(from_at, zone)
        on = self.add_working_days(asked_on, days) if working else asked_on + timedelta(days=days)
        return Due(on, end_of_day(on, zone))

    def telling_moment(self, at: datetime, zone: str) -> datetime:
        """The first moment from `at` on when offices may be told something unpleasant, as UTC.

        That is 08.00 to 16.00 of a working day, except Fridays from 11.00 to 13.00. Raises CalendarEnds.
        """
        day, hour = local_day(at, zone), at.astimezone(_zone(zone)).hour
        if not self.is_working_day(day) or hour >= EVENING_HOUR:
            return morning(self.add_working_days(day, 1), zone)
        if hour < MORNING_HOUR:
            return morning(day, zone)
        if day.weekday() == FRIDAY and PRAYER_HOURS[0] <= hour < PRAYER_HOURS[1]:
            return morning(day, zone, PRAYER_HOURS[1])
        return at.astimezone(UTC)

    def _worked(self, ordinal: int) -> int:
        """How many working days there are up to a day, counted from the year 1 on."""
        weeks, days = divmod(ordinal, WEEK)
        return weeks * WORKING_WEEK + min(days, WORKING_WEEK) - bisect_right(self._off, ordinal)

    def _nth(self, number: int) -> int:
        """The day with that many working days up to it: the least one, found from below by the days off before it."""
        passed = 0
        while True:
            weeks, days = divmod(number + passed - 1, WORKING_WEEK)
            ordinal = weeks * WEEK + days + 1
            off = bisect_right(self._off, ordinal)
            if off == passed:
                return ordinal
            passed = off

    def _ends(self, ordinal: int) -> CalendarEnds:
        known = min(max(ordinal, date.min.toordinal()), date.max.toordinal())
        return CalendarEnds(self.calendar, date.fromordinal(known))


def calendar_of(adopted: CalendarAdopted) -> Calendar:
    """The calendar that a fact adopted."""
    return Calendar(adopted.calendar, adopted.version, adopted.first_day, adopted.last_day, frozenset(adopted.days_off))


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of a moment in an IANA zone."""
    return at.astimezone(_zone(zone)).date()


@lru_cache(maxsize=4096)
def end_of_day(day: date, zone: str) -> datetime:
    """24.00 of a day in an IANA zone, as UTC."""
    if day == date.max:
        raise CalendarEnds(zone, day)
    return datetime.combine(day + DAY, time(), _zone(zone)).astimezone(UTC)


@lru_cache(maxsize=4096)
def morning(day: date, zone: str, hour: int = MORNING_HOUR) -> datetime:
    """A full hour of a day in an IANA zone, as UTC: when offices are told."""
    return datetime.combine(day, time(hour), _zone(zone)).astimezone(UTC)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
