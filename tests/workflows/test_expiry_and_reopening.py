"""What ends without being complete once its year is long over, and what is opened again with new items."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.world import (
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    PAPER,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGNED,
    SPRING,
    STARTED,
    Act,
    K,
    Story,
    approvals,
    claimed,
    draft,
    given,
    item,
    world,
)
from workflows.blockers import blockers
from workflows.commands import GiveOpinion, OpenRequest, RetractDecision
from workflows.facts import (
    ObligationsArisen,
    OpinionInvited,
    PlanItem,
    StateChanged,
)

FIRST_DAY = datetime(2023, 2, 13, 2, tzinfo=UTC)
EXPIRE = OpenRequest("expire", reason="waktu_habis")
HALF = (*STARTED, *claimed(1, 100, at=SPRING, claim=1), *claimed(2, 40, claim=2))
EXPIRED = (*HALF, Act(COORDINATOR, EXPIRE, FIRST_DAY), *approvals(3, PROVINCE))
AGAIN = item(4, starts_on=date(2023, 3, 1), ends_on=date(2023, 6, 30))
LATER = tuple(replace(one, ends_on=date(2023, 5, 31)) for one in PLAN[1:])
REOPENED_ON = datetime(2023, 3, 1, 2, tzinfo=UTC)


def reopening(*items: PlanItem, reason: str = "temuan_pemeriksaan") -> OpenRequest:
    return OpenRequest("reopen", reason=reason, evidence=PAPER, items=items)


def changed(story: Story) -> StateChanged:
    return next(one for one in story.new if isinstance(one, StateChanged))


def arisen(story: Story) -> dict[str, tuple[int, date]]:
    facts = (one for one in story.new if isinstance(one, ObligationsArisen))
    return {one.subject: (one.round, one.due_on) for fact in facts for one in fact.obligations}


@pytest.mark.parametrize("acts", [SIGNED, STARTED])
def test_a_commitment_expires_from_the_thirtieth_working_day_after_its_year(acts: tuple[Act, ...]) -> None:
    story = given(*acts)
    day_before = FIRST_DAY - timedelta(days=1)
    found = story.when(COORDINATOR, EXPIRE, at=day_before).refused("year_not_long_over")
    assert found.blocker("year_not_long_over").facts == {"from": "2023-02-13", "days": "30", "year": "2022"}
    assert found.blocker("year_not_long_over").until == datetime(2023, 2, 12, 17, tzinfo=UTC)
    story.when(COORDINATOR, EXPIRE, at=FIRST_DAY).passes()


def test_a_draft_never_expires() -> None:
    given(*DRAFTED).when(COORDINATOR, EXPIRE, at=FIRST_DAY).refused("not_in_state")


def test_only_the_provinces_coordinator_asks_for_an_expiry() -> None:
    given(*STARTED).when(HEAD, EXPIRE, at=FIRST_DAY).refused("role_may_not")


def test_an_expiry_says_how_much_was_verified_and_ends_what_was_owed() -> None:
    story = given(*EXPIRED)
    assert (story.commitment.state, changed(story).verified_percent) == ("expired", 46)
    assert not any(one.is_open for one in story.commitment.owed.values())
    assert story.commitment.closed_at == story.now


def test_the_regions_secretary_is_heard_on_an_expiry_and_does_not_hold_it_up() -> None:
    story = given(*HALF, Act(COORDINATOR, EXPIRE, FIRST_DAY))
    assert [one.office for one in story.new if isinstance(one, OpinionInvited)] == [SECRETARY]
    heard = story.when(SECRETARY, GiveOpinion(f"{K}.r3", "Masih berjalan.")).done
    assert heard.does(approvals(3, PROVINCE)[0]).commitment.state == "expired"
    assert story.does(approvals(3, PROVINCE)[0]).commitment.state == "expired"


def test_an_expiry_cannot_be_dated_past_the_calendar() -> None:
    there = replace(world(), programme=replace(world().programme, fiscal_year=2023))
    story = given(Act(REGION, draft(fiscal_year=2023)), *STARTED[1:], world=there)
    story.when(COORDINATOR, EXPIRE, at=FIRST_DAY).refused("calendar_ends")


def test_an_expiry_needs_the_offices_calendar() -> None:
    story = given(*STARTED)
    context = replace(story.context(COORDINATOR, at=FIRST_DAY), calendars={})
    assert "calendar_unknown" in {one.code for one in blockers(story.state, EXPIRE, context)}


@pytest.mark.parametrize("acts", [EXPIRED, COMPLETED])
def test_a_closed_commitment_is_opened_again_with_new_items(acts: tuple[Act, ...]) -> None:
    story = given(*acts)
    number = len(story.commitment.requests) + 1
    plan = (PLAN[0], *LATER, AGAIN)
    story = story.when(COORDINATOR, reopening(*plan), at=REOPENED_ON).done
    story = story.does(approvals(number, PROVINCE)[0])
    commitment = story.commitment
    assert (commitment.state, commitment.items, commitment.revision) == ("modified", plan, 1)
    assert commitment.closed_at is None
    assert arisen(story)["4"] == (1, date(2023, 6, 30))


def test_what_was_still_to_be_done_is_owed_again_by_its_new_day() -> None:
    story = given(*EXPIRED).when(COORDINATOR, reopening(PLAN[0], *LATER, AGAIN), at=REOPENED_ON).done
    story = story.does(approvals(4, PROVINCE)[0])
    due = date(2023, 5, 31)
    assert arisen(story) == {"2": (2, due), "3": (2, due), "4": (1, date(2023, 6, 30))}
    assert story.commitment.progress[2].verified_value == Decimal(40)


def test_opening_again_needs_an_item_that_no_plan_had() -> None:
    story = given(*EXPIRED)
    found = story.when(COORDINATOR, reopening(PLAN[0], *LATER), at=REOPENED_ON).refused("items_not_new")
    assert found.blocker("items_not_new").facts == {"known": "1, 2, 3"}


def test_opening_again_leaves_nothing_undone_in_the_past() -> None:
    story = given(*EXPIRED)
    found = story.when(COORDINATOR, reopening(*PLAN, AGAIN), at=REOPENED_ON).refused("items_end_past")
    assert found.blocker("items_end_past").facts == {"items": "2, 3"}


def test_a_closed_commitment_is_opened_again_for_twelve_months() -> None:
    story = given(*EXPIRED)
    items = [replace(one, ends_on=date(2023, 12, 29)) for one in (*PLAN[1:], AGAIN)]
    command = reopening(PLAN[0], *items)
    last = datetime(2024, 2, 13, 5, tzinfo=UTC)
    found = story.when(COORDINATOR, command, at=last + timedelta(days=1)).blockers
    assert "closed_too_long_ago" in {one.code for one in found}
    assert "closed_too_long_ago" not in story.when(COORDINATOR, command, at=last).codes


def test_withdrawn_and_cancelled_stay_closed() -> None:
    moves = world().definition.moves
    assert moves["reopen"].sources == {"completed", "expired"}


def test_a_decision_that_is_taken_back_closes_nothing() -> None:
    story = given(*EXPIRED).when(PROVINCE, RetractDecision(f"{K}.r3", "Keliru")).done
    assert (story.commitment.state, story.commitment.closed_at) == ("in_replication", None)
