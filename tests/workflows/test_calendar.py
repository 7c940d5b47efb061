from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.directory import ZONE, calendar
from workflows.calendar import Calendar, Due, calendar_of, end_of_day, local_day, morning
from workflows.errors import CalendarEnds
from workflows.facts import CalendarAdopted

FRIDAY_22_APRIL = date(2022, 4, 22)
DAYS = st.dates(date(2021, 7, 1), date(2023, 6, 30))
SPANS = st.integers(-60, 60)


@pytest.mark.parametrize(
    ("first", "last", "working_days"),
    [
        (date(2022, 1, 1), date(2022, 3, 31), 61),
        (date(2022, 4, 1), date(2022, 6, 30), 55),
        (date(2022, 7, 1), date(2022, 9, 30), 65),
        (date(2022, 10, 1), date(2022, 12, 31), 65),
        (date(2022, 1, 1), date(2022, 12, 31), 246),
        (date(2022, 1, 3), date(2022, 1, 3), 1),
        (date(2022, 1, 4), date(2022, 1, 3), 0),
    ],
)
def test_working_days_of_budget_year_2022_are_the_published_ones(first: date, last: date, working_days: int) -> None:
    assert calendar().working_days_between(first, last) == working_days


def test_ten_working_days_after_22_april_2022_pass_over_the_eid_leave() -> None:
    assert calendar().add_working_days(FRIDAY_22_APRIL, 10) == date(2022, 5, 17)


def test_working_days_count_backwards_too() -> None:
    assert calendar().add_working_days(date(2022, 5, 17), -10) == FRIDAY_22_APRIL


def test_no_working_days_on_is_the_day_itself_even_a_sunday() -> None:
    assert calendar().add_working_days(date(2022, 4, 24), 0) == date(2022, 4, 24)


def test_a_sunday_falls_back_to_the_friday_before() -> None:
    assert calendar().working_day_on_or_before(date(2022, 4, 24)) == FRIDAY_22_APRIL
    assert calendar().working_day_on_or_before(FRIDAY_22_APRIL) == FRIDAY_22_APRIL


def test_a_due_day_ends_at_midnight_of_the_organisations_own_zone() -> None:
    asked_at = datetime(2022, 4, 22, 3, 0, tzinfo=UTC)
    wib = calendar().due(asked_at, 10, working=True, zone="Asia/Pontianak")
    wit = calendar().due(asked_at, 10, working=True, zone="Asia/Jayapura")
    assert wib == Due(date(2022, 5, 17), datetime(2022, 5, 17, 17, 0, tzinfo=UTC))
    assert wit == Due(date(2022, 5, 17), datetime(2022, 5, 17, 15, 0, tzinfo=UTC))


def test_the_day_of_asking_is_the_local_one() -> None:
    late_on_thursday_utc = datetime(2022, 4, 21, 23, 0, tzinfo=UTC)
    assert local_day(late_on_thursday_utc, ZONE) == FRIDAY_22_APRIL
    assert calendar().due(late_on_thursday_utc, 1, working=True, zone=ZONE).on == date(2022, 4, 25)


def test_calendar_days_count_holidays_too_and_need_no_calendar() -> None:
    asked_at = datetime(2030, 4, 22, 3, 0, tzinfo=UTC)
    assert calendar().due(asked_at, 60, working=False, zone=ZONE).on == date(2030, 6, 21)


def test_a_day_that_no_decree_has_named_is_not_guessed() -> None:
    with pytest.raises(CalendarEnds) as ends:
        calendar().add_working_days(date(2023, 12, 29), 1)
    assert (ends.value.calendar, ends.value.day) == ("id-kalbar", date(2024, 1, 1))
    with pytest.raises(CalendarEnds, match="2020-12-31"):
        calendar().add_working_days(date(2021, 1, 1), -1)


def test_morning_and_end_of_a_day_are_utc_moments() -> None:
    assert morning(FRIDAY_22_APRIL, ZONE) == datetime(2022, 4, 22, 1, 0, tzinfo=UTC)
    assert morning(FRIDAY_22_APRIL, ZONE, 13) == datetime(2022, 4, 22, 6, 0, tzinfo=UTC)
    assert end_of_day(FRIDAY_22_APRIL, ZONE) == datetime(2022, 4, 22, 17, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("local", "told"),
    [
        ("2022-04-21T08:00", "2022-04-21T08:00"),
        ("2022-04-21T15:59", "2022-04-21T15:59"),
        ("2022-04-21T16:00", "2022-04-22T08:00"),
        ("2022-04-21T07:59", "2022-04-21T08:00"),
        ("2022-04-22T10:59", "2022-04-22T10:59"),
        ("2022-04-22T11:00", "2022-04-22T13:00"),
        ("2022-04-22T12:59", "2022-04-22T13:00"),
        ("2022-04-22T13:00", "2022-04-22T13:00"),
        ("2022-04-23T06:00", "2022-04-25T08:00"),
        ("2022-04-28T17:00", "2022-05-09T08:00"),
    ],
)
def test_nobody_is_told_at_night_on_days_off_or_during_friday_prayers(local: str, told: str) -> None:
    at, expected = (datetime.fromisoformat(f"{text}+07:00").astimezone(UTC) for text in (local, told))
    assert calendar().telling_moment(at, ZONE) == expected


def test_an_adopted_calendar_is_the_one_that_counts() -> None:
    adopted = CalendarAdopted("x", 3, "SKB", date(2022, 1, 1), date(2022, 1, 31), (date(2022, 1, 4),))
    assert calendar_of(adopted) == Calendar("x", 3, date(2022, 1, 1), date(2022, 1, 31), frozenset({date(2022, 1, 4)}))
    assert calendar_of(adopted).add_working_days(date(2022, 1, 3), 1) == date(2022, 1, 5)


@given(day=DAYS, days=SPANS)
def test_adding_working_days_lands_on_the_working_day_that_counting_finds(day: date, days: int) -> None:
    landed = calendar().add_working_days(day, days)
    first, last = sorted((day, landed))
    counted = calendar().working_days_between(first, last) - calendar().is_working_day(day)
    assert landed == day if days == 0 else calendar().is_working_day(landed)
    assert counted == (abs(days) if days else 0)


@given(day=DAYS, one=st.integers(0, 30), other=st.integers(0, 30))
def test_working_days_add_up(day: date, one: int, other: int) -> None:
    stepwise = calendar().add_working_days(calendar().add_working_days(day, one), other)
    assert stepwise == calendar().add_working_days(day, one + other)


def test_the_last_day_that_there_is_has_no_end() -> None:
    with pytest.raises(CalendarEnds):
        end_of_day(date.max, ZONE)
