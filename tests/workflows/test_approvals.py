from dataclasses import replace
from datetime import date

import pytest

from tests.support.directory import directory, holder
from tests.support.world import (
    COORDINATOR,
    DRAFTED,
    HEAD,
    NEIGHBOUR,
    NEW_YEAR,
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
    World,
    approvals,
    given,
    holder_of,
    world,
)
from workflows.commands import ApproveRequest, EditDraft, OpenRequest, RejectRequest, ReturnRequest, SignCommitment
from workflows.definition import Step
from workflows.facts import (
    DraftEdited,
    ObligationsArisen,
    RequestApproved,
    RequestRejected,
    RequestReturned,
    Skipped,
    StateChanged,
    StepReached,
)

APPROVE = ApproveRequest(f"{K}.r2")
WITHDRAW = OpenRequest("withdraw", reason="tanpa_anggaran", evidence=PAPER)


def reached(story: Story) -> StepReached:
    return next(fact for fact in reversed(story.new) if isinstance(fact, StepReached))


def altered(move: str, step: str, **changed: object) -> World:
    """The world with one step of a move changed."""
    definition = world().definition
    old = definition.moves[move]
    steps = tuple(one if one.name != step else replace(one, **changed) for one in old.steps)
    return replace(world(), definition=replace(definition, moves={**definition.moves, move: replace(old, steps=steps)}))


def test_each_approval_reaches_the_next_step_and_the_last_one_changes_the_state() -> None:
    checked = given(*START_ASKED).when(REGION, APPROVE).then(RequestApproved, StepReached)
    assert (reached(checked).step, reached(checked).office) == ("approve", SECRETARY)
    assert checked.commitment.owed["r2/check"].status == "met"
    approved = checked.when(SECRETARY, APPROVE).then(RequestApproved, StateChanged)
    assert approved.commitment.state == "in_replication"
    assert approved.commitment.requests[f"{K}.r2"].status == "approved"


def test_an_approval_binds_to_the_substance_that_was_seen() -> None:
    asked = given(*START_ASKED)
    request = asked.commitment.open_request
    assert request is not None
    seen = request.opened.substance
    asked.when(REGION, replace(APPROVE, substance=seen)).then(RequestApproved, StepReached)
    tried = asked.when(REGION, replace(APPROVE, substance="0" * 64)).refused("substance_moved")
    assert tried.blocker("substance_moved").cleared_by == (REGION,)


def test_an_approval_is_void_where_the_ground_moved_under_the_request() -> None:
    asked = given(*START_ASKED)
    moved = asked.with_facts((DraftEdited("partial", HEAD, PIC),), asked.context(HEAD))
    tried = moved.when(REGION, APPROVE).refused("substance_moved")
    assert tried.blocker("substance_moved").cleared_by == (HEAD,)


def test_a_step_is_decided_by_its_office_alone() -> None:
    tried = given(*START_ASKED).when(SECRETARY, APPROVE).refused("not_your_turn")
    blocker = tried.blocker("not_your_turn")
    assert blocker.cleared_by == (REGION,)
    assert blocker.until == reached(given(*START_ASKED)).obligation.due_at
    given(*START_ASKED).when(NEIGHBOUR, APPROVE).refused("out_of_scope")


def test_after_a_request_is_closed_no_verdict_is_given_any_more() -> None:
    started = given(*STARTED)
    started.when(COORDINATOR, APPROVE).refused("request_closed")
    started.when(SECRETARY, APPROVE).refused("request_closed", "acted_already")
    started.when(COORDINATOR, ReturnRequest(f"{K}.r2", "bukti_kurang")).refused("request_closed")
    started.when(COORDINATOR, RejectRequest(f"{K}.r2", "di_luar_kewenangan")).refused("request_closed")
    started.when(COORDINATOR, ApproveRequest(f"{K}.r99")).refused("request_unknown")


def test_a_request_is_returned_with_a_reason_and_its_step_is_owed_no_more() -> None:
    story = given(*START_ASKED).when(REGION, ReturnRequest(f"{K}.r2", "bukti_kurang", "SK?")).then(RequestReturned)
    request = story.commitment.requests[f"{K}.r2"]
    assert (request.status, request.closing) == ("returned", story.new[0])
    assert story.commitment.owed["r2/check"].status == "met"
    assert story.commitment.state == "signed"


def test_a_request_is_rejected_with_a_reason_and_may_be_asked_again_as_it_is() -> None:
    story = given(*START_ASKED).when(REGION, RejectRequest(f"{K}.r2", "bertentangan_aturan")).then(RequestRejected)
    assert story.commitment.requests[f"{K}.r2"].status == "rejected"
    story.when(HEAD, OpenRequest("start", evidence=PAPER)).passes()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (ReturnRequest(f"{K}.r2", ""), "reason_missing"),
        (ReturnRequest(f"{K}.r2", "di_luar_kewenangan"), "reason_unknown"),
        (ReturnRequest(f"{K}.r2", "lainnya", "pendek"), "reason_text_short"),
        (RejectRequest(f"{K}.r2", "bukti_kurang"), "reason_unknown"),
    ],
)
def test_return_and_reject_have_catalogues_of_their_own(command: ReturnRequest | RejectRequest, code: str) -> None:
    given(*START_ASKED).when(REGION, command).refused(code)


def test_all_that_is_wrong_with_a_verdict_is_said_at_once() -> None:
    given(*START_ASKED).when(HEAD, ReturnRequest(f"{K}.r2", "suasana_hati")).refused(
        "asker_approves", "not_your_turn", "reason_unknown"
    )


def test_a_party_may_always_leave_so_that_step_never_rejects() -> None:
    asked = given(*SIGNED, Act(REGION, WITHDRAW), *approvals(2, SECRETARY))
    tried = asked.when(PROVINCE, RejectRequest(f"{K}.r2", "di_luar_kewenangan")).refused("verdict_not_allowed")
    assert tried.blocker("verdict_not_allowed").facts["allowed"] == "approve, return"


def test_the_step_that_signs_is_approved_by_the_sheet_and_may_still_be_returned() -> None:
    checked = given(*SIGN_CHECKED)
    tried = checked.when(SECRETARY, ApproveRequest(f"{K}.r1")).refused("sign_by_sheet")
    assert tried.blocker("sign_by_sheet").cleared_by == (SECRETARY,)
    checked.when(SECRETARY, ReturnRequest(f"{K}.r1", "rencana_belum_jelas")).then(RequestReturned)


def test_guards_are_asked_again_when_the_last_step_passes() -> None:
    nobody = replace(world(), directory=directory(vacant=[PIC]))
    checked = given(*START_ASKED, *approvals(2, REGION)).during(nobody)
    checked.when(SECRETARY, APPROVE).refused("pic_missing")


def test_a_vacant_office_is_passed_over_to_its_superior_and_the_fact_says_so() -> None:
    nobody = replace(world(), directory=directory(vacant=[SECRETARY]))
    story = given(*START_ASKED).during(nobody).when(REGION, APPROVE).done
    assert (reached(story).role, reached(story).office) == ("region_secretary", PROVINCE)
    assert reached(story).skipped == (Skipped(SECRETARY, "vacant"),)


def test_a_climb_ends_at_the_provincial_secretary_and_asks_for_a_substitute() -> None:
    nobody = replace(world(), directory=directory(vacant=[SECRETARY, PROVINCE]))
    tried = given(*START_ASKED).during(nobody).when(REGION, APPROVE).refused("step_unfillable")
    blocker = tried.blocker("step_unfillable")
    assert blocker.facts["skipped"] == f"{SECRETARY} (vacant), {PROVINCE} (vacant)"
    assert blocker.cleared_by == ("61.admin",)


def test_an_acting_holder_fills_the_vacancy() -> None:
    acting = holder(SECRETARY, "acting", capacity="plh", starts_on=date(2022, 1, 1))
    filled = replace(world(), directory=directory(vacant=[SECRETARY], more=[acting]))
    story = given(*START_ASKED).during(filled).when(REGION, APPROVE, at=NEW_YEAR.replace(day=5)).done
    assert (reached(story).office, reached(story).skipped) == (SECRETARY, ())
    story.when(SECRETARY, APPROVE, person="acting").then(RequestApproved, StateChanged)


def test_a_step_may_wait_for_its_vacant_office_instead_of_going_up() -> None:
    waiting = replace(altered("start", "approve", if_vacant="block"), directory=directory(vacant=[SECRETARY]))
    given(*START_ASKED).during(waiting).when(REGION, APPROVE).refused("step_unfillable")


def test_a_conditional_step_that_does_not_stand_is_left_out() -> None:
    asked = given(*DRAFTED, Act(REGION, WITHDRAW))
    asked.when(SECRETARY, ApproveRequest(f"{K}.r1")).then(RequestApproved, StateChanged)


def test_a_step_after_the_signature_waits_with_the_state_unchanged() -> None:
    definition = world().definition
    sign = definition.moves["sign"]
    confirm = Step("confirm", sign.steps[0].label, "province_coordinator", sign.steps[0].limit, "decision")
    longer = replace(sign, steps=(*sign.steps, confirm))
    confirmed = replace(world(), definition=replace(definition, moves={**definition.moves, "sign": longer}))
    signature = given(*SIGNED).events[-3].valid_at
    command = SignCommitment("kalbar-2022:61.03", "online", "", signature)
    story = given(*SIGN_CHECKED).during(confirmed).when(SECRETARY, command, at=NEW_YEAR).done
    assert story.commitment.state == "drafted"
    last = story.when(COORDINATOR, ApproveRequest(f"{K}.r1"))
    last.then(RequestApproved, StateChanged, ObligationsArisen)
    story.when(HEAD, EditDraft(pic="")).refused("request_open")


@pytest.mark.parametrize("number", range(1, 16))
def test_of_many_holders_of_one_office_only_the_first_approval_of_a_step_passes(number: int) -> None:
    crowd = [holder(REGION, f"person {n}", capacity="plt") for n in range(16)]
    crowded = replace(world(), directory=directory(vacant=[REGION], more=crowd))
    first = given(*START_ASKED).during(crowded).when(REGION, APPROVE, person="person 0").done
    first.when(REGION, APPROVE, person=f"person {number}").refused("acted_already", "not_your_turn")
    done = first.when(SECRETARY, APPROVE, person=holder_of(SECRETARY)).done
    done.when(REGION, APPROVE, person=f"person {number}").refused("request_closed", "acted_already")
