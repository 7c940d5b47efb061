"""How numbers, money, days and times are written for people, in Indonesian and English.

language  "id" or "en"; a moment is an aware datetime, shown in an IANA zone
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

LANGUAGES = ("id", "en")
_LOCALES = {"id": Locale("id"), "en": Locale("en", "GB")}
_ZONES = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Ujung_Pandang": "WITA",
    "Asia/Jayapura": "WIT",
}
# Indonesian abbreviates miliar (10^9) as M, which others read as million: the words are written out.
_SIZES = ((1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB"))
_QUARTERS = ("I", "II", "III", "IV")


def number(value: Decimal | int, language: str) -> str:
    """A number with grouped thousands and every digit that counts: "1.234.567,89"."""
    exact = Decimal(value)
    with localcontext() as context:
        # Babel computes in the context's precision, which must not be less than the number's own.
        context.prec = max(context.prec, len(exact.as_tuple().digits) + abs(exact.adjusted()) + 12)
        return format_decimal(exact, locale=_LOCALES[language], decimal_quantization=False)


def money(rupiah: int, language: str) -> str:
    """Whole rupiah: "Rp1.250.000"."""
    sign = "-" if rupiah < 0 else ""
    return f"{sign}Rp{number(abs(rupiah), language)}"


def percent(ratio: Decimal, language: str) -> str:
    """A ratio (1 is the whole) as a percentage with at most one decimal: "87,5%"."""
    tenths = (ratio * 100).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{number(tenths, language)}%"


def size(size_bytes: int, language: str) -> str:
    """A file's size: "1,2 MB"."""
    for unit, word in _SIZES:
        if size_bytes >= unit:
            tenths = (Decimal(size_bytes) / unit).quantize(Decimal("0.1"), ROUND_HALF_UP)
            return f"{number(tenths, language)} {word}"
    return f"{size_bytes} B"


def day(on: date, language: str) -> str:
    """A day: "6 Desember 2021"."""
    return _day(on.toordinal(), "d MMMM y", language)


def weekday(on: date, language: str) -> str:
    """A day with its weekday: "Senin, 6 Desember 2021"."""
    return _day(on.toordinal(), "EEEE, d MMMM y", language)


def time_of_day(at: datetime, zone: str, language: str) -> str:
    """The hour and minute there with the zone's name: "14.30 WIB", "14:30 WIB"."""
    there = at.astimezone(_zone(zone))
    between = "." if language == "id" else ":"
    return f"{there.hour:02}{between}{there.minute:02} {zone_label(zone, at)}"


def moment(at: datetime, zone: str, language: str) -> str:
    """A moment whole: "Senin, 6 Desember 2021, 14.30 WIB"."""
    return f"{weekday(local_day(at, zone), language)}, {time_of_day(at, zone, language)}"


def local_day(at: datetime, zone: str) -> date:
    """The calendar day of a moment in a zone."""
    return at.astimezone(_zone(zone)).date()


def zone_label(zone: str, at: datetime) -> str:
    """What people call a zone: WIB, WITA, WIT; elsewhere its abbreviation or its offset from UTC."""
    known = _ZONES.get(zone)
    if known is not None:
        return known
    name = at.astimezone(_zone(zone)).tzname() or zone
    return f"UTC{name}" if name[:1] in "+-" else name


def days(count: int, language: str, *, working: bool = True) -> str:
    """A number of days: "3 hari kerja", "1 working day"."""
    if language == "id":
        return f"{number(count, language)} {'hari kerja' if working else 'hari'}"
    unit = "working day" if working else "day"
    return f"{number(count, language)} {unit}{'' if count == 1 else 's'}"


def quarter(on: date, language: str) -> str:
    """The quarter of a day, in Roman numerals: "Triwulan I 2022"."""
    word = "Triwulan" if language == "id" else "Quarter"
    return f"{word} {_QUARTERS[(on.month - 1) // 3]} {on.year}"


@lru_cache(maxsize=8192)
def _day(ordinal: int, pattern: str, language: str) -> str:
    return format_date(date.fromordinal(ordinal), pattern, locale=_LOCALES[language])


@lru_cache(maxsize=256)
def _zone(zone: str) -> ZoneInfo:
    return ZoneInfo(zone)
