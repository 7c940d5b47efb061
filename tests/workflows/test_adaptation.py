"""Adapting the way to a promise: what the signed plan names to be adapted, and nothing that was promised."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    PAPER,
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
    definition,
    draft,
    given,
    item,
    world,
)
from workflows.commands import ApproveRequest, OpenRequest
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid
from workflows.facts import OpinionInvited, PlanAmended, PlanItem, RequestApproved, StateChanged

ADAPTED = (PLAN[0], replace(PLAN[1], activity="Layanan lewat radio", evidence_required="Rekaman"), PLAN[2])


def adaptation(*items: PlanItem) -> OpenRequest:
    return OpenRequest("adapt", evidence=PAPER, items=items)


def asked(*items: PlanItem) -> tuple[Act, ...]:
    return (*STARTED, Act(HEAD, adaptation(*items), SPRING))


def tried(*items: PlanItem, story: Story | None = None) -> tuple[str, ...]:
    return (story or given(*STARTED)).when(HEAD, adaptation(*items), at=SPRING).codes


def with_item(**changed: object) -> tuple[PlanItem, ...]:
    return (PLAN[0], replace(PLAN[1], **changed), PLAN[2])  # type: ignore[arg-type]  # fields by name


def test_an_adaptation_is_approved_in_the_region_alone() -> None:
    story = given(*asked(*ADAPTED), *approvals(3, REGION))
    story = story.when(SECRETARY, ApproveRequest(f"{K}.r3")).then(RequestApproved, PlanAmended, StateChanged)
    commitment = story.commitment
    assert (commitment.state, commitment.revision, commitment.items) == ("modified", 1, ADAPTED)
    assert commitment.revisions == (PLAN, ADAPTED)


def test_a_modified_commitment_is_adapted_again() -> None:
    again = with_item(activity="Layanan keliling")
    story = given(*asked(*ADAPTED), *approvals(3, REGION, SECRETARY), Act(HEAD, adaptation(*again)))
    story = story.does(approvals(4, REGION)[0]).does(approvals(4, SECRETARY)[0])
    assert (story.commitment.state, story.commitment.revision, story.commitment.adaptations) == ("modified", 2, 2)


def test_the_mentor_is_heard_on_an_adaptation() -> None:
    story = given(*asked(*ADAPTED), *approvals(3, REGION))
    assert [one.office for one in story.new if isinstance(one, OpinionInvited)] == [MENTOR]


@pytest.mark.parametrize(
    "changed",
    [
        {"target": Decimal(99)},
        {"ends_on": date(2022, 10, 31)},
        {"starts_on": date(2022, 1, 4)},
        {"budget_idr": 1},
        {"fund": "CSR"},
        {"unit": "keluarga"},
        {"indicator": "Panggilan dijawab"},
        {"component": "pelacakan kasus"},
        {"value": "per_period"},
        {"weight": Decimal(2)},
        {"depends_on": (1,)},
    ],
)
def test_an_adaptation_changes_nothing_that_was_promised(changed: dict[str, object]) -> None:
    assert tried(*with_item(**changed)) == ("adaptation_breaks_promise",)


def test_an_adaptation_touches_no_item_under_a_core_component_or_none() -> None:
    elsewhere = (replace(PLAN[0], activity="Lain"), PLAN[1], replace(PLAN[2], activity="Lain"))
    found = given(*STARTED).when(HEAD, adaptation(*elsewhere), at=SPRING).refused("adaptation_elsewhere")
    assert found.blocker("adaptation_elsewhere").facts == {"items": "1, 3", "named": "2"}


def test_an_adaptation_adds_and_drops_no_item() -> None:
    assert tried(*ADAPTED, item(4)) == ("adaptation_elsewhere", "adaptation_breaks_promise")
    assert tried(PLAN[0], PLAN[2]) == ("adaptation_breaks_promise",)


def test_an_adaptation_of_nothing_is_refused() -> None:
    assert tried(*PLAN) == ("plan_unchanged",)


def test_a_part_that_only_an_amendment_named_is_not_adapted() -> None:
    named = (*PLAN[:2], replace(PLAN[2], component="hotline"))
    chain = (REGION, SECRETARY, COORDINATOR)
    story = given(*STARTED, Act(HEAD, amendment(*named), SPRING), *approvals(3, *chain))
    adapted = (*named[:2], replace(named[2], activity="Lain"))
    story.when(HEAD, adaptation(*adapted)).refused("adaptation_elsewhere")


def test_a_part_that_an_amendment_made_core_is_not_adapted() -> None:
    core = (*PLAN[:1], replace(PLAN[1], component="pelacakan kasus"), replace(PLAN[2], component="hotline"))
    signed = (*PLAN[:2], replace(PLAN[2], component="hotline"))
    acts = (Act(REGION, draft(items=signed)), *STARTED[1:], Act(HEAD, amendment(*core), SPRING))
    story = given(*acts, *approvals(3, REGION, SECRETARY, COORDINATOR))
    assert story.commitment.items == core
    adapted = (core[0], replace(core[1], activity="Lain"), core[2])
    story.when(HEAD, adaptation(*adapted)).refused("adaptation_elsewhere")


def test_a_plan_that_names_nothing_to_adapt_cannot_be_adapted() -> None:
    bare = (PLAN[0], replace(PLAN[1], component=None), PLAN[2])
    acts = (Act(REGION, draft(items=bare)), *STARTED[1:])
    story = given(*acts)
    adapted = (bare[0], replace(bare[1], activity="Lain"), bare[2])
    found = story.when(HEAD, adaptation(*adapted), at=SPRING).refused("adaptation_unnamed")
    assert found.blocker("adaptation_unnamed").facts == {"components": "hotline"}


def test_the_third_amendment_counts_no_adaptation() -> None:
    acts = (*asked(*ADAPTED), *approvals(3, REGION, SECRETARY))
    for number in (4, 5):
        acts = (*acts, Act(HEAD, amendment(*ADAPTED[:2], replace(ADAPTED[2], budget_idr=number))))
        acts = (*acts, *approvals(number, REGION, SECRETARY, COORDINATOR))
    story = given(*acts)
    assert (story.commitment.revision, story.commitment.adaptations) == (3, 1)
    third = (*acts, Act(HEAD, amendment(*ADAPTED[:2], replace(ADAPTED[2], budget_idr=6))))
    assert given(*third, *approvals(6, REGION, SECRETARY, COORDINATOR)).commitment.open_request is not None
    assert given(*third, *approvals(6, REGION, SECRETARY, COORDINATOR, PROVINCE)).commitment.revision == 4


def test_an_unsigned_plan_can_name_what_is_adapted_where_a_workflow_lets_drafts_be_adapted() -> None:
    move = replace(definition().moves["adapt"], sources=frozenset({"drafted"}), target="drafted")
    moves = {**definition().moves, "adapt": move}
    there = replace(world(), definition=replace(definition(), moves=moves))
    given(Act(REGION, draft()), world=there).when(HEAD, adaptation(*ADAPTED)).passes()


def test_an_adaptation_carries_a_plan() -> None:
    text = shipped("replikasi-inovasi").replace("    plan: true\n    adapts: true", "    adapts: true")
    with pytest.raises(DefinitionInvalid, match="expected plan: true"):
        parse(text)
