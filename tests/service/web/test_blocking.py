"""Blockers as a page says them: a limit at midnight is the day that it ends."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from service.sentences import Vocabulary
from service.web.blocking import shown_blockers
from tests.support import telling
from workflows.calendar import end_of_day
from workflows.errors import Blocker

DUE = date(2022, 10, 12)
CASES = [
    ("id", end_of_day(DUE, telling.ZONE), "Rabu, 12 Oktober 2022"),
    ("en", end_of_day(DUE, telling.ZONE), "Wednesday, 12 October 2022"),
    ("id", end_of_day(DUE, telling.ZONE) + timedelta(minutes=1), "Kamis, 13 Oktober 2022, 00.01 WIB"),
    ("id", datetime(2022, 10, 12, 1, tzinfo=UTC), "Rabu, 12 Oktober 2022, 08.00 WIB"),
]


@pytest.mark.parametrize(("language", "until", "said"), CASES)
def test_a_limit_at_the_end_of_a_day_is_told_as_that_day(language: str, until: datetime, said: str) -> None:
    words = Vocabulary(language, telling.directory(), telling.programme(), telling.definition())
    found = Blocker("request_open", {"request": "k1.r1", "move": "start"}, (telling.COORDINATOR,), until)
    (shown,) = shown_blockers([found], words)
    assert shown.until == said


def test_what_time_alone_clears_is_told_as_the_moment_at_which_it_begins() -> None:
    words = Vocabulary("id", telling.directory(), telling.programme(), telling.definition())
    found = Blocker("period_not_open", {"period": "B12", "opens_on": "2022-10-13"}, until=end_of_day(DUE, telling.ZONE))
    (shown,) = shown_blockers([found], words)
    assert (shown.cleared_by, shown.until) == ("", "Kamis, 13 Oktober 2022, 00.00 WIB")
