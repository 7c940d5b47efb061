from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.support.directory import directory
from tests.support.world import (
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    MINISTRY,
    PHOTO,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    Act,
    K,
    approvals,
    given,
    world,
)
from workflows.commands import AnswerMatter, CloseMatter, Escalate, GiveDirection, OpenRequest, ReturnMatter
from workflows.facts import (
    DirectionAnswered,
    DirectionGiven,
    DirectionReturned,
    DirectionSettled,
    EscalationRaised,
)

DUE = date(2022, 3, 15)
DIRECTION = GiveDirection(REGION, DUE, "Mohon dipercepat")
D1 = f"{K}.d1"
GIVEN = (*STARTED, Act(PROVINCE, DIRECTION, SPRING))
ANSWERED = (*GIVEN, Act(REGION, AnswerMatter(D1, "Sudah dijadwalkan")))


def test_a_direction_is_owed_by_its_addressee_to_who_gave_it() -> None:
    story = given(*STARTED).when(PROVINCE, DIRECTION, at=SPRING).then(DirectionGiven)
    owed = story.commitment.owed["direction-1"].obligation
    assert (owed.kind, owed.office, owed.given_by, owed.due_on) == ("direction", REGION, PROVINCE, DUE)
    assert [level.level for level in owed.levels] == [1, 2, 3, 4]


@pytest.mark.parametrize("office", [REGION, HEAD, PIC, COORDINATOR])
def test_only_a_role_that_may_gives_directions(office: str) -> None:
    direction = replace(DIRECTION, addressee=HEAD if office != HEAD else PIC)
    assert "role_may_not" in given(*STARTED).when(office, direction, at=SPRING).codes


@pytest.mark.parametrize("addressee", [REGION, HEAD, PIC, COORDINATOR, SECRETARY])
def test_a_direction_goes_down(addressee: str) -> None:
    given(*STARTED).when(PROVINCE, replace(DIRECTION, addressee=addressee), at=SPRING).then(DirectionGiven)


@pytest.mark.parametrize("addressee", [PROVINCE, MINISTRY, COORDINATOR])
def test_no_direction_goes_up(addressee: str) -> None:
    given(*STARTED).when(SECRETARY, replace(DIRECTION, addressee=addressee), at=SPRING).refused("addressee_not_below")


def test_a_superior_in_the_own_organisation_is_not_directed() -> None:
    may = replace(world().definition.roles["province_coordinator"], may=frozenset({"give_direction"}))
    roles = {**world().definition.roles, "province_coordinator": may}
    story = given(*STARTED).during(replace(world(), definition=replace(world().definition, roles=roles)))
    direction = replace(DIRECTION, addressee=PROVINCE)
    story.when(COORDINATOR, direction, at=SPRING).refused("addressee_not_below")


def test_a_direction_to_nobody_known_is_refused_once() -> None:
    given(*STARTED).when(PROVINCE, replace(DIRECTION, addressee="?"), at=SPRING).refused("addressee_unknown")


def test_a_direction_may_urge_a_draft_on_but_not_what_is_closed() -> None:
    given(*DRAFTED).when(PROVINCE, replace(DIRECTION, due_on=date(2021, 12, 15))).then(DirectionGiven)
    late = replace(DIRECTION, due_on=date(2022, 12, 1))
    given(*COMPLETED).when(PROVINCE, late).refused("act_not_in_state")


def test_a_direction_says_something() -> None:
    given(*STARTED).when(PROVINCE, replace(DIRECTION, text=""), at=SPRING).refused("text_missing")


def test_who_gave_a_direction_accepts_the_answer_or_sends_it_back() -> None:
    story = given(*GIVEN).when(REGION, AnswerMatter(D1, "Sudah dijadwalkan", PHOTO)).then(DirectionAnswered)
    assert story.commitment.owed["direction-1"].status == "met"
    returned = story.when(PROVINCE, ReturnMatter(D1, "Kapan?")).then(DirectionReturned)
    assert returned.commitment.owed["direction-1"].obligation.round == 2
    again = returned.when(REGION, AnswerMatter(D1, "Pekan depan")).then(DirectionAnswered)
    settled = again.when(PROVINCE, CloseMatter(D1, "Diterima")).then(DirectionSettled)
    assert settled.commitment.matters[D1].status == "closed"


@pytest.mark.parametrize("office", [SECRETARY, COORDINATOR, MINISTRY])
def test_nobody_else_settles_a_direction(office: str) -> None:
    given(*ANSWERED).when(office, CloseMatter(D1, "Cukup")).refused("not_the_raiser")
    given(*ANSWERED).when(office, ReturnMatter(D1, "Kurang")).refused("not_the_raiser")


def test_where_the_givers_office_is_vacant_another_that_may_give_directions_settles_it() -> None:
    vacant = replace(world(), directory=directory(vacant=(PROVINCE,)))
    given(*ANSWERED).during(vacant).when(SECRETARY, CloseMatter(D1, "Cukup")).then(DirectionSettled)


def test_a_direction_lapses_with_its_commitment() -> None:
    leave = OpenRequest("withdraw", reason="tanpa_anggaran", evidence=PHOTO)
    story = given(*GIVEN, Act(REGION, leave), *approvals(3, SECRETARY, PROVINCE))
    assert story.commitment.matters[D1].status == "lapsed"
    tried = story.when(REGION, AnswerMatter(D1, "Terlambat")).refused("matter_closed")
    assert tried.blocker("matter_closed").facts["status"] == "lapsed"


def test_the_ladder_of_a_direction_reminds_the_addressee_then_its_coordinator_then_who_gave_it() -> None:
    story = given(*STARTED, Act(PROVINCE, replace(DIRECTION, addressee=HEAD), SPRING))
    heard = []
    for due in story.commitment.owed["direction-1"].obligation.levels:
        command = Escalate("direction-1", 1, 1, due.level)
        story = story.when("clock", command, at=due.at + timedelta(minutes=1)).then(EscalationRaised)
        raised = story.new[0]
        assert isinstance(raised, EscalationRaised)
        heard.append(raised.recipients)
    assert heard == [(HEAD,), (HEAD,), (REGION,), (PROVINCE,)]


def test_a_coordinators_own_lateness_goes_to_the_coordinator_above() -> None:
    story = given(*GIVEN)
    third = story.commitment.owed["direction-1"].obligation.levels[2]
    for due in story.commitment.owed["direction-1"].obligation.levels[:2]:
        story = story.does(Act("clock", Escalate("direction-1", 1, 1, due.level), due.at + timedelta(minutes=1)))
    raised = story.when("clock", Escalate("direction-1", 1, 1, 3), at=third.at + timedelta(minutes=1)).done.new[0]
    assert isinstance(raised, EscalationRaised)
    assert raised.recipients == (COORDINATOR,)
