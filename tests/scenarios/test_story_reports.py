"""What the played story says of its reports: owed, submitted with receipt, late, checked, drawn by lot and verified."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from service.demo.material import COORDINATOR
from service.demo.programme import adopted_calendar
from service.demo.reporting import SEEDS
from tests.support.counting import Counted, local_day
from tests.support.played import opened
from workflows.commitment import Commitment
from workflows.facts import ClaimChecked, ClaimsSampled, ClaimVerified, ReportSubmitted
from workflows.sampling import is_drawn


@pytest.fixture(scope="module")
def counted(whole_story: Path) -> Iterator[Counted]:
    with opened(whole_story) as runtime:
        yield Counted(runtime)


def test_every_running_commitment_reported_each_quarter_but_for_two_that_owe_the_last_one(counted: Counted) -> None:
    first = Counter(event.fact.period for _, event in counted.told(ReportSubmitted) if event.fact.number == 1)
    assert first == {"B03": 59, "B06": 57, "B09": 55}
    owed = [
        (state.drafted.party, one.obligation.office)
        for _, state in counted.commitments.values()
        for one in state.owed.values()
        if one.is_open and one.obligation.obligation == "report-B09"
    ]
    assert sorted(owed) == [("61.04", "61.04.disdik"), ("61.04", "61.04.rsud")]


def test_agency_heads_submit_what_the_pic_prepared_and_get_a_receipt(counted: Counted) -> None:
    for state, event in counted.told(ReportSubmitted):
        assert (event.fact.office, event.fact.prepared_by) == (state.agency, state.pic)
        assert event.fact.receipt == f"{state.drafted.reference}/{event.fact.period}/{event.fact.number}"


def test_three_regions_report_late_by_4_8_and_25_working_days(counted: Counted) -> None:
    calendar = adopted_calendar(counted.runtime)
    late = {
        state.drafted.party: calendar.working_days_between(event.fact.due_on, local_day(event.recorded_at)) - 1
        for state, event in counted.told(ReportSubmitted)
        if event.fact.late and event.fact.number == 1
    }
    assert late == {"61.06": 4, "61.09": 8, "61.04": 25}


def test_the_province_verifies_completions_large_money_what_no_report_made_and_what_the_lot_fell_on(
    counted: Counted,
) -> None:
    verified = {event.fact.claim: event.fact.office for _, event in counted.told(ClaimVerified)}
    assert set(verified.values()) == {COORDINATOR}
    why = Counter(name for _, event in counted.told(ClaimChecked) for name in event.fact.why)
    assert why.keys() == {"completion", "money", "outside_period"}
    for state, event in counted.told(ClaimChecked):
        claim = state.claims[event.fact.claim]
        assert ("outside_period" in event.fact.why) == (claim.made.report is None)
        assert ("completion" not in event.fact.why) == (claim.total < target(state, claim.made.item))
        if not event.fact.why and event.fact.claim in verified:
            assert claim.why == ("sample",)


def target(state: Commitment, number: int) -> Decimal:
    item = state.item(number)
    assert item is not None
    return item.target


def test_the_lot_can_be_drawn_again_from_what_the_log_says(counted: Counted) -> None:
    drawn = 0
    for state, event in counted.told(ClaimsSampled):
        assert event.fact.seed == SEEDS[event.fact.period]
        for one in event.fact.claims:
            name = f"{state.drafted.reference}.c{state.claims[one.claim].made.number}"
            assert is_drawn(name, seed=event.fact.seed, permille=event.fact.permille)
            assert state.claims[one.claim].status in ("verified", "superseded")
            drawn += 1
    assert drawn > 0
