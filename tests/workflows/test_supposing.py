from dataclasses import replace

import pytest

from tests.support.directory import directory
from tests.support.world import (
    HEAD,
    PAPER,
    PIC,
    REGION,
    SECRETARY,
    SIGN_CHECKED,
    SIGNED,
    SPRING,
    START_ASKED,
    STARTED,
    K,
    approvals,
    given,
    holder_of,
    signature,
)
from workflows.audience import Told
from workflows.commands import ApproveRequest, EditDraft, MakeClaim, OpenRequest, RetractDecision
from workflows.errors import Refused
from workflows.facts import HolderAppointed, RequestApproved, RequestOpened, StateChanged, StepReached
from workflows.offices import evolve_directory
from workflows.supposing import Supposed, suppose, suppose_held


def kinds(supposed: Supposed) -> list[type]:
    return [type(one.event.fact) for one in supposed.facts]


def test_what_would_happen_is_what_happens_when_it_is_done() -> None:
    story = given(*START_ASKED)
    command, context = ApproveRequest(f"{K}.r2"), story.context(REGION)
    supposed = suppose(story.commitment, command, context)
    done = story.when(REGION, command).done
    assert supposed.after == done.commitment
    assert tuple(one.event for one in supposed.facts) == done.events[len(story.events) :]
    assert story.commitment == given(*START_ASKED).commitment


def test_it_says_who_would_be_told_and_what_would_fall_due_and_end() -> None:
    story = given(*START_ASKED)
    supposed = suppose(story.commitment, ApproveRequest(f"{K}.r2"), story.context(REGION))
    assert kinds(supposed) == [RequestApproved, StepReached]
    assert Told(SECRETARY, "now", "approver", action=True) in supposed.facts[1].told
    assert [one.obligation.office for one in supposed.owed] == [SECRETARY]
    assert supposed.owed[0].obligation.levels
    assert [one.obligation.office for one in supposed.ended] == [REGION]


def test_a_decision_taken_back_would_end_what_it_brought_about() -> None:
    story = given(*START_ASKED, *approvals(2, REGION))
    supposed = suppose(story.commitment, RetractDecision(f"{K}.r2", "Salah."), story.context(REGION))
    assert [(one.obligation.office, one.status) for one in supposed.ended] == [(SECRETARY, "closed")]


def test_suppositions_go_on_from_one_another() -> None:
    story = given(*SIGNED)
    opened = suppose(story.commitment, OpenRequest("start", evidence=PAPER), story.context(HEAD))
    assert kinds(opened) == [RequestOpened, StepReached]
    checked = suppose(opened.after, ApproveRequest(f"{K}.r2"), story.context(REGION))
    signed = suppose(checked.after, ApproveRequest(f"{K}.r2"), story.context(SECRETARY))
    assert StateChanged in kinds(signed)
    assert signed.after.state == "in_replication"
    assert signed.facts[-1].event.position == story.commitment.last.position + 2 + len(checked.facts) + len(
        signed.facts
    )


def test_a_signature_would_be_true_when_the_paper_says_so() -> None:
    story = given(*SIGN_CHECKED)
    supposed = suppose(story.commitment, signature(), story.context(SECRETARY, at=SPRING))
    assert {one.event.valid_at for one in supposed.facts if one.event.valid_at != SPRING} == {signature().signed_at}


def test_what_is_refused_is_refused_with_every_reason() -> None:
    story = given(*STARTED)
    with pytest.raises(Refused) as refused:
        suppose(story.commitment, MakeClaim(9, story.commitment.items[0].target, ()), story.context(PIC))
    assert refused.value.code == "item_unknown"


def test_four_eyes_is_checked_as_if_the_offices_holders_acted() -> None:
    story = given(*START_ASKED)
    both = evolve_directory(
        directory(), HolderAppointed("a9", REGION, holder_of(HEAD), "plh", "SK 9", SPRING.date(), None)
    )
    context = replace(story.context(REGION, at=SPRING), directory=both)
    assert suppose_held(story.commitment, ApproveRequest(f"{K}.r2"), context).by.person == holder_of(REGION)
    with pytest.raises(Refused) as refused:
        suppose_held(story.commitment, ApproveRequest(f"{K}.r2"), story.context(HEAD))
    assert refused.value.code == "asker_approves"


def test_the_same_again_would_state_nothing() -> None:
    story = given(*SIGNED[:1])
    supposed = suppose(story.commitment, EditDraft(pic=PIC), story.context(REGION))
    assert (supposed.facts, supposed.owed, supposed.ended) == ((), (), ())
    assert supposed.after == story.commitment
