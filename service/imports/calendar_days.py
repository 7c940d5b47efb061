"""Indonesia's days off, as the package `holidays` knows them: national holidays and joint leave (cuti bersama)."""

from __future__ import annotations

from datetime import date
from importlib import metadata

import holidays

from workflows.commands import AdoptCalendar
from workflows.facts import CalendarAdopted

COUNTRY = "ID"
CATEGORIES = ("public", "government")


def days_off(first: int, last: int) -> tuple[date, ...]:
    """Every day off from the first year to the last, both whole, in order; weekends aside."""
    found = holidays.country_holidays(COUNTRY, years=range(first, last + 1), categories=CATEGORIES)
    return tuple(sorted(day for day in found if first <= day.year <= last))


def calendar_for(calendar: str, *, fiscal_year: int, known: CalendarAdopted | None) -> AdoptCalendar | None:
    """The command that makes the calendar reach from the year before to two years after; None where it does already.

    known  the calendar in force: the days that it has stay as they were decided, only years it lacks are added
    """
    return calendar_reaching(calendar, fiscal_year - 1, fiscal_year + 2, known=known)


def calendar_reaching(calendar: str, first: int, last: int, *, known: CalendarAdopted | None) -> AdoptCalendar | None:
    """The command that makes the calendar reach from one year to another, both whole; None where it does already.

    known  as for `calendar_for`
    """
    if known is None:
        return _adopt(calendar, 1, date(first, 1, 1), date(last, 12, 31), days_off(first, last))
    if known.first_day <= date(first, 1, 1) and known.last_day >= date(last, 12, 31):
        return None
    first_day, last_day = min(known.first_day, date(first, 1, 1)), max(known.last_day, date(last, 12, 31))
    added = {day for day in days_off(first_day.year, last_day.year) if not known.first_day <= day <= known.last_day}
    return _adopt(calendar, known.version + 1, first_day, last_day, tuple(sorted({*known.days_off, *added})))


def _adopt(calendar: str, version: int, first: date, last: date, days: tuple[date, ...]) -> AdoptCalendar:
    source = f"holidays {metadata.version('holidays')}: {COUNTRY}, {' and '.join(CATEGORIES)}"
    return AdoptCalendar(CalendarAdopted(calendar, version, source, first, last, days))
