"""Calendar days as offices write them: "6 Desember 2021", a real date cell, or 2021-12-06."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from service.imports.problems import CellValue, Unreadable

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTH_OF = {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_OF |= {name[:3].casefold(): number for number, name in enumerate(MONTHS, start=1)}
_MONTH_OF |= {"pebruari": 2, "peb": 2, "agt": 8, "ags": 8, "sept": 9, "nopember": 11, "nop": 11}
_DAY_OF = {name.casefold(): number for number, name in enumerate(DAYS)} | {"jum'at": 4, "ahad": 6}
_LONG = re.compile(r"(?:(?P<weekday>[a-z']+)\s*,\s*)?(?P<day>[0-9]{1,2})\s+(?P<month>[a-z]+)\.?\s+(?P<year>[0-9]{4})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_EXPECTED = 'a date such as "6 Desember 2021" or 2021-12-06'
_FIRST, _LAST = date(1945, 8, 17), date(2199, 12, 31)


def parse_date(value: CellValue) -> date:
    """The day that a cell names; never guessed where day and month could be swapped ("03/01/2022").

    raises  Unreadable date_missing, date_unreadable, date_impossible (31 Februari), date_has_time, weekday_differs
    """
    if isinstance(value, datetime):
        if value.time() != time():
            raise Unreadable("date_has_time", "a date without a time of day")
        return _bounded(value.date())
    if isinstance(value, date):
        return _bounded(value)
    if value is None or value == "":
        raise Unreadable("date_missing", _EXPECTED)
    if not isinstance(value, str):
        raise Unreadable("date_unreadable", _EXPECTED)
    return _from_text(" ".join(value.split()))


def write_date(day: date) -> str:
    """The day as an Indonesian letter writes it: "6 Desember 2021"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _from_text(text: str) -> date:
    iso = _ISO.fullmatch(text)
    if iso is not None:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    long = _LONG.fullmatch(text.casefold().replace("’", "'"))
    month = _MONTH_OF.get(long["month"]) if long is not None else None
    if long is None or month is None:
        raise Unreadable("date_unreadable", _EXPECTED)
    day = _day(int(long["year"]), month, int(long["day"]))
    if long["weekday"] is not None and _DAY_OF.get(long["weekday"]) != day.weekday():
        raise Unreadable("weekday_differs", f"{DAYS[day.weekday()]}, the weekday of {write_date(day)}")
    return day


def _day(year: int, month: int, day: int) -> date:
    try:
        return _bounded(date(year, month, day))
    except ValueError as error:
        raise Unreadable("date_impossible", "a day that exists in the calendar") from error


def _bounded(day: date) -> date:
    if not _FIRST <= day <= _LAST:
        raise Unreadable("date_impossible", f"a day between {write_date(_FIRST)} and {write_date(_LAST)}")
    return day
