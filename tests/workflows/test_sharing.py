"""One more office is asked to approve, or prepares a verdict that stays with the office whose turn it is."""

from dataclasses import replace

import pytest

from tests.support.directory import directory, holder
from tests.support.shared_steps import ASKED, running, told, waiting
from tests.support.world import (
    AUDITOR,
    COORDINATOR,
    HEAD,
    MENTOR,
    NEIGHBOUR,
    OTHER_HEAD,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGN_CHECKED,
    START_ASKED,
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
    AddApprover,
    ApproveRequest,
    ForwardRequest,
    NotePreparation,
    OpenRequest,
    RejectRequest,
    RetractDecision,
    ReturnRequest,
)
from workflows.commitment import replay
from workflows.facts import (
    ApproverAdded,
    PreparationNoted,
    RequestApproved,
    RequestForwarded,
    RequestRejected,
    RequestReturned,
    StateChanged,
    StepReached,
)

R = f"{K}.r2"
APPROVE = ApproveRequest(R)
BEFORE, AFTER = AddApprover(R, MENTOR, "before", "Mohon telaah."), AddApprover(R, MENTOR, "after")
FORWARD = ForwardRequest(R, PIC, "Mohon siapkan.")


def hears(story: Story) -> list[Told]:
    event, of = story.events[-1], story.world
    before = replay(story.events[:-1])
    return list(
        audience(
            event,
            before,
            story.commitment,
            directory=of.directory,
            definition=of.definition,
            programme=of.programme,
        )
    )


def test_one_more_office_before_oneself_decides_first_and_the_asker_waits() -> None:
    asked = given(*START_ASKED).when(REGION, BEFORE).then(ApproverAdded, StepReached)
    assert waiting(asked) == [("extra-1", MENTOR)]
    owed = asked.commitment.owed
    assert (owed["r2/check"].status, owed["r2/extra-1"].obligation.office) == ("closed", MENTOR)
    asked.when(REGION, APPROVE).refused("not_your_turn")
    back = asked.when(MENTOR, APPROVE).then(RequestApproved, StepReached)
    assert waiting(back) == [("check", REGION)]
    assert (back.commitment.owed["r2/check"].status, back.commitment.owed["r2/check"].obligation.round) == ("open", 2)
    checked = back.when(REGION, APPROVE).then(RequestApproved, StepReached)
    checked.when(SECRETARY, APPROVE).then(RequestApproved, StateChanged)


def test_one_more_office_after_oneself_decides_before_the_next_step() -> None:
    asked = given(*START_ASKED).when(REGION, AFTER).then(ApproverAdded)
    assert waiting(asked) == [("check", REGION)]
    checked = asked.when(REGION, APPROVE).then(RequestApproved, StepReached)
    assert waiting(checked) == [("extra-1", MENTOR)]
    extra = checked.when(MENTOR, APPROVE).then(RequestApproved, StepReached)
    assert waiting(extra) == [("approve", SECRETARY)]


def test_after_the_last_step_the_move_waits_for_it() -> None:
    last = given(*START_ASKED, *approvals(2, REGION)).when(SECRETARY, replace(AFTER, office=COORDINATOR)).done
    approved = last.when(SECRETARY, APPROVE).then(RequestApproved, StepReached)
    approved.when(COORDINATOR, APPROVE).then(RequestApproved, StateChanged)


def test_the_office_asked_may_return_and_reject_as_the_step_beside_it_may() -> None:
    asked = given(*START_ASKED, Act(REGION, BEFORE))
    asked.when(MENTOR, ReturnRequest(R, "bukti_kurang")).then(RequestReturned)
    asked.when(MENTOR, RejectRequest(R, "di_luar_kewenangan")).then(RequestRejected)


def test_whoever_is_asked_may_ask_one_more_but_not_without_end() -> None:
    story = given(*START_ASKED, Act(REGION, BEFORE))
    story = story.when(MENTOR, AddApprover(R, COORDINATOR, "before")).then(ApproverAdded, StepReached)
    assert waiting(story) == [("extra-2", COORDINATOR)]
    story = story.when(COORDINATOR, AddApprover(R, PROVINCE, "after")).then(ApproverAdded)
    story.when(COORDINATOR, AddApprover(R, OTHER_HEAD, "before")).refused("extras_too_many", "addressee_out_of_scope")
    for office in (COORDINATOR, PROVINCE, MENTOR, REGION, SECRETARY):
        assert [one for _, one in waiting(story)] == [office]
        story = story.when(office, APPROVE).done
    assert story.commitment.state == "in_replication"


@pytest.mark.parametrize(
    ("office", "codes"),
    [
        ("nobody", ("addressee_unknown",)),
        (NEIGHBOUR, ("addressee_out_of_scope",)),
        (AUDITOR, ("addressee_out_of_scope",)),
        (OTHER_HEAD, ("addressee_out_of_scope",)),
        (HEAD, ("extra_conflicted",)),
        (REGION, ("extra_conflicted",)),
        (SECRETARY, ("extra_in_chain",)),
    ],
)
def test_the_office_is_in_scope_and_has_no_part_in_the_request(office: str, codes: tuple[str, ...]) -> None:
    given(*START_ASKED).when(REGION, replace(BEFORE, office=office)).refused(*codes)


def test_four_eyes_hold_by_person_too() -> None:
    one = replace(world(), directory=directory(vacant=(MENTOR,), more=(holder(MENTOR, holder_of(HEAD)),)))
    given(*START_ASKED).during(one).when(REGION, BEFORE).refused("extra_conflicted")
    own = replace(world(), directory=directory(vacant=(MENTOR,), more=(holder(MENTOR, holder_of(REGION)),)))
    given(*START_ASKED).during(own).when(REGION, BEFORE).refused("extra_conflicted")
    empty = replace(world(), directory=directory(vacant=(MENTOR,)))
    given(*START_ASKED).during(empty).when(REGION, BEFORE).refused("addressee_vacant")


def test_whoever_was_asked_beside_does_not_decide_again_further_on() -> None:
    above = replace(world(), directory=directory(more=(holder(SECRETARY, holder_of(MENTOR), capacity="plh"),)))
    story = given(*START_ASKED, Act(REGION, BEFORE)).during(above).when(MENTOR, APPROVE).done
    checked = story.when(REGION, APPROVE).done
    checked.when(SECRETARY, APPROVE, person=holder_of(MENTOR)).refused("same_person")


def test_only_whose_turn_it_is_asks_one_more_and_somewhere() -> None:
    asked = given(*START_ASKED)
    asked.when(SECRETARY, BEFORE).refused("not_your_turn")
    asked.when(HEAD, BEFORE).refused("asker_approves", "not_your_turn")
    asked.when(NEIGHBOUR, BEFORE).refused("out_of_scope")
    asked.when(REGION, replace(BEFORE, request="x")).refused("request_unknown")
    asked.when(REGION, replace(BEFORE, place="beside")).refused("place_unknown")


def test_a_signature_may_wait_for_one_more_approval_but_has_the_last_word() -> None:
    checked = given(*SIGN_CHECKED)
    checked.when(SECRETARY, AddApprover(f"{K}.r1", MENTOR, "after")).refused("extra_after_signature")
    asked = checked.when(SECRETARY, AddApprover(f"{K}.r1", COORDINATOR, "before")).then(ApproverAdded, StepReached)
    asked.when(SECRETARY, signature(signed_at=asked.now), at=asked.now).refused("signature_not_awaited")
    back = asked.when(COORDINATOR, ApproveRequest(f"{K}.r1")).then(RequestApproved, StepReached)
    assert waiting(back) == [("sign", SECRETARY)]


def test_a_shared_step_keeps_the_offices_that_were_counted() -> None:
    told(*ASKED).when(REGION, AddApprover(f"{K}.r1", PROVINCE, "before")).refused("extra_in_quorum")


def test_what_waits_for_a_step_waits_for_the_office_asked_after_it_and_for_nothing_more() -> None:
    story = running()
    move = story.world.definition.moves["review"]
    heads, mentor, *rest = move.steps
    steps = (mentor, replace(heads, after=()), *rest)
    moves = {**story.world.definition.moves, "review": replace(move, steps=steps)}
    reordered = replace(story.world, definition=replace(story.world.definition, moves=moves))
    asked = story.during(reordered).when(REGION, OpenRequest("review")).done
    beside = asked.when(MENTOR, AddApprover(R, PROVINCE, "after")).then(ApproverAdded)
    mentored = beside.when(MENTOR, APPROVE).done
    assert waiting(mentored) == [("heads", HEAD), ("heads", OTHER_HEAD), ("extra-1", PROVINCE)]
    accepted = mentored.when(PROVINCE, APPROVE).done
    assert waiting(accepted) == [("heads", HEAD), ("heads", OTHER_HEAD), ("accept", COORDINATOR)]


def test_an_additional_approval_can_be_taken_back_and_waits_again() -> None:
    story = given(*START_ASKED, Act(REGION, BEFORE), Act(MENTOR, APPROVE))
    back = story.when(MENTOR, RetractDecision(R, "Salah.")).done
    assert waiting(back) == [("extra-1", MENTOR)]
    again = back.when(MENTOR, APPROVE).then(RequestApproved, StepReached)
    assert again.commitment.owed["r2/check"].obligation.round == 2


def test_an_office_below_prepares_and_hands_back_but_does_not_decide() -> None:
    story = (
        given(*START_ASKED, *approvals(2, REGION))
        .when(SECRETARY, replace(FORWARD, office=OTHER_HEAD))
        .then(RequestForwarded)
    )
    assert hears(story) == [Told(OTHER_HEAD, "now", "preparer", action=True)]
    assert OTHER_HEAD in story.commitment.invites
    assert waiting(story) == [("approve", SECRETARY)]
    story.when(OTHER_HEAD, APPROVE).refused("not_your_turn")
    said = story.when(OTHER_HEAD, NotePreparation(R, "Sudah lengkap.")).then(PreparationNoted)
    assert hears(said) == [Told(SECRETARY, "now", "approver")]
    done = said.when(OTHER_HEAD, NotePreparation(R, "Disarankan disetujui.", hands_back=True)).then(PreparationNoted)
    assert hears(done) == [Told(SECRETARY, "now", "approver", action=True)]
    done.when(OTHER_HEAD, NotePreparation(R, "Tambahan")).refused("not_preparing")
    done.when(SECRETARY, APPROVE).then(RequestApproved, StateChanged)


def test_the_verdict_need_not_wait_for_its_preparation() -> None:
    story = given(*START_ASKED, *approvals(2, REGION), Act(SECRETARY, replace(FORWARD, office=REGION)))
    assert story.commitment.requests[R].preparing != ()
    decided = story.when(SECRETARY, APPROVE).then(RequestApproved, StateChanged)
    assert decided.commitment.requests[R].preparing == ()
    decided.when(REGION, NotePreparation(R, "Terlambat")).refused("not_preparing")


@pytest.mark.parametrize(
    ("by", "command", "codes"),
    [
        (SECRETARY, ForwardRequest(R, PROVINCE, "Siapkan"), ("forward_not_below",)),
        (SECRETARY, ForwardRequest(R, "nobody", "Siapkan"), ("addressee_unknown",)),
        (SECRETARY, ForwardRequest(R, HEAD, "Siapkan"), ("asker_prepares",)),
        (SECRETARY, ForwardRequest(R, REGION, " "), ("text_missing",)),
        (REGION, ForwardRequest(R, PIC, "Siapkan"), ("acted_already", "not_your_turn")),
        (SECRETARY, ForwardRequest("x", REGION, "Siapkan"), ("request_unknown",)),
    ],
)
def test_it_is_forwarded_by_whose_turn_it_is_to_another_below_with_an_instruction(
    by: str, command: ForwardRequest, codes: tuple[str, ...]
) -> None:
    given(*START_ASKED, *approvals(2, REGION)).when(by, command).refused(*codes)


def test_who_asks_another_than_the_asker_to_prepare_mends_it_alone() -> None:
    tried = given(*START_ASKED, *approvals(2, REGION)).when(SECRETARY, ForwardRequest(R, HEAD, "Siapkan"))
    assert tried.refused("asker_prepares").blocker("asker_prepares").cleared_by == (SECRETARY,)


def test_one_office_prepares_at_a_time() -> None:
    story = given(*START_ASKED, *approvals(2, REGION), Act(SECRETARY, ForwardRequest(R, REGION, "Siapkan")))
    tried = story.when(SECRETARY, ForwardRequest(R, OTHER_HEAD, "Siapkan")).refused("forwarded_already")
    assert tried.blockers[0].cleared_by == (REGION,)
    vacant = replace(world(), directory=directory(vacant=(OTHER_HEAD,)))
    given(*START_ASKED, *approvals(2, REGION)).during(vacant).when(
        SECRETARY, ForwardRequest(R, OTHER_HEAD, "Siapkan")
    ).refused("addressee_vacant")


def test_who_prepares_says_something_on_a_request_that_exists() -> None:
    story = given(*START_ASKED, *approvals(2, REGION), Act(SECRETARY, ForwardRequest(R, REGION, "Siapkan")))
    story.when(REGION, NotePreparation(R, " ")).refused("text_missing")
    story.when(REGION, NotePreparation("x", "Ada")).refused("request_unknown")
    story.when(MENTOR, NotePreparation(R, "Ada")).refused("not_preparing")


def test_what_may_be_shared_and_prepared_is_offered_to_whom_it_concerns() -> None:
    story = given(*START_ASKED, *approvals(2, REGION), Act(SECRETARY, ForwardRequest(R, REGION, "Siapkan")))
    for office, share, note in ((SECRETARY, True, False), (REGION, False, True)):
        found = {one.act: one.may for one in overview(story.commitment, story.context(office))}
        assert (found["share"], found["note_preparation"]) == (share, note), office


def test_while_the_commitment_is_private_who_prepares_it_stands_in_its_line() -> None:
    checked = given(*SIGN_CHECKED)
    checked.when(SECRETARY, ForwardRequest(f"{K}.r1", OTHER_HEAD, "Siapkan")).refused("addressee_out_of_scope")
    checked.when(SECRETARY, ForwardRequest(f"{K}.r1", PIC, "Siapkan")).then(RequestForwarded)
