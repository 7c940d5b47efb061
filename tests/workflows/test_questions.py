from dataclasses import replace
from datetime import date

import pytest

from tests.support.directory import directory
from tests.support.world import (
    AUDITOR,
    COMPLETED,
    DRAFTED,
    HEAD,
    MENTOR,
    NEIGHBOUR,
    PAPERS,
    PIC,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    STARTED,
    VERIFIED,
    Act,
    K,
    approvals,
    definition,
    draft,
    given,
    holder_of,
)
from workflows.blockers import Possible, overview, sentence
from workflows.commands import OpenRequest
from workflows.context import Acting
from workflows.facts import AppointmentEnded, HolderAppointed
from workflows.offices import evolve_directory
from workflows.questions import ON_A_REQUEST, as_held, everything, line_of, nearest_to_doing

TODAY = date(2022, 3, 1)
CLAIMED = VERIFIED[:-1]
HEARING = (*VERIFIED, Act(HEAD, OpenRequest("complete", evidence=PAPERS)), *approvals(3, REGION))


def found(acts: tuple[Act, ...], office: str) -> dict[tuple[str, str], Possible]:
    story = given(*acts)
    return {(one.act, one.on): one for one in everything(story.commitment, story.context(office))}


@pytest.mark.parametrize(
    "acts", [DRAFTED, SIGN_ASKED, SIGN_CHECKED, SIGNED, STARTED, VERIFIED[:-1], HEARING, COMPLETED]
)
@pytest.mark.parametrize("office", [HEAD, PIC, REGION, SECRETARY, MENTOR, NEIGHBOUR, AUDITOR])
def test_everything_begins_with_what_is_offered_and_allows_nothing_beside(acts: tuple[Act, ...], office: str) -> None:
    story = given(*acts)
    context = story.context(office)
    offered, whole = overview(story.commitment, context), everything(story.commitment, context)
    assert whole[: len(offered)] == offered
    assert not any(one.may for one in whole[len(offered) :])
    assert len({(one.act, one.on) for one in whole}) == len(whole)
    assert {f"ask {move}" for move in definition().moves} <= {f"{one.act} {one.on}" for one in whole}


def test_a_move_from_another_state_says_from_which_and_who_gets_it_there() -> None:
    complete = found(DRAFTED, HEAD)["ask", "complete"]
    assert "not_in_state" in [one.code for one in complete.blockers]
    assert found(SIGNED, HEAD)["edit_draft", ""].blockers[0].code == "draft_only"


def test_without_a_request_no_verdict_is_possible_and_who_may_ask_is_named() -> None:
    acts = found(SIGNED, SECRETARY)
    for act in ON_A_REQUEST:
        (blocker,) = acts[act, ""].blockers
        assert blocker.code == "no_request_open"
        assert HEAD in blocker.cleared_by
        assert sentence(blocker, "en", definition=definition()) == "No request waits in the state Signed."


def test_who_is_outside_the_scope_learns_nothing_more() -> None:
    codes = {one.code for possible in found(SIGNED, NEIGHBOUR).values() for one in possible.blockers}
    assert codes == {"out_of_scope"}


def test_what_the_open_step_is_not_says_so() -> None:
    checking, signing = found(SIGN_ASKED, REGION), found(SIGN_CHECKED, SECRETARY)
    assert [one.code for one in checking["sign", f"{K}.r1"].blockers] == ["signature_not_awaited"]
    assert [one.code for one in signing["approve", f"{K}.r1"].blockers] == ["sign_by_sheet"]


def test_a_plan_without_items_has_nothing_to_claim() -> None:
    empty = found((Act(REGION, draft(items=())),), HEAD)
    assert "item_unknown" in [one.code for one in empty["claim", ""].blockers]


def test_an_office_that_nobody_invited_learns_so() -> None:
    asked = found(SIGN_ASKED, MENTOR)
    assert [one.code for one in asked["give_opinion", f"{K}.r1"].blockers] == ["not_invited"]


def test_nothing_to_check_names_who_may_claim() -> None:
    (blocker,) = found(STARTED, REGION)["check_claim", ""].blockers
    assert (blocker.code, blocker.cleared_by) == ("nothing_claimed", (PIC,))
    assert ("check_claim", "") not in found(VERIFIED[:-1], REGION)


def test_an_office_acts_as_each_of_its_holders_and_a_vacant_one_as_nobody() -> None:
    plh = HolderAppointed("a9", REGION, "plh", "plh", "SK 9", TODAY, None)
    two = evolve_directory(directory(), plh)
    assert as_held(REGION, two, TODAY) == (Acting(REGION, holder_of(REGION)), Acting(REGION, "plh", "plh"))
    (only,) = directory().holders(REGION, TODAY)
    vacant = evolve_directory(directory(), AppointmentEnded(only.appointment, REGION, date(2021, 12, 1), "SK 2"))
    assert as_held(REGION, vacant, TODAY) == (Acting(REGION, ""),)


def test_the_holder_with_the_least_in_the_way_stands_for_the_office() -> None:
    story = given(*SIGN_ASKED)
    context = story.context(REGION)
    ways = (Acting(REGION, holder_of(HEAD)), Acting(REGION, holder_of(REGION)))
    best = {(one.act, one.on): acting for acting, one in nearest_to_doing(story.commitment, ways, context)}
    assert best["approve", f"{K}.r1"] == ways[1]
    by_nobody = nearest_to_doing(story.commitment, (Acting(REGION, ""),), context)
    assert {one.blockers[0].code for _, one in by_nobody} == {"not_a_holder"}


def test_the_line_is_whom_the_commitment_names_and_hears_then_its_partys_line_upwards() -> None:
    asked = given(*VERIFIED, Act(HEAD, OpenRequest("complete", evidence=PAPERS)), *approvals(3, REGION))
    line = line_of(asked.commitment, directory())
    assert line[:2] == (HEAD, PIC)
    assert {REGION, SECRETARY, MENTOR, "61.sekda"} <= set(line)
    assert NEIGHBOUR not in line
    nameless = replace(asked.commitment, agency="", pic="")
    assert "" not in line_of(nameless, directory())
