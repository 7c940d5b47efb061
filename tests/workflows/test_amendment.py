from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    NEIGHBOUR,
    OWNER,
    PARTY,
    PHOTO,
    PIC,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    Act,
    K,
    Story,
    amendment,
    approvals,
    claimed,
    given,
    item,
)
from workflows.commands import ApproveRequest, MakeClaim, RejectRequest
from workflows.facts import (
    ObligationsArisen,
    OpinionInvited,
    PeriodTarget,
    PlanAmended,
    PlanItem,
    RequestApproved,
    RequestRejected,
    StateChanged,
)
from workflows.plan import Change, differences, falls_over_quarter

CORE = "pelacakan kasus"
CHAIN = (REGION, SECRETARY, COORDINATOR)
GENTLE = (PLAN[0], replace(PLAN[1], target=Decimal(80)), PLAN[2])


def asked(*items: PlanItem) -> tuple[Act, ...]:
    return (*STARTED, Act(HEAD, amendment(*items), SPRING))


def amended(*items: PlanItem) -> Story:
    return given(*asked(*items), *approvals(3, *CHAIN))


def needs_the_provincial_secretary(*items: PlanItem) -> bool:
    return amended(*items).commitment.state == "in_replication"


def test_an_amendment_puts_the_new_plan_in_force_and_keeps_the_old_promise() -> None:
    story = given(*asked(*GENTLE), *approvals(3, REGION, SECRETARY))
    story = story.when(COORDINATOR, ApproveRequest(f"{K}.r3")).then(RequestApproved, PlanAmended, StateChanged)
    commitment = story.commitment
    assert (commitment.state, commitment.revision, commitment.items) == ("modified", 1, GENTLE)
    assert commitment.revisions == (PLAN, GENTLE)
    assert commitment.claims == {}


def test_a_modified_commitment_is_amended_again_and_never_goes_back() -> None:
    again = (*GENTLE[:2], replace(GENTLE[2], budget_idr=1))
    story = given(*asked(*GENTLE), *approvals(3, *CHAIN), Act(HEAD, amendment(*again)), *approvals(4, *CHAIN))
    assert (story.commitment.state, story.commitment.revision) == ("modified", 2)


def test_a_rejected_amendment_leaves_the_plan_as_it_was() -> None:
    story = given(*asked(*GENTLE), *approvals(3, REGION))
    story = story.when(SECRETARY, RejectRequest(f"{K}.r3", "tidak_memenuhi_syarat")).then(RequestRejected)
    assert story.commitment.items == PLAN
    assert story.commitment.state == "in_replication"


@pytest.mark.parametrize(
    "items",
    [
        (PLAN[0], replace(PLAN[1], target=Decimal(74)), PLAN[2]),
        PLAN[:2],
        (replace(PLAN[0], component=None), *PLAN[1:]),
        (*PLAN, item(4, ends_on=date(2023, 1, 31))),
    ],
)
def test_a_grave_amendment_goes_to_the_provincial_secretary(items: tuple[PlanItem, ...]) -> None:
    assert needs_the_provincial_secretary(*items)


@pytest.mark.parametrize(
    "items",
    [
        (PLAN[0], replace(PLAN[1], target=Decimal(75)), PLAN[2]),
        (PLAN[0], replace(PLAN[1], component=None), PLAN[2]),
        (*PLAN, item(4, ends_on=date(2022, 12, 31))),
        (replace(PLAN[0], target=Decimal(500)), *PLAN[1:]),
    ],
)
def test_a_light_amendment_ends_at_the_provinces_coordinator(items: tuple[PlanItem, ...]) -> None:
    assert not needs_the_provincial_secretary(*items)


@pytest.mark.parametrize("changed", [{"unit": "keluarga"}, {"indicator": "Panggilan dijawab"}, {"value": "per_period"}])
@pytest.mark.parametrize("target", [100, 500])
def test_an_item_that_is_measured_otherwise_keeps_nothing_of_its_target(
    changed: dict[str, object], target: int
) -> None:
    other = replace(PLAN[1], target=Decimal(target), **changed)  # type: ignore[arg-type]  # fields by name
    assert needs_the_provincial_secretary(PLAN[0], other, PLAN[2])


@pytest.mark.parametrize(
    "others",
    [
        (replace(PLAN[1], target=Decimal(50)), replace(PLAN[1], number=4, target=Decimal(50))),
        (replace(PLAN[1], number=4),),
        (replace(PLAN[1], number=4, target=Decimal(500)),),
    ],
    ids=["split in two", "renumbered", "replaced by a larger one"],
)
def test_another_item_makes_up_for_none(others: tuple[PlanItem, ...]) -> None:
    assert needs_the_provincial_secretary(PLAN[0], *others, PLAN[2])


def test_a_target_that_was_raised_falls_from_where_it_was_raised_to() -> None:
    raised = (PLAN[0], replace(PLAN[1], target=Decimal(200)), PLAN[2])
    again = (PLAN[0], replace(PLAN[1], target=Decimal(140)), PLAN[2])
    story = given(*asked(*raised), *approvals(3, *CHAIN), Act(HEAD, amendment(*again)), *approvals(4, *CHAIN))
    assert story.commitment.items == raised
    gentle = (PLAN[0], replace(PLAN[1], target=Decimal(150)), PLAN[2])
    story = given(*asked(*raised), *approvals(3, *CHAIN), Act(HEAD, amendment(*gentle)), *approvals(4, *CHAIN))
    assert story.commitment.items == gentle


def test_an_item_that_was_added_later_falls_from_what_it_first_promised() -> None:
    with_four = (*PLAN, item(4))
    steps = [(*PLAN, item(4, target=Decimal(target))) for target in (80, 70)]
    fallen = falls_over_quarter((PLAN, with_four, steps[0]), steps[0], steps[1])
    assert fallen == (4,)
    assert falls_over_quarter((PLAN, with_four), with_four, steps[0]) == ()


def test_what_was_measured_otherwise_before_is_no_measure_of_a_fall() -> None:
    signed = (item(1, target=Decimal(1000), unit="menit"),)
    now = (item(1, target=Decimal(100)),)
    assert falls_over_quarter((signed, now), now, (item(1, target=Decimal(80)),)) == ()
    assert falls_over_quarter((signed, now), now, (item(1, target=Decimal(74)),)) == (1,)


def test_weights_and_targets_by_period_are_no_target_of_an_item() -> None:
    lighter = replace(PLAN[1], weight=Decimal("0.1"), targets=(PeriodTarget("B12", Decimal(100)),))
    assert not needs_the_provincial_secretary(PLAN[0], lighter, PLAN[2])


def test_small_steps_down_add_up_to_a_grave_one() -> None:
    second = (PLAN[0], replace(PLAN[1], target=Decimal(70)), PLAN[2])
    story = given(*asked(*GENTLE), *approvals(3, *CHAIN), Act(HEAD, amendment(*second)), *approvals(4, *CHAIN))
    assert story.commitment.revision == 1
    assert story.commitment.open_request is not None


def test_the_third_amendment_is_grave_whatever_it_says() -> None:
    acts: tuple[Act, ...] = asked(*GENTLE)
    for number in (3, 4):
        plan = (*GENTLE[:2], replace(GENTLE[2], budget_idr=number))
        acts = (*acts, *approvals(number, *CHAIN), Act(HEAD, amendment(*plan)))
    story = given(*acts, *approvals(5, *CHAIN))
    assert story.commitment.revision == 2
    assert given(*acts, *approvals(5, *CHAIN, PROVINCE)).commitment.revision == 3


def test_mentor_and_owner_are_heard_when_a_core_component_changes() -> None:
    story = given(*asked(replace(PLAN[0], activity="Tanpa kurir"), *PLAN[1:]), *approvals(3, REGION))
    assert [fact.office for fact in story.new if isinstance(fact, OpinionInvited)] == [MENTOR, OWNER]
    other = given(*asked(*GENTLE), *approvals(3, REGION))
    assert not [fact for fact in other.new if isinstance(fact, OpinionInvited)]


def test_a_new_item_a_moved_one_and_a_raised_one_are_owed_and_the_rest_stay() -> None:
    plan = (
        replace(PLAN[0], target=Decimal(150)),
        replace(PLAN[1], ends_on=date(2022, 10, 31)),
        PLAN[2],
        item(4),
    )
    acts = (*STARTED, *claimed(1, 100, at=SPRING), Act(HEAD, amendment(*plan)), *approvals(3, *CHAIN))
    story = given(*acts)
    arisen = story.new[-1]
    assert isinstance(arisen, ObligationsArisen)
    assert [(one.obligation, one.round, one.office) for one in arisen.obligations] == [
        ("item-1", 2, PIC),
        ("item-2", 2, PIC),
        ("item-4", 1, PIC),
    ]
    progress = story.commitment.progress[1]
    assert (progress.verified_value, progress.complete) == (100, False)
    assert story.commitment.owed["item-3"].obligation.round == 1


def test_a_dropped_item_is_owed_no_more_and_owed_anew_when_it_returns() -> None:
    dropped = given(*asked(*PLAN[:2]), *approvals(3, *CHAIN, PROVINCE))
    assert dropped.commitment.owed["item-3"].status == "closed"
    back = dropped
    for act in (Act(HEAD, amendment(*PLAN)), *approvals(4, *CHAIN)):
        back = back.does(act)
    owed = back.commitment.owed["item-3"]
    assert (owed.status, owed.obligation.round) == ("open", 2)


def test_a_target_lowered_to_what_was_claimed_is_met_and_to_what_was_verified_is_complete() -> None:
    lowered = (replace(PLAN[0], target=Decimal(80)), replace(PLAN[1], target=Decimal(80)), PLAN[2])
    claims = (*claimed(1, 80, at=SPRING), Act(PIC, MakeClaim(2, Decimal(85), PHOTO)))
    story = given(*STARTED, *claims, Act(HEAD, amendment(*lowered)), *approvals(3, *CHAIN))
    assert [story.commitment.owed[f"item-{n}"].status for n in (1, 2, 3)] == ["met", "met", "open"]
    assert [story.commitment.progress[n].complete for n in (1, 2, 3)] == [True, False, False]


def test_an_item_that_counts_per_period_from_now_on_adds_up_from_what_was_verified() -> None:
    plan = (replace(PLAN[0], value="per_period"), *PLAN[1:])
    story = given(
        *STARTED,
        *claimed(1, 60, at=SPRING),
        Act(HEAD, amendment(*plan)),
        *approvals(3, *CHAIN, PROVINCE),
        *claimed(1, 40, claim=2),
    )
    assert story.commitment.progress[1].complete


def test_the_plans_levels_that_are_past_never_fire() -> None:
    late = SPRING + timedelta(days=40)
    overdue = given(*STARTED, Act(HEAD, amendment(replace(PLAN[0], target=Decimal(90)), *PLAN[1:], item(4)), late))
    story = overdue
    for act in approvals(3, *CHAIN):
        story = story.does(act)
    arisen = story.new[-1]
    assert isinstance(arisen, ObligationsArisen)
    assert all(level.at >= story.now for one in arisen.obligations for level in one.levels)


def test_the_differences_of_two_plans_name_item_field_old_and_new() -> None:
    new = (replace(PLAN[0], target=Decimal(90), fund="APBN"), PLAN[2], item(4))
    assert differences(PLAN, new) == (
        Change(1, "changed", "target", "100", "90"),
        Change(1, "changed", "fund", "APBD", "APBN"),
        Change(2, "dropped"),
        Change(4, "added"),
    )
    assert differences(PLAN, PLAN) == ()


def test_a_plan_written_from_an_older_revision_is_refused() -> None:
    story = amended(*GENTLE)
    stale = replace(amendment(*GENTLE[:2], replace(GENTLE[2], budget_idr=1)), based_on_revision=0)
    found = story.when(HEAD, stale).refused("plan_stale")
    assert found.blocker("plan_stale").facts == {"based_on": "0", "revision": "1"}
    story = story.when(HEAD, replace(stale, based_on_revision=1)).done
    opened = story.commitment.requests[f"{K}.r4"].opened
    assert opened.based_on_revision == 1


def test_a_request_keeps_the_plan_that_it_is_to_replace() -> None:
    story = amended(*GENTLE)
    assert story.commitment.requests[f"{K}.r3"].replaces == PLAN
    assert story.commitment.requests[f"{K}.r2"].replaces == ()


def test_an_amended_plan_names_offices_of_the_party_alone() -> None:
    elsewhere = amendment(*(replace(one, agency=NEIGHBOUR) for one in PLAN))
    tried = given(*STARTED).when(HEAD, elsewhere).refused("agency_not_of_party")
    assert tried.blocker("agency_not_of_party").facts["party"] == PARTY
