"""The shipped workflow of open-government action plans: promised together, assessed from two sides."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.support.delegating import delegated, given_to
from tests.support.open_government import (
    CHIEF,
    FIRST,
    ITEMS,
    MINUTES,
    NAME,
    PANEL,
    REPORT,
    REVIEWER,
    SECOND,
    SECRETARIAT,
    SOCIETY,
    THIRD,
    UNIT,
    UNIT_PIC,
    agreed,
    asked_to_sign,
    assessment,
    in_progress,
    open_definition,
    open_world,
)
from tests.support.world import MENTOR, SECRETARY, Act, K, Story, holder_of
from workflows.commands import (
    ApproveRequest,
    MakeClaim,
    MakeNote,
    OpenRequest,
    RejectRequest,
    ReturnRequest,
    SubmitReport,
    VerifyClaim,
)
from workflows.commitment import replay
from workflows.definition_checks import doubts
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid
from workflows.facts import (
    MembersReleased,
    RequestApproved,
    RequestFulfilled,
    RequestRejected,
    StateChanged,
    StepReached,
)

MIDDLE = datetime(2022, 8, 1, 2, tzinfo=UTC)
LATER = datetime(2022, 10, 3, 2, tzinfo=UTC)
AFTER_THE_YEAR = datetime(2023, 2, 13, 2, tzinfo=UTC)


def levels(story: Story) -> dict[str, str]:
    """What each side's approved assessments say, by move: the last one."""
    return {
        request.opened.move: str(next(one.value for one in request.opened.fields if one.name == "level"))
        for request in story.commitment.requests.values()
        if request.opened.fields and request.status == "approved"
    }


def assessed(story: Story, move: str, level: str, number: int, at: datetime, judgement: str = "Sebagian.") -> Story:
    asker, confirms = (UNIT, CHIEF) if move == "self_assess" else (REVIEWER, PANEL)
    story = story.does(Act(asker, assessment(move, level, judgement), at))
    return agreed(story, number, confirms)


def reached(story: Story, item: int, claim: int) -> Story:
    """The PIC claims an item whole, and civil society verifies it."""
    story = story.does(Act(UNIT_PIC, MakeClaim(item, ITEMS[item - 1].target, REPORT)))
    return story.does(Act(FIRST, VerifyClaim(f"{K}.c{claim}")))


def test_nothing_in_the_text_is_doubtful() -> None:
    assert doubts(open_definition()) == ()


def test_two_of_three_organisations_agree_and_the_agency_signs() -> None:
    story = asked_to_sign()
    request = story.commitment.open_request
    assert request is not None
    assert {one.office for one in request.reached} == set(SOCIETY), "every organisation has a seat"
    assert request.needed("agree") == 2
    story = agreed(story, 1, SECOND)
    story = story.when(THIRD, ApproveRequest(f"{K}.r1")).then(RequestApproved, MembersReleased, StepReached)
    story.when(FIRST, ApproveRequest(f"{K}.r1")).refused("sign_by_sheet", "not_your_turn")
    assert in_progress().commitment.state == "in_progress"
    assert in_progress().commitment.signature is not None


def test_two_organisations_against_it_end_the_signing() -> None:
    story = asked_to_sign()
    refusal = RejectRequest(f"{K}.r1", "tidak_disepakati")
    story = story.does(Act(FIRST, refusal))
    story.when(SECOND, refusal).then(RequestRejected)


def test_an_organisation_without_a_grant_sees_nothing_of_it() -> None:
    world = open_world(reads=(SECOND, THIRD, REVIEWER, PANEL))
    story = Story(world, in_progress().now, in_progress().state, in_progress().events)
    story.when(FIRST, MakeNote("Catatan")).refused("out_of_scope")
    story.when(SECOND, MakeNote("Catatan")).passes()


def test_an_organisation_may_not_do_what_is_the_agencys() -> None:
    in_progress().when(SECOND, MakeClaim(1, Decimal(1), REPORT)).refused("role_may_not")
    in_progress().when(SECOND, OpenRequest("complete", evidence=REPORT)).refused("role_may_not", "items_unverified")


def test_each_side_assesses_and_neither_overwrites_the_other() -> None:
    story = assessed(in_progress(), "self_assess", "substantial", 2, MIDDLE)
    story = assessed(story, "review", "limited", 3, MIDDLE.replace(day=2))
    assert story.commitment.state == "in_progress", "an assessment changes nothing else"
    assert levels(story) == {"self_assess": "substantial", "review": "limited"}
    story = assessed(story, "self_assess", "complete", 4, LATER, "Semua.")
    assert levels(story) == {"self_assess": "complete", "review": "limited"}


def test_an_assessment_says_its_level_its_day_and_its_evidence() -> None:
    said = assessment("self_assess", "limited")
    story = in_progress()
    story.when(UNIT, replace(said, fields=())).refused("field_missing")
    story.when(UNIT, replace(said, evidence=())).refused("evidence_missing")
    story.when(UNIT, assessment("self_assess", "brilliant")).refused("field_invalid", "field_missing")
    story.when(REVIEWER, said).refused("role_may_not")
    story.when(UNIT, assessment("review", "limited")).refused("role_may_not")


@pytest.mark.parametrize("person", [holder_of(UNIT), holder_of(CHIEF)])
def test_whoever_asked_for_or_confirmed_the_self_assessment_reviews_nothing(person: str) -> None:
    from_side = assessed(in_progress(), "self_assess", "substantial", 2, MIDDLE)
    story = from_side.during(open_world(everywhere=person))
    story.when(REVIEWER, assessment("review", "limited"), person=person).refused("kept_apart")
    asked = story.does(Act(REVIEWER, assessment("review", "limited")))
    asked.when(PANEL, ApproveRequest(f"{K}.r3"), person=person).refused("kept_apart")
    asked.when(PANEL, ReturnRequest(f"{K}.r3", "bukti_kurang"), person=person).refused("kept_apart")
    asked.when(PANEL, ApproveRequest(f"{K}.r3")).then(RequestApproved, RequestFulfilled)


def test_whoever_reviewed_doesnt_assess_the_agency_from_within() -> None:
    person = holder_of(REVIEWER)
    story = assessed(in_progress(), "review", "limited", 2, MIDDLE).during(open_world(everywhere=person))
    story.when(UNIT, assessment("self_assess", "substantial"), person=person).refused("kept_apart")
    story.when(UNIT, assessment("self_assess", "substantial")).passes()


def test_a_delegation_from_the_panel_to_the_unit_defeats_nothing() -> None:
    given = delegated(given_to(PANEL, UNIT, starts_on=date(2022, 1, 3), ends_on=date(2022, 12, 30)))
    world = replace(open_world(), delegations=given.delegations)
    story = assessed(in_progress(), "self_assess", "substantial", 2, MIDDLE).during(world)
    asked = story.does(Act(REVIEWER, assessment("review", "limited")))
    asked.when(UNIT, ApproveRequest(f"{K}.r3"), on_behalf_of=PANEL).refused("kept_apart")


def test_what_was_sent_back_keeps_nobody_apart() -> None:
    person = holder_of(UNIT)
    story = in_progress().does(Act(UNIT, assessment("self_assess", "substantial"), MIDDLE))
    story = story.does(Act(CHIEF, ReturnRequest(f"{K}.r2", "bukti_kurang"))).during(open_world(everywhere=person))
    story.when(REVIEWER, assessment("review", "limited"), person=person).passes()


def amended() -> Story:
    """A plan whose second milestone comes two months later, agreed to by two organisations and the secretariat."""
    later = (ITEMS[0], replace(ITEMS[1], ends_on=date(2022, 11, 30)))
    asked = OpenRequest("amend", reason="masukan_masyarakat", evidence=MINUTES, items=later, based_on_revision=0)
    story = assessed(in_progress(), "self_assess", "limited", 2, MIDDLE)
    return agreed(story.does(Act(UNIT, asked)), 3, FIRST, SECRETARIAT, SECOND)


def test_the_plan_is_amended_in_the_middle_by_both_sides() -> None:
    commitment = amended().commitment
    assert (commitment.state, commitment.revision) == ("in_progress", 1)
    assert commitment.items[1].ends_on == date(2022, 11, 30)
    assert commitment.first_ends[2] == ITEMS[1].ends_on, "what was promised first stays"


def test_a_half_years_report_is_taken_from_the_agency() -> None:
    said = SubmitReport("S1", (MakeClaim(1, Decimal(40), REPORT),), nihil_rest="Belum dimulai.")
    story = in_progress().when(UNIT, said, at=datetime(2022, 7, 4, 2, tzinfo=UTC)).done
    assert [one.submitted.period for one in story.commitment.reports.values()] == ["S1"]
    in_progress().when(FIRST, said, at=story.now).refused("role_may_not")


def test_all_milestones_verified_by_civil_society_complete_it_and_it_is_reviewed_after() -> None:
    story = reached(reached(amended(), 1, 1), 2, 2)
    story = agreed(story.does(Act(UNIT, OpenRequest("complete", evidence=REPORT))), 4, FIRST, THIRD)
    story = story.when(CHIEF, ApproveRequest(f"{K}.r4")).then(RequestApproved, StateChanged)
    story = assessed(story, "self_assess", "complete", 5, LATER, "Semua.")
    story = assessed(story, "review", "substantial", 6, AFTER_THE_YEAR)
    assert (story.commitment.state, levels(story)["review"]) == ("completed", "substantial")
    assert replay(story.events) == story.commitment
    assert open_definition().scale is not None
    assert open_definition().scale.level_at(60).name == "substantial"


def test_what_isnt_complete_ends_long_after_the_year() -> None:
    story = in_progress()
    asked = OpenRequest("end", reason="dilanjutkan")
    story.when(SECRETARIAT, asked).refused("year_not_long_over")
    story = agreed(story.does(Act(SECRETARIAT, asked, AFTER_THE_YEAR)), 2, CHIEF)
    assert story.commitment.state == "ended"


def test_offices_of_other_workflows_have_no_say() -> None:
    for outsider in (MENTOR, SECRETARY):
        in_progress().when(outsider, assessment("review", "limited")).refused("role_may_not")


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("[nothing]", "moves.review.apart_from[0]"),
        ("[review]", "moves.review.apart_from"),
        ("[]", "moves.review.apart_from"),
    ],
)
def test_a_move_is_kept_apart_from_other_moves_of_the_text(written: str, place: str) -> None:
    text = shipped(NAME).replace("apart_from: [self_assess]", f"apart_from: {written}")
    with pytest.raises(DefinitionInvalid) as refused:
        parse(text)
    assert refused.value.place == place
