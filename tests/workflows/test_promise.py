"""What was promised first stays countable, whatever the plan becomes."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.support.world import (
    COORDINATOR,
    HEAD,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    Act,
    amendment,
    approvals,
    claimed,
    given,
    item,
)
from workflows.commitment.promise import Kept, first_plan, kept_as_first_signed, kept_as_modified
from workflows.facts import PlanItem

CHAIN = (REGION, SECRETARY, COORDINATOR, PROVINCE)
WORKED = (*STARTED, *claimed(1, 100, at=SPRING, claim=1), *claimed(2, 60, claim=2))


def amended(*items: PlanItem, chain: tuple[str, ...] = CHAIN) -> tuple[Act, ...]:
    return (*WORKED, Act(HEAD, amendment(*items)), *approvals(3, *chain))


def test_a_plan_that_was_never_amended_counts_once() -> None:
    commitment = given(*WORKED).commitment
    assert first_plan(commitment) == PLAN
    assert kept_as_first_signed(commitment) == kept_as_modified(commitment) == Kept(3, 1)


def test_a_lowered_target_is_reached_as_modified_and_not_as_first_signed() -> None:
    commitment = given(*amended(PLAN[0], replace(PLAN[1], target=Decimal(50)), PLAN[2])).commitment
    assert kept_as_modified(commitment) == Kept(3, 2)
    assert kept_as_first_signed(commitment) == Kept(3, 1)


def test_a_dropped_item_still_counts_as_it_had_come() -> None:
    commitment = given(*amended(PLAN[1], PLAN[2])).commitment
    assert kept_as_first_signed(commitment) == Kept(3, 1)
    assert kept_as_modified(commitment) == Kept(2, 0)
    assert commitment.dropped[1].verified_value == Decimal(100)


def test_an_item_that_comes_back_has_its_progress_again() -> None:
    without = amended(PLAN[1], PLAN[2])
    commitment = given(*without, Act(HEAD, amendment(*PLAN)), *approvals(4, *CHAIN[:3])).commitment
    assert commitment.progress[1].complete
    assert commitment.dropped == {}
    assert kept_as_first_signed(commitment) == Kept(3, 1)


@pytest.mark.parametrize("changed", [{"unit": "keluarga"}, {"indicator": "Panggilan dijawab"}, {"value": "per_period"}])
def test_figures_of_something_else_say_nothing_of_the_first_promise(changed: dict[str, object]) -> None:
    other = replace(PLAN[0], **changed)  # type: ignore[arg-type]  # fields by name
    commitment = given(*amended(other, *PLAN[1:])).commitment
    assert kept_as_first_signed(commitment) == Kept(3, 0)


def test_an_added_item_is_no_part_of_the_first_promise() -> None:
    commitment = given(*amended(*PLAN, item(4), chain=CHAIN[:3])).commitment
    assert (kept_as_first_signed(commitment), kept_as_modified(commitment)) == (Kept(3, 1), Kept(4, 1))
