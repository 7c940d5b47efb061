"""A plan that is taken over keeps its items and gets its own agency and days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.support.world import HEAD, PLAN
from workflows.facts import PlanItem
from workflows.rebasing import rebased

OTHER = "61.05.dinkes"


def days(items: tuple[PlanItem, ...]) -> list[tuple[date, date]]:
    return [(one.starts_on, one.ends_on) for one in items]


def test_the_same_days_come_in_another_year_for_another_agency() -> None:
    moved = rebased(PLAN, agency=OTHER, years=1)
    assert days(moved)[0] == (date(2023, 1, 3), date(2023, 3, 31))
    assert {one.agency for one in moved} == {OTHER}
    assert [
        replace(one, agency=HEAD, starts_on=was.starts_on, ends_on=was.ends_on)
        for one, was in zip(moved, PLAN, strict=True)
    ] == list(PLAN)


def test_a_leap_day_falls_on_the_28th_unless_the_year_has_it() -> None:
    leap = (replace(PLAN[0], starts_on=date(2024, 2, 1), ends_on=date(2024, 2, 29)),)
    assert days(rebased(leap, agency=OTHER, years=1)) == [(date(2025, 2, 1), date(2025, 2, 28))]
    assert days(rebased(leap, agency=OTHER, years=4)) == [(date(2028, 2, 1), date(2028, 2, 29))]


def test_a_plan_that_starts_on_a_day_keeps_its_distances() -> None:
    later = (PLAN[0], replace(PLAN[1], starts_on=date(2022, 1, 13)))
    moved = rebased(later, agency=OTHER, years=9, start_on=date(2022, 2, 2))
    assert [one.starts_on for one in moved] == [date(2022, 2, 2), date(2022, 2, 12)]
    assert moved[0].ends_on - moved[0].starts_on == PLAN[0].ends_on - PLAN[0].starts_on
    assert rebased((), agency=OTHER, years=1, start_on=date(2022, 2, 2)) == ()
