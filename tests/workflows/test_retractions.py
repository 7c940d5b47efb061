"""A decision is taken back by who gave it, for ten minutes, and only while nothing was done since."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.directory import directory, holder
from tests.support.shared_steps import ASKED, running, told, waiting
from tests.support.world import (
    COMPLETE_ASKED,
    COMPLETED,
    COORDINATOR,
    HEAD,
    MENTOR,
    PAPER,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGN_CHECKED,
    SIGNED,
    START_ASKED,
    STARTED,
    Act,
    K,
    Story,
    approvals,
    given,
    holder_of,
    signature,
    world,
)
from workflows.audience import Told, audience
from workflows.blockers import overview
from workflows.commands import (
    ApproveRequest,
    Escalate,
    GiveOpinion,
    OpenRequest,
    RejectRequest,
    RetractDecision,
    ReturnRequest,
)
from workflows.commitment import Commitment, replay
from workflows.facts import DecisionRetracted, RequestApproved, RequestReturned, StateChanged, StepReached

RETRACT = RetractDecision(f"{K}.r2", "Salah pilih.")


def test_in_a_programme_that_is_over_no_decision_is_taken_back() -> None:
    approved = given(*START_ASKED, *approvals(2, REGION, SECRETARY))
    approved.when(SECRETARY, RETRACT).passes()
    approved.during(replace(world(), is_closed=True)).when(SECRETARY, RETRACT).refused("programme_closed")


def but_last(state: Commitment) -> Commitment:
    """The state without what it remembers of its last event."""
    return replace(state, last=None, retractable=None)


def hears(story: Story) -> dict[str, str]:
    event, world = story.events[-1], story.world
    before = replay(story.events[:-1])
    found = audience(
        event,
        before,
        story.commitment,
        directory=world.directory,
        definition=world.definition,
        programme=world.programme,
    )
    return {one.office: one.why for one in found}


@pytest.mark.parametrize(
    ("begun", "office", "command"),
    [
        (START_ASKED, REGION, ApproveRequest(f"{K}.r2")),
        (START_ASKED, REGION, ReturnRequest(f"{K}.r2", "bukti_kurang")),
        (START_ASKED, REGION, RejectRequest(f"{K}.r2", "di_luar_kewenangan")),
        ((*START_ASKED, *approvals(2, REGION)), SECRETARY, ApproveRequest(f"{K}.r2")),
    ],
)
def test_all_is_as_it_was_before_the_decision(
    begun: tuple[Act, ...], office: str, command: ApproveRequest | ReturnRequest | RejectRequest
) -> None:
    before = given(*begun)
    decided = before.when(office, command).done
    back = decided.when(office, RETRACT).then(DecisionRetracted)
    assert but_last(back.commitment) == but_last(before.commitment)
    assert back.commitment.last == back.events[-1]
    assert replay(back.events) == back.commitment


def test_the_fact_names_what_is_taken_back_and_where_it_stands() -> None:
    back = given(*START_ASKED, *approvals(2, REGION)).when(REGION, RETRACT).done
    approved = next(event for event in back.events if isinstance(event.fact, RequestApproved) and event.version > 9)
    assert back.new == (
        DecisionRetracted(f"{K}.r2", "check", REGION, "request-approved", approved.version, "signed", "Salah pilih."),
    )


def test_a_completed_commitment_is_open_again_with_what_it_owed() -> None:
    asked = given(*COMPLETE_ASKED, *approvals(3, REGION, SECRETARY, COORDINATOR))
    completed = asked.when(PROVINCE, ApproveRequest(f"{K}.r3")).done
    assert completed.commitment.state == "completed"
    back = completed.when(PROVINCE, RetractDecision(f"{K}.r3", "Belum waktunya.")).done
    assert but_last(back.commitment) == but_last(asked.commitment)
    assert hears(back) == {
        HEAD: "acted",
        REGION: "acted",
        SECRETARY: "acted",
        COORDINATOR: "acted",
        PIC: "agency_pic",
        MENTOR: "mentor",
    }


def test_whoever_was_asked_by_the_decision_is_told() -> None:
    back = given(*START_ASKED, *approvals(2, REGION)).when(REGION, RETRACT).done
    assert hears(back)[SECRETARY] == "approver"


def test_it_may_be_decided_again_and_otherwise() -> None:
    back = given(*START_ASKED, *approvals(2, REGION)).when(REGION, RETRACT).done
    back.when(REGION, ReturnRequest(f"{K}.r2", "bukti_kurang")).then(RequestReturned)
    again = back.when(REGION, ApproveRequest(f"{K}.r2")).then(RequestApproved, StepReached)
    again.when(SECRETARY, ApproveRequest(f"{K}.r2")).then(RequestApproved, StateChanged)


def test_it_is_taken_back_once() -> None:
    back = given(*START_ASKED, *approvals(2, REGION)).when(REGION, RETRACT).done
    back.when(REGION, RETRACT).refused("decision_stands")


def test_ten_minutes_are_the_limit() -> None:
    approved = given(*START_ASKED, *approvals(2, REGION))
    approved.when(REGION, RETRACT, at=approved.now + timedelta(minutes=10)).passes()
    late = approved.when(REGION, RETRACT, at=approved.now + timedelta(minutes=10, seconds=1)).refused("retraction_late")
    assert late.blocker("retraction_late").facts["minutes"] == "10"
    shown = overview(approved.commitment, approved.context(REGION, at=approved.now + timedelta(minutes=11)))
    assert "retract_decision" not in {one.act for one in shown}


def test_only_who_decided_takes_back_person_and_office() -> None:
    second = replace(world(), directory=directory(more=(holder(REGION, "deputy", capacity="plh"),)))
    approved = given(*START_ASKED, *approvals(2, REGION)).during(second)
    assert approved.when(SECRETARY, RETRACT).refused("not_the_decider").blockers[0].cleared_by == (REGION,)
    approved.when(REGION, RETRACT, person="deputy").refused("not_the_decider")
    approved.when(REGION, RETRACT).passes()


def test_the_next_act_makes_it_stand() -> None:
    approved = given(*START_ASKED, *approvals(2, REGION, SECRETARY))
    approved.when(REGION, RETRACT).refused("not_the_decider")
    returned = given(*START_ASKED).when(REGION, ReturnRequest(f"{K}.r2", "bukti_kurang")).done
    asked = returned.when(HEAD, OpenRequest("start", text="lengkap", evidence=PAPER)).done
    asked.when(REGION, RETRACT).refused("decision_stands")
    asked.when(REGION, RetractDecision(f"{K}.r3", "Salah.")).refused("decision_stands")


def test_an_opinion_given_since_makes_it_stand() -> None:
    checked = given(*COMPLETE_ASKED, *approvals(3, REGION))
    heard = checked.when(MENTOR, GiveOpinion(f"{K}.r3", "Baik")).done
    heard.when(REGION, RetractDecision(f"{K}.r3", "Salah.")).refused("decision_stands")


def test_a_signature_is_never_taken_back() -> None:
    signed = given(*SIGNED)
    signed.when(SECRETARY, RetractDecision(f"{K}.r1", "Salah.")).refused("decision_stands")
    checked = given(*SIGN_CHECKED)
    checked.when(REGION, RetractDecision(f"{K}.r1", "Salah.")).passes()
    assert checked.when(SECRETARY, signature(), at=signed.now).done.commitment.retractable is None


def test_why_is_said_and_the_request_exists() -> None:
    approved = given(*START_ASKED, *approvals(2, REGION))
    silent = approved.when(REGION, RetractDecision(f"{K}.r2", " ")).refused("text_missing")
    assert silent.blocker("text_missing").cleared_by == (REGION,)
    approved.when(REGION, RetractDecision(f"{K}.r9", "Salah.")).refused("request_unknown")
    given(*STARTED).when("61.05.sekda", RETRACT).refused("out_of_scope")


def test_a_reminder_in_between_is_kept_and_changes_nothing() -> None:
    asked = given(*START_ASKED)
    level = asked.commitment.owed["item-1"].obligation.levels[0]
    approved = asked.when(REGION, ApproveRequest(f"{K}.r2"), at=level.at - timedelta(minutes=5)).done
    reminded = approved.when("clock", Escalate("item-1", 1, 1, level.level), at=level.at, person="clock").done
    back = reminded.when(REGION, RETRACT).done
    assert [one.level for one in back.commitment.owed["item-1"].raised] == [level.level]
    assert waiting(back) == [("check", REGION)]


def test_a_reminder_of_what_the_decision_brought_about_goes_with_it() -> None:
    asked = given(*START_ASKED)
    first = asked.when(REGION, ApproveRequest(f"{K}.r2")).done.commitment.owed["r2/approve"].obligation.levels[0]
    approved = asked.when(REGION, ApproveRequest(f"{K}.r2"), at=first.at - timedelta(hours=30)).done
    level = approved.commitment.owed["r2/approve"].obligation.levels[0]
    remembered = approved.with_facts((), approved.context("clock", at=level.at))
    assert remembered.commitment.retractable is not None
    late = approved.when("clock", Escalate("r2/approve", 1, 1, level.level), at=level.at, person="clock").done
    last = late.commitment.retractable
    assert last is not None
    assert "r2/approve" not in last.before.owed


def test_who_may_take_it_back_sees_so_and_others_why_not() -> None:
    approved = given(*START_ASKED, *approvals(2, REGION))
    for office, may in ((REGION, True), (SECRETARY, False)):
        found = {one.act: one for one in overview(approved.commitment, approved.context(office))}
        assert (found["retract_decision"].on, found["retract_decision"].may) == (f"{K}.r2", may)


def test_a_seat_takes_its_verdict_back_and_the_others_wait_again() -> None:
    story = told(*ASKED, Act(MENTOR, ApproveRequest(f"{K}.r1")))
    passed = story.when(REGION, ApproveRequest(f"{K}.r1")).done
    back = passed.when(REGION, RetractDecision(f"{K}.r1", "Salah.")).done
    assert but_last(back.commitment) == but_last(story.commitment)
    assert waiting(back) == [("review", REGION), ("review", COORDINATOR)]
    rejected = story.when(REGION, RejectRequest(f"{K}.r1", "di_luar_kewenangan")).done
    again = rejected.when(REGION, RetractDecision(f"{K}.r1", "Salah.")).done
    assert waiting(again) == [("review", REGION), ("review", COORDINATOR)]


def test_an_office_that_saw_it_for_its_seat_alone_can_still_take_back_the_last_word() -> None:
    story = running().when(REGION, OpenRequest("finish")).done.when(HEAD, ApproveRequest(f"{K}.r2")).done
    finished = story.when("61.03.rsud", ApproveRequest(f"{K}.r2")).then(RequestApproved, StateChanged)
    finished.when("61.03.rsud", RetractDecision(f"{K}.r2", "Salah.")).then(DecisionRetracted)
    assert holder_of(HEAD) != holder_of("61.03.rsud")


def test_told_is_a_receipt_of_nobodys_own_act() -> None:
    back = given(*START_ASKED, *approvals(2, REGION)).when(REGION, RETRACT).done
    assert REGION not in hears(back)
    assert Told(HEAD, "now", "acted").office in hears(back)
    assert given(*COMPLETED).commitment.retractable is not None
