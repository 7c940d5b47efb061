"""Amending what was signed before the work starts: the party signs again, and the first promise stays."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from tests.support.world import (
    COORDINATOR,
    HEAD,
    PAPER,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGNED,
    SIGNING,
    Act,
    K,
    Story,
    approvals,
    given,
    signature,
)
from workflows.commands import ApproveRequest, OpenRequest
from workflows.facts import (
    PlanAmended,
    PlanItem,
    RequestApproved,
    SignatureRecorded,
    StateChanged,
)

GENTLE = (PLAN[0], replace(PLAN[1], target=Decimal(80)), PLAN[2])
GRAVE = (PLAN[0], replace(PLAN[1], target=Decimal(74)), PLAN[2])
ASKED_AT = SIGNING + timedelta(days=1)
SIGNED_AGAIN = SIGNING + timedelta(days=2)


def asked(*items: PlanItem) -> tuple[Act, ...]:
    command = OpenRequest("amend_before_start", reason="kondisi_wilayah", evidence=PAPER, items=items)
    return (*SIGNED, Act(HEAD, command, ASKED_AT))


def signed_again(story: Story) -> Story:
    return story.when(SECRETARY, signature(signed_at=SIGNED_AGAIN), at=SIGNED_AGAIN).done


def test_the_party_signs_the_amended_plan_and_the_first_signature_and_promise_stay() -> None:
    before = given(*asked(*GENTLE), *approvals(2, REGION, COORDINATOR))
    story = before.when(SECRETARY, signature(signed_at=SIGNED_AGAIN), at=SIGNED_AGAIN).then(
        RequestApproved, SignatureRecorded, PlanAmended, StateChanged
    )
    commitment = story.commitment
    assert (commitment.state, commitment.revision, commitment.items) == ("signed", 1, GENTLE)
    assert commitment.revisions == (PLAN, GENTLE)
    assert commitment.signature == before.commitment.signature
    assert [one.signed_at for one in commitment.later_signatures] == [SIGNED_AGAIN]


def test_a_grave_amendment_before_the_start_goes_to_the_provincial_secretary_first() -> None:
    story = given(*asked(*GRAVE), *approvals(2, REGION, COORDINATOR))
    story.when(SECRETARY, signature(signed_at=SIGNED_AGAIN), at=SIGNED_AGAIN).refused("signature_not_awaited")
    assert signed_again(story.does(approvals(2, PROVINCE)[0])).commitment.items == GRAVE


def test_an_amendment_before_the_start_is_signed_and_not_only_approved() -> None:
    story = given(*asked(*GENTLE), *approvals(2, REGION, COORDINATOR))
    story.when(SECRETARY, ApproveRequest(f"{K}.r2")).refused("sign_by_sheet")


def test_an_amended_plan_is_not_signed_before_it_was_asked_for() -> None:
    story = given(*asked(*GENTLE), *approvals(2, REGION, COORDINATOR))
    story.when(SECRETARY, signature(), at=SIGNED_AGAIN).refused("signed_before_asked")


def test_the_scan_of_a_later_signature_is_a_file_of_the_commitment() -> None:
    story = given(*asked(*GENTLE), *approvals(2, REGION, COORDINATOR))
    command = signature(signed_at=SIGNED_AGAIN, mode="wet_ink", scan=PAPER[0])
    assert PAPER[0] in story.when(SECRETARY, command, at=SIGNED_AGAIN).done.commitment.files


def test_work_starts_from_the_amended_plan() -> None:
    story = signed_again(given(*asked(*GENTLE), *approvals(2, REGION, COORDINATOR)))
    story = story.does(Act(HEAD, OpenRequest("start", evidence=PAPER)))
    for act in approvals(3, REGION, SECRETARY):
        story = story.does(act)
    assert (story.commitment.state, story.commitment.items) == ("in_replication", GENTLE)
