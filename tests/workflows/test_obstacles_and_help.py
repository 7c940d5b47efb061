from dataclasses import replace

import pytest

from tests.support.directory import directory
from tests.support.world import (
    COMPLETED,
    COORDINATOR,
    HEAD,
    MENTOR,
    OTHER_HEAD,
    PHOTO,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    Act,
    K,
    given,
    world,
)
from workflows.commands import AnswerMatter, CloseMatter, ReportObstacle, RequestHelp, ReturnMatter
from workflows.facts import HelpAnswered, HelpRequested, ObstacleClosed, ObstacleReported

OBSTACLE = ReportObstacle("teknis", "Jaringan belum stabil", PHOTO, item=1)
HELP = RequestHelp("Mohon contoh SOP")
O1, H1 = f"{K}.o1", f"{K}.h1"
REPORTED = (*STARTED, Act(PIC, OBSTACLE, SPRING))
ASKED = (*STARTED, Act(PIC, HELP, SPRING))


def test_an_obstacle_is_of_a_category_and_owes_nobody_anything() -> None:
    story = given(*STARTED).when(PIC, OBSTACLE, at=SPRING).then(ObstacleReported)
    matter = story.commitment.matters[O1]
    assert (matter.category, matter.item, matter.addressee, matter.obligation) == ("teknis", 1, None, None)
    given(*STARTED).when(HEAD, replace(OBSTACLE, item=None), at=SPRING).then(ObstacleReported)


@pytest.mark.parametrize("office", [REGION, SECRETARY, MENTOR])
def test_who_works_on_it_reports_obstacles_and_asks_for_help(office: str) -> None:
    story = given(*STARTED)
    assert story.when(office, OBSTACLE, at=SPRING).refused("role_may_not").blocker("role_may_not").cleared_by == (
        HEAD,
        PIC,
    )
    assert "role_may_not" in story.when(office, HELP, at=SPRING).codes
    story.when(OTHER_HEAD, HELP, at=SPRING).refused("out_of_scope")


def test_the_category_is_one_of_the_catalogue_and_other_needs_words() -> None:
    story = given(*STARTED)
    story.when(PIC, replace(OBSTACLE, category=""), at=SPRING).refused("reason_missing")
    story.when(PIC, replace(OBSTACLE, category="cuaca"), at=SPRING).refused("reason_unknown")
    story.when(PIC, replace(OBSTACLE, category="lainnya", text="Pendek"), at=SPRING).refused("reason_text_short")
    story.when(PIC, replace(OBSTACLE, text=" ", item=9), at=SPRING).refused("text_missing", "item_unknown")


def test_nothing_is_reported_on_what_is_closed() -> None:
    given(*COMPLETED).when(PIC, replace(OBSTACLE, item=None)).refused("act_not_in_state")
    given(*COMPLETED).when(PIC, HELP).refused("act_not_in_state")


@pytest.mark.parametrize("office", [PIC, REGION, COORDINATOR])
def test_who_reported_an_obstacle_or_coordinates_closes_it_with_its_outcome(office: str) -> None:
    story = given(*REPORTED)
    story.when(office, CloseMatter(O1, "")).refused("text_missing")
    closed = story.when(office, CloseMatter(O1, "Jaringan cadangan dipasang")).then(ObstacleClosed)
    assert closed.commitment.matters[O1].status == "closed"


@pytest.mark.parametrize("office", [HEAD, SECRETARY, MENTOR])
def test_nobody_else_closes_an_obstacle(office: str) -> None:
    tried = given(*REPORTED).when(office, CloseMatter(O1, "Cukup")).refused("not_the_raiser")
    assert set(tried.blocker("not_the_raiser").cleared_by) == {PIC, REGION, COORDINATOR}


def test_an_obstacle_has_no_answer() -> None:
    story = given(*REPORTED)
    tried = story.when(HEAD, AnswerMatter(O1, "Ya")).refused("act_not_of_matter")
    assert tried.blocker("act_not_of_matter").facts == {"act": "answer", "matter": O1}
    story.when(PIC, ReturnMatter(O1, "Tidak")).refused("act_not_of_matter", "answer_missing")


def test_help_is_asked_of_the_mentor_who_owes_an_answer() -> None:
    story = given(*STARTED).when(PIC, HELP, at=SPRING).then(HelpRequested)
    owed, matter = story.commitment.owed["help-1"].obligation, story.commitment.matters[H1]
    assert (matter.addressee, owed.office, owed.kind, owed.ladder) == (MENTOR, MENTOR, "help", "help")
    assert owed.given_by == PIC


def test_a_vacant_mentors_superior_is_asked_and_where_nobody_is_left_it_is_said() -> None:
    vacant = replace(world(), directory=directory(vacant=(MENTOR,)))
    asked = given(*STARTED).during(vacant).when(PIC, HELP, at=SPRING).then(HelpRequested)
    assert asked.commitment.matters[H1].addressee == PROVINCE
    nobody = replace(world(), directory=directory(vacant=(MENTOR, PROVINCE)))
    tried = given(*STARTED).during(nobody).when(PIC, HELP, at=SPRING).refused("helper_missing")
    assert tried.blocker("helper_missing").cleared_by == ("61.admin",)
    assert tried.blocker("helper_missing").facts["roles"] == "mentor"


def test_the_mentors_answer_ends_a_call_for_help() -> None:
    story = given(*ASKED).when(MENTOR, AnswerMatter(H1, "Contoh terlampir", PHOTO)).then(HelpAnswered)
    assert story.commitment.matters[H1].status == "closed"
    assert story.commitment.owed["help-1"].status == "met"
    story.when(MENTOR, AnswerMatter(H1, "Lagi")).refused("matter_closed")


def test_a_call_for_help_is_neither_closed_nor_sent_back() -> None:
    story = given(*ASKED)
    story.when(PIC, CloseMatter(H1, "Tidak perlu")).refused("act_not_of_matter")
    story.when(HEAD, AnswerMatter(H1, "Saya bantu")).refused("not_the_addressee")


def test_a_call_for_help_waits_no_longer_than_the_calendar_knows() -> None:
    story = given(*STARTED)
    end = story.context(PIC).now.replace(year=2023, month=12, day=29)
    story.when(PIC, HELP, at=end).refused("calendar_ends")
