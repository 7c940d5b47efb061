import pytest

from tests.support.world import (
    AUTUMN,
    COMPLETE_ASKED,
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    MINISTRY,
    PAPER,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SIGNED,
    SPRING,
    STARTED,
    Act,
    K,
    approvals,
    given,
)
from workflows.commands import ApproveRequest, GiveOpinion, OpenRequest, ReturnRequest
from workflows.facts import OpinionInvited, RequestApproved, RequestOpened, StateChanged, StepReached

LEAVE = OpenRequest("withdraw", reason="tanpa_anggaran", text="Refocusing", evidence=PAPER)
CANCEL = OpenRequest("cancel", reason="tercatat_ganda", evidence=PAPER)


def test_a_draft_is_withdrawn_by_the_regions_secretary_alone() -> None:
    asked = given(*DRAFTED, Act(REGION, LEAVE))
    story = asked.when(SECRETARY, ApproveRequest(f"{K}.r1")).then(RequestApproved, StateChanged)
    assert story.commitment.state == "withdrawn"


@pytest.mark.parametrize("begun", [SIGNED, STARTED])
def test_what_was_signed_is_withdrawn_with_the_provincial_secretary_and_the_coordinator_is_heard(
    begun: tuple[Act, ...],
) -> None:
    request = len(given(*begun).commitment.requests) + 1
    story = given(*begun, Act(REGION, LEAVE, SPRING), *approvals(request, SECRETARY))
    assert [type(fact) for fact in story.new] == [RequestApproved, StepReached, OpinionInvited]
    heard = story.when(COORDINATOR, GiveOpinion(f"{K}.r{request}", "Dapat dipahami")).passes()
    left = heard.when(PROVINCE, ApproveRequest(f"{K}.r{request}")).then(RequestApproved, StateChanged)
    changed = left.new[-1]
    assert isinstance(changed, StateChanged)
    assert (changed.to_state, changed.reason, changed.closes) == ("withdrawn", "tanpa_anggaran", True)


def test_leaving_closes_what_was_owed_and_keeps_the_history() -> None:
    story = given(*STARTED, Act(REGION, LEAVE, SPRING), *approvals(3, SECRETARY, PROVINCE))
    owed = story.commitment.owed
    assert {owed[f"item-{number}"].status for number in (1, 2, 3)} == {"closed"}
    assert owed["r2/check"].status == "met"
    assert len(story.commitment.requests) == 3


def test_a_draft_is_cancelled_without_the_ministry_and_anything_later_with_it() -> None:
    story = given(*DRAFTED, Act(COORDINATOR, CANCEL), *approvals(1, PROVINCE))
    assert story.commitment.state == "cancelled"
    signed = given(*SIGNED, Act(COORDINATOR, CANCEL), *approvals(2, PROVINCE))
    assert signed.commitment.state == "signed"
    assert signed.when(MINISTRY, ApproveRequest(f"{K}.r2")).done.commitment.state == "cancelled"


def test_the_regions_secretary_is_heard_on_a_cancellation_from_the_beginning() -> None:
    story = given(*SIGNED).when(COORDINATOR, CANCEL, at=SPRING).then(RequestOpened, StepReached, OpinionInvited)
    assert story.commitment.requests[f"{K}.r2"].invited[0].office == SECRETARY


def test_an_exit_waits_like_any_move_until_the_open_request_is_done() -> None:
    tried = given(*SIGN_ASKED).when(REGION, LEAVE).refused("request_open")
    assert HEAD in tried.blocker("request_open").cleared_by


def test_a_completion_that_was_returned_is_still_running() -> None:
    returned = given(*COMPLETE_ASKED, Act(REGION, ReturnRequest(f"{K}.r3", "bukti_kurang"))).commitment
    assert returned.state == "in_replication"
    assert returned.open_request is None


@pytest.mark.parametrize("move", ["sign", "start", "amend", "complete", "withdraw", "cancel"])
def test_a_closed_commitment_moves_no_more(move: str) -> None:
    for office in (HEAD, REGION, COORDINATOR, PIC):
        tried = given(*COMPLETED).when(office, OpenRequest(move), at=AUTUMN)
        assert tried.codes[0] == "not_in_state"
