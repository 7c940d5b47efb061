"""How fields are read: as people write here, and never guessed."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from service.web.forms import FieldWrong, moment, number, place_here


@pytest.mark.parametrize(
    ("written", "read"),
    [("7", "7"), ("1.250", "1250"), ("1.250.000,5", "1250000.5"), ("87,5", "87.5"), ("0,25", "0.25"), (" 12 ", "12")],
)
def test_numbers_are_read_as_indonesians_write_them(written: str, read: str) -> None:
    assert number({"n": written}, "n") == Decimal(read)


@pytest.mark.parametrize(
    "written",
    [
        "9" * 26,
        "1.000.000.000.000",
        "0,1234567",
        "1,250",
        "12.50",
        "1.25.000",
        "1,2,3",
        "-5",
        "tujuh",
        "1e3",
        "٣",
        "NaN",
        "1.",
        ".5",
    ],
)
def test_a_number_that_could_mean_something_else_is_refused(written: str) -> None:
    with pytest.raises(FieldWrong, match="number"):
        number({"n": written}, "n")


def test_an_empty_field_is_missing() -> None:
    with pytest.raises(FieldWrong, match="missing"):
        number({"n": "  "}, "n")


@pytest.mark.parametrize("hour", ["14.30", "14:30", "14:30:00"])
def test_a_day_and_an_hour_are_a_moment_of_the_zone(hour: str) -> None:
    read = moment({"day": "2021-12-06", "time": hour}, "day", "time", zone="Asia/Pontianak")
    assert read.astimezone(UTC) == datetime(2021, 12, 6, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        ("2021-02-30", "10.00"),
        ("6/12/2021", "10.00"),
        ("2021-12-06", "25.00"),
        ("0001-01-01", "10.00"),
        ("9999-12-31", "10.00"),
    ],
)
def test_days_and_hours_that_do_not_exist_are_refused(day: str, hour: str) -> None:
    with pytest.raises(FieldWrong, match=r"date|time"):
        moment({"day": day, "time": hour}, "day", "time", zone="Asia/Pontianak")


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/matrix?as_known_on=2021-12-31", "/matrix?as_known_on=2021-12-31"),
        ("/commitments/1#r1", "/commitments/1#r1"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/%5Cevil.example", "/%5Cevil.example"),
        ("https://evil.example", "/"),
        ("/a b", "/"),
        ("/" + "a" * 3000, "/"),
        (None, "/"),
    ],
)
def test_a_next_page_is_a_place_on_these_pages(target: str | None, place: str) -> None:
    assert place_here(target) == place
