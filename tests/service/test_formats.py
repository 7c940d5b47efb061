"""Numbers, money, days and times as Indonesian and English readers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from service import formats

AT = datetime(2021, 12, 6, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (Decimal("1234567.89"), "1.234.567,89", "1,234,567.89"),
        (Decimal("12.50"), "12,5", "12.5"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Decimal("0.00001"), "0,00001", "0.00001"),
        (250, "250", "250"),
    ],
)
def test_a_number_keeps_every_digit_that_counts(value: Decimal | int, indonesian: str, english: str) -> None:
    assert formats.number(value, "id") == indonesian
    assert formats.number(value, "en") == english


@pytest.mark.parametrize(
    ("rupiah", "indonesian", "english"),
    [
        (1_250_000, "Rp1.250.000", "Rp1,250,000"),
        (0, "Rp0", "Rp0"),
        (-500, "-Rp500", "-Rp500"),
        (9_007_199_254_740_991, "Rp9.007.199.254.740.991", "Rp9,007,199,254,740,991"),
    ],
)
def test_money_is_whole_rupiah_without_a_space(rupiah: int, indonesian: str, english: str) -> None:
    assert formats.money(rupiah, "id") == indonesian
    assert formats.money(rupiah, "en") == english


def test_a_percentage_has_at_most_one_decimal() -> None:
    assert formats.percent(Decimal("0.875"), "id") == "87,5%"
    assert formats.percent(Decimal("0.875"), "en") == "87.5%"
    assert formats.percent(Decimal(1), "id") == "100%"


def test_a_weekday_stands_before_a_day_without_a_leading_zero() -> None:
    assert formats.weekday(date(2021, 12, 6), "id") == "Senin, 6 Desember 2021"
    assert formats.weekday(date(2021, 12, 6), "en") == "Monday, 6 December 2021"
    assert formats.day(date(2021, 12, 6), "id") == "6 Desember 2021"


def test_a_moment_is_shown_in_the_readers_zone_with_its_name() -> None:
    assert formats.moment(AT, "Asia/Pontianak", "id") == "Senin, 6 Desember 2021, 14.30 WIB"
    assert formats.moment(AT, "Asia/Makassar", "id") == "Senin, 6 Desember 2021, 15.30 WITA"
    assert formats.moment(AT, "Asia/Jayapura", "en") == "Monday, 6 December 2021, 16:30 WIT"


def test_a_moment_late_in_utc_is_the_next_day_in_indonesia() -> None:
    assert formats.local_day(datetime(2021, 12, 5, 17, 0, tzinfo=UTC), "Asia/Pontianak") == date(2021, 12, 6)


def test_a_zone_without_a_name_shows_its_offset() -> None:
    assert formats.zone_label("Asia/Dubai", AT) == "UTC+04"
    assert formats.zone_label("UTC", AT) == "UTC"


def test_days_are_counted_in_words() -> None:
    assert formats.days(3, "id") == "3 hari kerja"
    assert formats.days(1, "en") == "1 working day"
    assert formats.days(5, "en", working=False) == "5 days"


def test_a_quarter_has_roman_numerals() -> None:
    assert formats.quarter(date(2022, 3, 31), "id") == "Triwulan I 2022"
    assert formats.quarter(date(2022, 10, 1), "en") == "Quarter IV 2022"


def test_a_files_size_is_rounded_to_its_unit() -> None:
    assert formats.size(1_234_567, "id") == "1,2 MB"
    assert formats.size(999, "en") == "999 B"


def test_a_number_of_any_length_is_written_with_every_digit() -> None:
    assert formats.number(Decimal("9" * 40), "id").replace(".", "") == "9" * 40
    assert formats.number(Decimal("1e30"), "id") == "1" + ".000" * 10
