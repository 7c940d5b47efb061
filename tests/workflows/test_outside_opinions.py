"""The opinion of a subject's owner that has no office here: entered by a coordinator, with its letter."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    OPENED,
    OWNER,
    PAPER,
    PLAN,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    SUBJECTS,
    Act,
    K,
    Story,
    World,
    amendment,
    approvals,
    definition,
    given,
    world,
)
from workflows.commands import GiveOpinion
from workflows.definition_yaml import parse, shipped
from workflows.errors import DefinitionInvalid
from workflows.facts import Evidence, OpinionGiven, OpinionInvited

BODY = "Dinas Kesehatan Provinsi Jawa Barat"
CORE = (replace(PLAN[0], target=Decimal(110)), *PLAN[1:])
OPINION = GiveOpinion(f"{K}.r3", "Tidak keberatan", letter="440/12", letter_on=date(2022, 3, 1), evidence=PAPER)


def outside(**changed: object) -> World:
    subjects = (replace(SUBJECTS[0], owner_office=None, **changed),)  # type: ignore[arg-type]  # fields by name
    return replace(world(), programme=replace(OPENED, subjects=subjects))


def checked(there: World | None = None) -> Story:
    acts = (*STARTED, Act(HEAD, amendment(*CORE), SPRING), *approvals(3, REGION))
    return given(*acts, world=there or outside())


def asked(story: Story) -> dict[str, str]:
    invited = story.commitment.requests[f"{K}.r3"].invited
    return {one.office: one.body for one in invited}


def test_an_owner_without_an_office_is_asked_through_the_coordinator() -> None:
    story = checked()
    assert [type(one) for one in story.new].count(OpinionInvited) == 2
    assert asked(story) == {MENTOR: "", COORDINATOR: BODY}
    assert asked(checked(world())) == {MENTOR: "", OWNER: ""}


def test_the_coordinator_enters_the_bodys_opinion_with_its_letter() -> None:
    story = checked().when(COORDINATOR, OPINION).then(OpinionGiven)
    given_ = story.new[0]
    assert given_ == OpinionGiven(f"{K}.r3", COORDINATOR, "Tidak keberatan", BODY, "440/12", date(2022, 3, 1), PAPER)
    assert PAPER[0] in story.commitment.files


def test_who_enters_an_opinion_approves_in_the_chain_as_before() -> None:
    story = checked().when(COORDINATOR, OPINION).done
    for act in approvals(3, SECRETARY, COORDINATOR):
        story = story.does(act)
    assert story.commitment.state == "modified"


def test_an_outside_opinion_never_blocks_and_may_come_late() -> None:
    story = checked()
    late = story.when(COORDINATOR, OPINION, at=SPRING + timedelta(days=60)).passes()
    assert late.commitment.requests[f"{K}.r3"].opinions
    for act in approvals(3, SECRETARY, COORDINATOR):
        story = story.does(act)
    assert story.commitment.state == "modified"
    story.when(COORDINATOR, OPINION).refused("request_closed")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"letter": " "}, "letter_missing"),
        ({"letter_on": None}, "letter_date_missing"),
        ({"evidence": ()}, "letter_file_missing"),
        ({"letter_on": date(2022, 12, 1)}, "letter_in_future"),
        ({"text": " "}, "text_missing"),
        ({"evidence": (Evidence("a" * 64, "surat.pdf", "application/pdf", 0),)}, "evidence_invalid"),
    ],
)
def test_an_outside_opinion_names_its_letter(changed: dict[str, object], code: str) -> None:
    command = replace(OPINION, **changed)  # type: ignore[arg-type]  # fields by name
    checked().when(COORDINATOR, command).refused(code)


def test_an_office_that_speaks_for_itself_brings_no_letter() -> None:
    checked().when(MENTOR, OPINION).refused("opinion_letter_not_asked")
    checked().when(MENTOR, GiveOpinion(f"{K}.r3", "Wajar")).passes()


def test_an_outside_opinion_is_entered_once_and_by_the_coordinator_alone() -> None:
    story = checked().when(COORDINATOR, OPINION).done
    story.when(COORDINATOR, OPINION).refused("acted_already")
    checked().when(SECRETARY, OPINION).refused("not_invited", "opinion_letter_not_asked")


def test_an_owner_is_called_by_what_is_known_of_it() -> None:
    assert asked(checked(outside(lead_agency="")))[COORDINATOR] == "Provinsi Jawa Barat"
    assert asked(checked(outside(lead_agency=" ", origin="")))[COORDINATOR] == "PIKOBAR"


def test_an_owner_without_an_office_is_not_heard_where_the_workflow_names_nobody_to_enter_it() -> None:
    move = definition().moves["amend"]
    heard = tuple(replace(one, entered_by=None) for one in move.heard)
    moves = {**definition().moves, "amend": replace(move, heard=heard)}
    assert asked(checked(replace(outside(), definition=replace(definition(), moves=moves)))) == {MENTOR: ""}


def test_a_subject_that_the_programme_lost_has_no_owner_to_hear() -> None:
    story = given(*STARTED, Act(HEAD, amendment(*CORE), SPRING))
    other = replace(SUBJECTS[0], subject="lain")
    story = story.during(replace(world(), programme=replace(OPENED, subjects=(other,))))
    assert COORDINATOR not in asked(story.does(approvals(3, REGION)[0]))


def test_only_an_owners_opinion_is_entered_by_another() -> None:
    text = shipped("replikasi-inovasi").replace(
        "{role: mentor, limit: 5, after: check}", "{role: mentor, limit: 5, after: check, entered_by: mentor}", 1
    )
    with pytest.raises(DefinitionInvalid, match="only the opinion of an owner"):
        parse(text)
