from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.directory import directory, holder, organisation
from tests.support.world import (
    ADMIN,
    AUTUMN,
    COORDINATOR,
    DRAFTED,
    HEAD,
    MENTOR,
    NEIGHBOUR,
    NEW_YEAR,
    OPENED,
    OTHER_HEAD,
    OWNER,
    PAPER,
    PAPERS,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    START_ASKED,
    STARTED,
    VERIFIED,
    Act,
    K,
    World,
    amendment,
    approvals,
    draft,
    given,
    item,
    signature,
    world,
)
from workflows.blockers import blockers
from workflows.commands import (
    EditDraft,
    GiveOpinion,
    MakeClaim,
    OpenRequest,
    ReturnClaim,
    ReturnRequest,
    WithdrawRequest,
)
from workflows.definition import Heard, Limit
from workflows.facts import (
    Evidence,
    OpinionGiven,
    OpinionInvited,
    RequestApproved,
    RequestOpened,
    RequestWithdrawn,
    StepReached,
)

START = OpenRequest("start", evidence=PAPER)


def test_a_request_waits_for_the_first_step_with_its_due_day_in_working_days() -> None:
    story = given(*SIGNED).when(HEAD, START, at=NEW_YEAR).then(RequestOpened, StepReached)
    reached = story.new[1]
    assert isinstance(reached, StepReached)
    assert (reached.request, reached.step, reached.office, reached.skipped) == (f"{K}.r2", "check", REGION, ())
    assert reached.obligation.due_on == date(2022, 1, 7)
    assert story.commitment.owed["r2/check"].is_open


def test_a_request_says_from_where_to_where_and_what_was_asked() -> None:
    opened = given(*START_ASKED).new[0]
    assert isinstance(opened, RequestOpened)
    assert (opened.number, opened.move, opened.asked_by) == (2, "start", HEAD)
    assert (opened.from_state, opened.to_state) == ("signed", "in_replication")
    assert len(opened.substance) == 64


def test_an_unknown_move_is_refused_with_the_moves_there_are() -> None:
    tried = given(*SIGNED).when(HEAD, OpenRequest("celebrate")).refused("move_unknown")
    assert "start" in tried.blocker("move_unknown").facts["known"]


def test_a_move_is_asked_only_in_its_states() -> None:
    tried = given(*DRAFTED).when(HEAD, START).refused("not_in_state", "signature_missing")
    assert tried.blocker("not_in_state").facts["sources"] == "signed"
    assert tried.blocker("signature_missing").cleared_by == (SECRETARY,)


@pytest.mark.parametrize("office", [REGION, SECRETARY, PIC, COORDINATOR])
def test_a_move_is_asked_by_its_roles_alone(office: str) -> None:
    tried = given(*SIGNED).when(office, START)
    assert tried.codes[0] == "role_may_not"
    assert tried.blocker("role_may_not").cleared_by == (HEAD,)


def test_another_agency_of_the_party_sees_only_what_names_it_and_asks_nothing() -> None:
    given(*SIGNED).when(OTHER_HEAD, START).refused("out_of_scope")
    shared = given(Act(REGION, draft(items=(item(1, agency=OTHER_HEAD),))))
    shared.when(OTHER_HEAD, OpenRequest("sign")).refused("role_may_not")


def test_an_office_out_of_scope_learns_nothing_else() -> None:
    given(*SIGNED).when(NEIGHBOUR, OpenRequest("celebrate")).refused("out_of_scope")
    given(*SIGNED).when(NEIGHBOUR, WithdrawRequest(f"{K}.r9")).refused("out_of_scope")


def test_nobody_acts_on_behalf_of_another_office_without_a_delegation() -> None:
    story = given(*SIGNED)
    context = story.world.context(REGION, f"holder of {REGION}", NEW_YEAR, HEAD)
    assert [blocker.code for blocker in blockers(story.state, START, context)] == ["delegation_unknown"]


def test_one_request_at_most_is_open() -> None:
    tried = given(*START_ASKED).when(HEAD, START).refused("request_open")
    blocker = tried.blocker("request_open")
    assert blocker.cleared_by == (REGION, HEAD)
    assert blocker.until == given(*START_ASKED).commitment.owed["r2/check"].obligation.due_at


def test_a_move_wants_its_evidence_and_evidence_is_a_stored_file() -> None:
    empty, cut = Evidence("a" * 64, "kosong.pdf", "application/pdf", 0), Evidence("abc", "x.pdf", "application/pdf", 9)
    given(*SIGNED).when(HEAD, OpenRequest("start")).refused("evidence_missing")
    given(*SIGNED).when(HEAD, OpenRequest("start", evidence=(empty,))).refused("evidence_invalid")
    tried = given(*SIGNED).when(HEAD, OpenRequest("start", evidence=(*PAPER, cut))).refused("evidence_invalid")
    assert tried.blocker("evidence_invalid").facts["files"] == "x.pdf"


def test_completion_needs_a_file_for_each_kind_of_evidence_and_the_same_file_twice_is_one() -> None:
    story = given(*VERIFIED)
    for papers in ((), PAPERS[:1], PAPERS[:2], (*PAPERS[:2], PAPERS[0])):
        tried = story.when(HEAD, OpenRequest("complete", evidence=papers), at=AUTUMN).refused("evidence_missing")
        missing = tried.blocker("evidence_missing")
        assert missing.facts["wanted"] == "Laporan evaluasi, SOP atau peraturan, Catatan layanan"
        assert missing.cleared_by == (HEAD,)
    story.when(HEAD, OpenRequest("complete", evidence=PAPERS), at=AUTUMN).then(RequestOpened, StepReached)


@pytest.mark.parametrize(
    ("reason", "text", "code"),
    [
        (None, "", "reason_missing"),
        ("", "", "reason_missing"),
        ("kurang_semangat", "", "reason_unknown"),
        ("lainnya", "terlalu pendek", "reason_text_short"),
        ("lainnya", " " * 40, "reason_text_short"),
    ],
)
def test_a_reason_comes_from_the_moves_catalogue(reason: str | None, text: str, code: str) -> None:
    command = OpenRequest("withdraw", reason=reason, text=text, evidence=PAPER)
    given(*SIGNED).when(REGION, command).refused(code)


def test_the_reason_lainnya_stands_with_twenty_characters_of_text() -> None:
    command = OpenRequest("withdraw", reason="lainnya", text="x" * 20, evidence=PAPER)
    given(*SIGNED).when(REGION, command).then(RequestOpened, StepReached)


def test_a_move_without_a_catalogue_takes_no_reason_and_without_a_plan_no_items() -> None:
    command = OpenRequest("start", reason="lainnya", evidence=PAPER, items=(item(1),))
    given(*SIGNED).when(HEAD, command).refused("reason_unknown", "plan_not_asked")


def test_a_move_that_carries_a_plan_wants_a_sound_one_that_differs() -> None:
    started = given(*STARTED)
    in_force = started.commitment.items
    started.when(HEAD, OpenRequest("amend", reason="kendala_teknis", evidence=PAPER)).refused("plan_missing")
    started.when(HEAD, amendment(*in_force)).refused("plan_unchanged")
    started.when(HEAD, amendment()).refused("plan_incomplete")
    started.when(HEAD, amendment(*in_force, item(4, budget_idr=-1))).refused("budget_negative")


def test_a_plan_is_signed_only_when_every_item_says_what_how_much_who_and_from_which_fund() -> None:
    gaps = (item(1, indicator=""), item(2), item(3, fund=""))
    tried = given(Act(REGION, draft(items=gaps))).when(HEAD, OpenRequest("sign")).refused("plan_incomplete")
    assert tried.blocker("plan_incomplete").facts["items"] == "1, 3"
    assert tried.blocker("plan_incomplete").cleared_by == (REGION, HEAD)


def test_no_item_may_end_before_the_signature_is_asked_for() -> None:
    early = item(1, starts_on=date(2021, 11, 1), ends_on=date(2021, 11, 26))
    tried = given(Act(REGION, draft(items=(early, item(2))))).when(HEAD, OpenRequest("sign"))
    tried.refused("item_ends_before_signature")
    assert tried.blocker("item_ends_before_signature").facts["items"] == "1"


def test_replication_starts_only_with_a_pic_who_holds_the_office() -> None:
    nobody = replace(world(), directory=directory(vacant=[PIC]))
    given(*SIGNED).during(nobody).when(HEAD, START).refused("pic_missing")
    unnamed = given(Act(REGION, draft(pic="")), *SIGNED[1:])
    tried = unnamed.when(HEAD, START).refused("pic_missing")
    assert tried.blocker("pic_missing").cleared_by == (HEAD,)
    assert unnamed.commitment.owed["item-1"].obligation.office == HEAD


def test_completion_waits_until_every_item_is_verified_and_says_who_can_do_what() -> None:
    half = given(*VERIFIED[:-4])
    tried = half.when(HEAD, OpenRequest("complete", evidence=PAPERS)).refused("items_unverified")
    blocker = tried.blocker("items_unverified")
    assert blocker.facts["items"] == "3"
    assert blocker.cleared_by == (PIC,)
    assert blocker.until == half.commitment.owed["item-3"].obligation.due_at
    waiting = given(*VERIFIED[:-1])
    blocked = waiting.when(HEAD, OpenRequest("complete", evidence=PAPERS)).blocker("items_unverified")
    assert (blocked.cleared_by, blocked.until) == ((REGION,), None)


def test_after_a_return_only_changed_substance_restarts_the_chain() -> None:
    returned = given(*START_ASKED, Act(REGION, ReturnRequest(f"{K}.r2", "bukti_kurang")))
    tried = returned.when(HEAD, START).refused("substance_unchanged")
    assert tried.blocker("substance_unchanged").facts["request"] == f"{K}.r2"
    better = OpenRequest("start", evidence=(*PAPER, Evidence("c" * 64, "sk.pdf", "application/pdf", 5)))
    story = returned.when(HEAD, better).then(RequestOpened, StepReached)
    assert story.commitment.open_request is not None
    assert story.commitment.open_request.opened.number == 3


def test_a_returned_draft_may_be_asked_again_once_it_was_edited() -> None:
    returned = given(*SIGN_ASKED, Act(REGION, ReturnRequest(f"{K}.r1", "rencana_belum_jelas")))
    returned.when(HEAD, OpenRequest("sign")).refused("substance_unchanged")
    edited = returned.when(HEAD, EditDraft(replication_scope="partial")).done
    edited.when(HEAD, OpenRequest("sign")).then(RequestOpened, StepReached)


def test_the_asker_takes_an_open_request_back_and_nobody_else_does() -> None:
    asked = given(*START_ASKED)
    tried = asked.when(REGION, WithdrawRequest(f"{K}.r2")).refused("not_the_asker")
    assert tried.blocker("not_the_asker").cleared_by == (HEAD,)
    story = asked.when(HEAD, WithdrawRequest(f"{K}.r2", "keliru")).then(RequestWithdrawn)
    assert story.commitment.requests[f"{K}.r2"].status == "withdrawn"
    assert story.commitment.owed["r2/check"].status == "closed"
    story.when(HEAD, WithdrawRequest(f"{K}.r2")).refused("request_closed")
    story.when(HEAD, WithdrawRequest(f"{K}.r7")).refused("request_unknown")
    story.when(HEAD, START).then(RequestOpened, StepReached)


COMPLETE_CHECKED = (*VERIFIED, Act(HEAD, OpenRequest("complete", evidence=PAPERS), AUTUMN), *approvals(3, REGION))


def test_an_office_is_heard_once_its_step_has_passed_and_never_blocks() -> None:
    story = given(*COMPLETE_CHECKED)
    invited = story.new[-1]
    assert isinstance(invited, OpinionInvited)
    assert (invited.office, invited.due_on) == (MENTOR, date(2022, 10, 10))
    said = story.when(MENTOR, GiveOpinion(f"{K}.r3", "Layanan sudah berjalan")).then(OpinionGiven)
    said.when(MENTOR, GiveOpinion(f"{K}.r3", "Lagi")).refused("acted_already")
    given(*COMPLETE_CHECKED, *approvals(3, SECRETARY, COORDINATOR, PROVINCE))


def test_an_opinion_is_the_invited_offices_own_says_something_and_comes_while_the_request_is_open() -> None:
    story = given(*COMPLETE_CHECKED)
    tried = story.when(ADMIN, GiveOpinion(f"{K}.r3", "")).refused("not_invited", "text_missing")
    assert tried.blocker("not_invited").cleared_by == (MENTOR,)
    story.when(MENTOR, GiveOpinion(f"{K}.r8", "Baik")).refused("request_unknown")
    story.when(MENTOR, GiveOpinion(f"{K}.r3", "Baik"), person="somebody").refused("not_a_holder")
    taken_back = story.when(HEAD, WithdrawRequest(f"{K}.r3")).done
    taken_back.when(MENTOR, GiveOpinion(f"{K}.r3", "Baik")).refused("request_closed")


def test_a_vacant_office_is_not_asked_for_its_opinion() -> None:
    nobody = replace(world(), directory=directory(vacant=[MENTOR]))
    asked = given(*COMPLETE_CHECKED[:-1]).during(nobody)
    asked.when(REGION, approvals(3, REGION)[0].command).then(RequestApproved, StepReached)


def hearing_at_once(role: str) -> World:
    definition = world().definition
    start = replace(definition.moves["start"], heard=(Heard(role, Limit(3)),))
    return replace(world(), definition=replace(definition, moves={**definition.moves, "start": start}))


def test_an_office_named_for_the_beginning_is_heard_at_once() -> None:
    story = given(*SIGNED).during(hearing_at_once("owner"))
    invited = story.when(HEAD, START, at=NEW_YEAR).then(RequestOpened, StepReached, OpinionInvited).new[-1]
    assert isinstance(invited, OpinionInvited)
    assert (invited.role, invited.office) == ("owner", OWNER)


def test_neither_a_missing_owner_nor_the_asker_is_heard() -> None:
    ownerless = replace(
        hearing_at_once("owner"), programme=replace(OPENED, subjects=(replace(OPENED.subjects[0], owner_office=None),))
    )
    gone = replace(hearing_at_once("owner"), programme=replace(OPENED, subjects=()))
    for other in (ownerless, gone, hearing_at_once("agency_head"), hearing_at_once("innovation_owner")):
        given(*SIGNED).during(other).when(HEAD, START, at=NEW_YEAR).then(RequestOpened, StepReached)


def test_a_request_whose_due_day_no_calendar_knows_is_refused() -> None:
    far = NEW_YEAR.replace(year=2023, month=12, day=28)
    tried = given(*SIGNED).when(HEAD, START, at=far).refused("calendar_ends")
    assert tried.blocker("calendar_ends").facts["day"] == "2024-01-01"


def test_no_day_is_counted_with_a_calendar_that_nobody_adopted() -> None:
    elsewhere = replace(organisation("61.03", "61"), calendar="mars")
    other = replace(world(), directory=directory(more=[elsewhere]))
    tried = given(*SIGNED).during(other).when(HEAD, START).refused("calendar_unknown")
    assert tried.blocker("calendar_unknown").facts["calendar"] == "mars"
    story = given(*SIGN_CHECKED).during(other)
    story.when(SECRETARY, signature(), at=NEW_YEAR).refused("calendar_unknown")
    waiting = given(*STARTED, Act(PIC, MakeClaim(1, Decimal(100), PAPER))).during(other)
    waiting.when(REGION, ReturnClaim(f"{K}.c1", "bukti_kurang")).refused("calendar_unknown")


def test_a_move_without_a_step_that_stands_never_takes_effect() -> None:
    definition = world().definition
    start = replace(definition.moves["start"], steps=())
    stepless = replace(world(), definition=replace(definition, moves={**definition.moves, "start": start}))
    given(*SIGNED).during(stepless).when(HEAD, START).refused("step_unfillable")


def test_a_commitment_that_was_withdrawn_is_asked_nothing_more() -> None:
    leave = OpenRequest("withdraw", reason="perubahan_kebijakan", evidence=PAPER)
    left = given(*DRAFTED, Act(REGION, leave), *approvals(1, SECRETARY))
    assert left.commitment.state == "withdrawn"
    left.when(REGION, leave).refused("not_in_state")


def test_a_later_holder_may_take_the_request_back_because_duties_move_with_the_office() -> None:
    successor = holder(HEAD, "successor", starts_on=date(2022, 1, 1))
    changed = replace(world(), directory=directory(more=[successor]))
    asked = given(*START_ASKED).during(changed)
    asked.when(HEAD, WithdrawRequest(f"{K}.r2"), person="successor", at=NEW_YEAR + timedelta(days=1)).then(
        RequestWithdrawn
    )
