"""Who was given an office's place hears of what was given, and of that alone."""

from dataclasses import replace

from tests.support.delegating import delegated, given_to
from tests.support.world import HEAD, NEW_YEAR, OTHER_HEAD, PAPER, REGION, SIGNED, World, given
from tests.workflows.test_audience import told
from workflows.commands import OpenRequest
from workflows.definition import NoticeRule
from workflows.facts import RequestOpened, StepReached


def test_the_delegate_of_one_move_hears_of_that_moves_steps() -> None:
    starting = delegated(given_to(REGION, OTHER_HEAD, moves=("start",)))
    story = given(*SIGNED).during(starting).when(HEAD, OpenRequest("start", evidence=PAPER), at=NEW_YEAR).done
    assert {one.for_office for one in told(story, StepReached) if one.office == OTHER_HEAD} == {REGION}


def test_the_delegate_of_one_move_hears_of_the_request_that_opens_it() -> None:
    rules = replace(
        World().definition, notices=(NoticeRule("request-opened", "region_coordinator", "now", action=True),)
    )
    for moves, heard in (("start", [REGION, OTHER_HEAD]), ("amend", [REGION])):
        within = replace(delegated(given_to(REGION, OTHER_HEAD, moves=(moves,))), definition=rules)
        story = given(*SIGNED).during(within).when(HEAD, OpenRequest("start", evidence=PAPER), at=NEW_YEAR).done
        assert [one.office for one in told(story, RequestOpened)] == heard
