"""A few more days for plan items: bounded, counted, and the first end stays visible."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.directory import calendar
from tests.support.world import (
    HEAD,
    PHOTO,
    PIC,
    PLAN,
    REGION,
    SECRETARY,
    STARTED,
    Act,
    K,
    Story,
    amendment,
    approvals,
    claimed,
    given,
    world,
)
from workflows.commands import ApproveRequest, MakeClaim, OpenRequest
from workflows.facts import Extension, ItemExtended, ObligationsArisen, RequestApproved, RequestFulfilled, Terms

MARCH = datetime(2022, 3, 21, 2, tzinfo=UTC)
LATER = date(2022, 4, 14)


def extend(*asked: tuple[int, date]) -> OpenRequest:
    terms = Terms(extensions=tuple(Extension(number, ends_on) for number, ends_on in asked))
    return OpenRequest("extend", reason="menunggu_pihak_ketiga", text="Menunggu alat", terms=terms)


def extended(story: Story, request: int, *asked: tuple[int, date]) -> Story:
    return story.does(Act(HEAD, extend(*asked))).does(Act(SECRETARY, ApproveRequest(f"{K}.r{request}")))


def in_march() -> Story:
    return given(*STARTED, Act(HEAD, extend((1, LATER)), MARCH), *approvals(3, SECRETARY))


def working_days_after(day: date, days: int) -> date:
    return calendar().add_working_days(day, days)


def test_an_item_ends_later_and_is_owed_anew() -> None:
    asked = given(*STARTED, Act(HEAD, extend((1, LATER)), MARCH))
    story = asked.when(SECRETARY, ApproveRequest(f"{K}.r3")).then(
        RequestApproved, ItemExtended, RequestFulfilled, ObligationsArisen
    )
    fact, commitment = story.new[1], story.commitment
    assert isinstance(fact, ItemExtended)
    assert (fact.item, fact.was, fact.ends_on, fact.number) == (1, PLAN[0].ends_on, LATER, 1)
    assert fact.working_days == calendar().working_days_between(PLAN[0].ends_on + timedelta(days=1), LATER)
    owed = commitment.owed["item-1"].obligation
    assert (owed.due_on, owed.round) == (LATER, 2)
    assert commitment.items[0].ends_on == LATER
    assert commitment.revisions == (PLAN,)
    assert (commitment.state, commitment.revision) == ("in_replication", 0)
    assert commitment.owed["item-2"].obligation.round == 1


def test_several_items_are_extended_in_one_request() -> None:
    story = extended(given(*STARTED), 3, (1, LATER), (2, date(2022, 10, 14)))
    assert [one.item for one in story.commitment.extensions] == [1, 2]
    assert [item.ends_on for item in story.commitment.items[:2]] == [LATER, date(2022, 10, 14)]


def test_an_item_is_extended_twice_and_not_a_third_time() -> None:
    story = extended(in_march(), 4, (1, date(2022, 4, 28)))
    assert [one.number for one in story.commitment.extensions] == [1, 2]
    refused = story.when(HEAD, extend((1, date(2022, 5, 12)))).refused("extended_too_often")
    assert refused.blocker("extended_too_often").facts == {"items": "1", "most": "2"}
    extended(story, 5, (2, date(2022, 10, 14)))


def test_an_extension_is_twenty_working_days_at_most() -> None:
    edge, over = (working_days_after(PLAN[0].ends_on, days) for days in (20, 21))
    given(*STARTED).when(HEAD, extend((1, edge)), at=MARCH).passes()
    given(*STARTED).when(HEAD, extend((1, over)), at=MARCH).refused("extension_too_long")


def test_a_workflow_may_leave_length_and_number_open() -> None:
    plain = world().definition
    free = replace(plain.moves["extend"], longest_days=None, most_times=None)
    endless = replace(world(), definition=replace(plain, moves={**plain.moves, "extend": free}))
    given(*STARTED).during(endless).when(HEAD, extend((1, date(2022, 12, 30))), at=MARCH).passes()


def test_an_extension_stays_inside_the_year() -> None:
    late = (replace(PLAN[0], ends_on=date(2022, 12, 23)), *PLAN[1:])
    story = given(*STARTED, Act(HEAD, amendment(*late), MARCH), *approvals(3, REGION, SECRETARY, "61.biro"))
    story.when(HEAD, extend((1, date(2022, 12, 30)))).passes()
    blocker = story.when(HEAD, extend((1, date(2023, 1, 4)))).refused("extension_after_year")
    assert blocker.blocker("extension_after_year").facts == {"items": "1", "year": "2022"}


@pytest.mark.parametrize("day", [PLAN[0].ends_on, date(2022, 3, 25)])
def test_an_extension_ends_after_the_present_end(day: date) -> None:
    given(*STARTED).when(HEAD, extend((1, day)), at=MARCH).refused("extension_not_later")


def test_an_extension_ends_after_today() -> None:
    april = datetime(2022, 4, 14, 2, tzinfo=UTC)
    given(*STARTED).when(HEAD, extend((1, LATER)), at=april).refused("extension_not_later")
    asked = given(*STARTED, Act(HEAD, extend((1, LATER)), MARCH))
    asked.when(SECRETARY, ApproveRequest(f"{K}.r3"), at=april).refused("extension_not_later")


def test_only_what_is_planned_and_not_complete_is_extended() -> None:
    given(*STARTED).when(HEAD, extend((9, LATER)), at=MARCH).refused("item_unknown")
    given(*STARTED).when(HEAD, extend((1, LATER), (1, LATER)), at=MARCH).refused("item_number_twice")
    done = given(*STARTED, *claimed(1, 100, at=MARCH))
    done.when(HEAD, extend((1, LATER))).refused("item_complete")


def test_an_extension_names_an_item() -> None:
    given(*STARTED).when(HEAD, extend(), at=MARCH).refused("extensions_missing")
    given(*STARTED).when(HEAD, replace(extend((1, LATER)), terms=Terms(until=LATER)), at=MARCH).refused(
        "terms_not_asked"
    )


def test_an_item_that_waits_for_its_verification_is_not_owed_anew() -> None:
    story = given(*STARTED, Act(PIC, MakeClaim(1, Decimal(100), PHOTO), MARCH), Act(HEAD, extend((1, LATER))))
    story = story.when(SECRETARY, ApproveRequest(f"{K}.r3")).then(RequestApproved, ItemExtended, RequestFulfilled)
    assert story.commitment.owed["item-1"].status == "met"


def test_an_amendment_that_leaves_the_end_alone_keeps_the_extension() -> None:
    story = in_march()
    plan = (story.commitment.items[0], replace(PLAN[1], target=Decimal(90)), PLAN[2])
    for act in (Act(HEAD, amendment(*plan)), *approvals(4, REGION, SECRETARY, "61.biro")):
        story = story.does(act)
    assert story.commitment.owed["item-1"].obligation.due_on == LATER
    assert story.commitment.owed["item-1"].obligation.round == 2
