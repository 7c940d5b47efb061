"""A plan taken over from another commitment: the same items, owed by another agency and at other times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from workflows.facts import PlanItem

LEAP_DAY = (2, 29)


def rebased(
    items: tuple[PlanItem, ...], *, agency: str, years: int, start_on: date | None = None
) -> tuple[PlanItem, ...]:
    """The items as another party's agency would promise them; nobody's progress comes with them.

    years     how much later the same calendar day is; 29 February is the 28th where there is none
    start_on  the first item starts on this day instead, and all others keep their distance to it in days
    """
    move = _shifted(items, start_on) if start_on is not None and items else _years_later(years)
    return tuple(
        replace(item, agency=agency, starts_on=move(item.starts_on), ends_on=move(item.ends_on)) for item in items
    )


def _shifted(items: tuple[PlanItem, ...], start_on: date) -> Callable[[date], date]:
    distance: timedelta = start_on - min(item.starts_on for item in items)
    return lambda day: day + distance


def _years_later(years: int) -> Callable[[date], date]:
    def move(day: date) -> date:
        year = day.year + years
        if (day.month, day.day) == LEAP_DAY and not _is_leap(year):
            return date(year, 2, 28)
        return day.replace(year=year)

    return move


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
