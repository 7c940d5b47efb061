from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.support.directory import CALENDAR, ZONE, calendar, directory, holder, office, organisation
from workflows.calendar import morning
from workflows.definition_yaml import parse, shipped
from workflows.errors import CalendarEnds
from workflows.facts import Obligation, PlanItem
from workflows.obligations import Owing, item_obligation, levels_of, step_obligation

DEFINITION = parse(shipped("replikasi-inovasi"))
CALENDARS = {CALENDAR: calendar()}
NOW = datetime(2022, 3, 1, 3, 0, tzinfo=UTC)


def item(ends_on: date, number: int = 4) -> PlanItem:
    return PlanItem(
        number=number,
        stage="replikasi",
        activity="Uji coba",
        output="Layanan",
        indicator="Layanan berjalan",
        unit="layanan",
        target=Decimal(3),
        starts_on=date(2022, 1, 3),
        ends_on=ends_on,
        agency="61.03.dinkes",
        budget_idr=50_000_000,
        fund="APBD",
        evidence_required="Laporan",
    )


def owed_item(ends_on: date, *, now: datetime = NOW, not_before: date | None = None) -> Obligation:
    owing = Owing("61.03.dinkes.pic", "61.03", DEFINITION, directory(), CALENDARS, now)
    return item_obligation(owing, item(ends_on), round=1, not_before=not_before)


def levels(obligation: Obligation) -> list[tuple[int, date]]:
    for level in obligation.levels:
        assert level.at == morning(level.at.date(), ZONE), "told at 08.00"
    return [(level.level, level.at.date()) for level in obligation.levels]


def test_a_step_owes_its_verdict_within_its_working_days() -> None:
    step = DEFINITION.moves["complete"].steps[2]
    owing = Owing("61.biro", "61.03", DEFINITION, directory(), CALENDARS, NOW)
    owed = step_obligation(owing, request="k1.r2", step=step)
    assert (owed.obligation, owed.round, owed.kind, owed.subject) == ("r2/verify", 1, "decision", "k1.r2/verify")
    assert (owed.office, owed.calendar, owed.calendar_version) == ("61.biro", CALENDAR, 1)
    assert (owed.ladder, owed.ladder_version) == ("decision", DEFINITION.version)
    # Thursday 3 March was a day off.
    assert owed.due_on == date(2022, 3, 16)
    assert owed.due_at == datetime(2022, 3, 16, 17, 0, tzinfo=UTC)
    assert levels(owed) == [
        (1, date(2022, 3, 15)),
        (2, date(2022, 3, 16)),
        (3, date(2022, 3, 18)),
        (4, date(2022, 3, 23)),
        # Level 5 is for the next coordinator above, and the province's is the uppermost.
        (6, date(2022, 4, 6)),
    ]


def test_an_item_is_owed_by_its_end_in_the_obliged_offices_zone() -> None:
    owed = owed_item(date(2022, 3, 31))
    assert (owed.obligation, owed.kind, owed.subject, owed.ladder) == ("item-4", "item", "4", "task")
    assert (owed.due_on, owed.due_at) == (date(2022, 3, 31), datetime(2022, 3, 31, 17, 0, tzinfo=UTC))
    assert levels(owed)[:3] == [(1, date(2022, 3, 24)), (2, date(2022, 3, 31)), (3, date(2022, 4, 5))]


def test_an_item_that_ends_on_a_day_off_counts_from_the_working_day_before() -> None:
    owed = owed_item(date(2022, 4, 3))
    assert owed.due_on == date(2022, 4, 3)
    assert levels(owed)[:3] == [(1, date(2022, 3, 25)), (2, date(2022, 4, 1)), (3, date(2022, 4, 6))]


def test_what_lies_in_the_past_when_an_obligation_arises_never_fires() -> None:
    late_start = datetime(2022, 3, 31, 1, 0, 1, tzinfo=UTC)
    assert [level for level, _ in levels(owed_item(date(2022, 3, 31), now=late_start))] == [3, 4, 5, 6, 7]
    long_gone = datetime(2022, 12, 1, tzinfo=UTC)
    assert owed_item(date(2022, 3, 31), now=long_gone).levels == ()


def test_an_item_owed_again_is_due_no_earlier_than_the_repair_allows() -> None:
    assert owed_item(date(2022, 3, 31), not_before=date(2022, 4, 14)).due_on == date(2022, 4, 14)
    assert owed_item(date(2022, 3, 31), not_before=date(2022, 3, 14)).due_on == date(2022, 3, 31)


def test_each_organisation_has_its_own_zone() -> None:
    east = directory(
        more=[organisation("62", zone="Asia/Jayapura"), office("62.pic", "agency_pic", "62"), holder("62.pic")]
    )
    owing = Owing("62.pic", "62", DEFINITION, east, CALENDARS, NOW)
    owed = item_obligation(owing, item(date(2022, 3, 31)), round=2)
    assert owed.round == 2
    assert owed.due_at == datetime(2022, 3, 31, 15, 0, tzinfo=UTC)
    assert owed.levels[0].at == datetime(2022, 3, 23, 23, 0, tzinfo=UTC)


def test_a_ladder_that_leaves_the_calendar_is_not_guessed() -> None:
    with pytest.raises(CalendarEnds, match="2024-01-01"):
        levels_of(DEFINITION.ladders["task"].levels, date(2023, 12, 28), zone=ZONE, calendar=calendar(), now=NOW)
