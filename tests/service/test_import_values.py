"""Dates, money, quantities and codes in cells: read as an office means them, or refused, never guessed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.imports.cells import parse_code, parse_known_code, parse_text
from service.imports.dates import DAYS, parse_date, write_date
from service.imports.money import MOST_IDR, parse_money, parse_quantity, write_money
from service.imports.plan_files import COLUMNS
from service.imports.problems import CellValue, Failed, Unreadable
from service.imports.sheets import NAMES

days = st.dates(min_value=date(1945, 8, 17), max_value=date(2199, 12, 31))
amounts = st.integers(min_value=0, max_value=MOST_IDR)


def code_of(read: object, value: CellValue) -> str:
    with pytest.raises(Unreadable) as refused:
        read(value)
    return refused.value.code


@given(days)
def test_a_day_as_a_letter_writes_it_reads_back_as_that_day(day: date) -> None:
    assert parse_date(write_date(day)) == day
    assert parse_date(f"{DAYS[day.weekday()]}, {write_date(day)}") == day
    assert parse_date(write_date(day).upper().replace(" ", "\u00a0 ")) == day
    assert parse_date(day.isoformat()) == parse_date(datetime(day.year, day.month, day.day)) == day  # noqa: DTZ001  # a cell has no zone


@given(days, st.sampled_from(DAYS))
def test_a_weekday_that_is_not_the_days_own_is_refused(day: date, weekday: str) -> None:
    if weekday == DAYS[day.weekday()]:
        assert parse_date(f"{weekday}, {write_date(day)}") == day
    else:
        assert code_of(parse_date, f"{weekday}, {write_date(day)}") == "weekday_differs"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6 Des 2021", date(2021, 12, 6)),
        ("6 Nopember 2021", date(2021, 11, 6)),
        ("06 Agt. 2021", date(2021, 8, 6)),
        ("Jum'at, 3 Desember 2021", date(2021, 12, 3)),
    ],
)
def test_the_spellings_that_offices_use_are_one_day(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "date_missing"),
        ("03/01/2022", "date_unreadable"),
        ("6 Desember 21", "date_unreadable"),
        ("6 Foo 2021", "date_unreadable"),
        (44567, "date_unreadable"),
        (True, "date_unreadable"),
        ("31 Februari 2022", "date_impossible"),
        ("2022-02-30", "date_impossible"),
        ("6 Desember 0021", "date_impossible"),
        (datetime(2022, 1, 3, 14, 30), "date_has_time"),  # noqa: DTZ001  # a cell has no zone
        (Failed("#REF!", "an error"), "date_unreadable"),
    ],
)
def test_what_is_no_day_is_refused_with_its_reason(value: CellValue, code: str) -> None:
    assert code_of(parse_date, value) == code


@given(amounts)
def test_an_amount_as_a_letter_writes_it_reads_back_as_that_amount(amount: int) -> None:
    text = write_money(amount)
    assert parse_money(text) == amount
    assert parse_money(text.replace("Rp", "Rp. ") + ",-") == amount
    assert parse_money(text + ",00") == amount
    assert parse_money(str(amount)) == parse_money(amount) == parse_money(float(amount)) == amount


@given(st.integers(min_value=1, max_value=MOST_IDR))
def test_a_negative_amount_is_refused_however_it_is_written(amount: int) -> None:
    text = write_money(amount)
    for written in (-amount, f"-{text}", text.replace("Rp", "Rp-"), f"({text})", f"Rp({amount})", f"−{amount}"):
        assert code_of(parse_money, written) == "money_negative"


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (None, "money_missing"),
        ("Rp1,250,000", "money_unreadable"),
        ("Rp1.25.000", "money_unreadable"),
        ("2,5 juta", "money_unreadable"),
        ("Rp", "money_unreadable"),
        (True, "money_unreadable"),
        ("Rp1.250.000,50", "money_has_cents"),
        (1250000.5, "money_has_cents"),
        (float("inf"), "money_too_large"),
        (float("nan"), "money_has_cents"),
        (MOST_IDR + 1, "money_too_large"),
        ("9" * 40, "money_too_large"),
        (Failed("=A1*2", "a formula without a stored value"), "money_unreadable"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(value: CellValue, code: str) -> None:
    assert code_of(parse_money, value) == code


@pytest.mark.parametrize("dash", ["-", "–", "—", " - "])
def test_a_dash_is_no_money(dash: str) -> None:
    assert parse_money(dash) == 0


@given(st.decimals(min_value="0.000001", max_value=10**9, places=6))
def test_a_quantity_reads_back_with_comma_or_point_and_without_trailing_zeros(number: Decimal) -> None:
    read = parse_quantity(f"{number:f}".replace(".", ","))
    assert read == number
    assert str(parse_quantity(number)) == str(read)
    assert "E" not in str(read)
    assert not (str(read).endswith("0") and "." in str(read))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("1.250", "number_ambiguous"),
        ("0", "number_not_positive"),
        (-3, "number_not_positive"),
        ("-3", "number_not_positive"),
        ("sepuluh", "number_unreadable"),
        (Failed("87.50%", "a percentage"), "number_unreadable"),
        (1e300, "number_too_large"),
        (None, "number_missing"),
    ],
)
def test_what_is_no_target_is_refused_with_its_reason(value: CellValue, code: str) -> None:
    assert code_of(parse_quantity, value) == code


def test_a_region_code_that_became_a_number_is_refused_even_where_it_would_fit() -> None:
    read = parse_known_code(("61.10", "61.01"), "region")
    assert code_of(read, 61.1) == "code_is_number"
    assert code_of(parse_code, 61) == "code_is_number"
    with pytest.raises(Unreadable, match=r"61\.10, if that was meant") as refused:
        read("61.1")
    assert refused.value.code == "region_unknown"
    assert read("61.10") == "61.10"


def test_texts_that_look_alike_are_equal_and_control_characters_are_refused() -> None:
    assert parse_text(" Rekap\n layanan\u00a0bulanan ") == "Rekap layanan bulanan"
    assert parse_text("e\u0301") == "\u00e9"
    assert parse_text("Dinas\u200b Ke\u00adsehatan") == "Dinas Kesehatan"
    assert code_of(parse_text, "\ufeff") == "text_missing"
    assert code_of(parse_text, "a\x00b") == "text_unprintable"
    assert code_of(parse_text, "x" * 2_001) == "text_too_long"
    assert code_of(parse_text, "  ") == "text_missing"


def test_the_guide_names_every_column_that_a_file_may_have() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8").casefold()
    columns = (*COLUMNS.values(), *(names[0] for names in NAMES.values()))
    assert [name for name in columns if name.casefold() not in guide] == []
