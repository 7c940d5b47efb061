from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.delegating import delegated, given_to
from tests.support.directory import directory, grant, holder
from tests.support.world import (
    AUDITOR,
    AUTUMN,
    COMPLETE_ASKED,
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    MENTOR,
    NEIGHBOUR,
    PAPERS,
    PHOTO,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGN_CHECKED,
    SIGNING,
    SPRING,
    STARTED,
    VERIFIED,
    Act,
    K,
    Story,
    World,
    approvals,
    given,
    holder_of,
    signature,
    world,
)
from workflows.blockers import overview
from workflows.commands import (
    AnswerMatter,
    ApproveRequest,
    CloseMatter,
    MakeClaim,
    OpenRequest,
    RecordFinding,
    ReturnMatter,
)
from workflows.errors import CalendarEnds
from workflows.facts import FindingAnswered, FindingClosed, FindingRecorded, FindingReturned, StateChanged

DUE = date(2022, 3, 15)
FINDING = RecordFinding(HEAD, DUE, "Daftar hadir tidak ada", PHOTO, item=1)
F1 = f"{K}.f1"
RECORDED = (*STARTED, Act(COORDINATOR, FINDING, SPRING))
ANSWERED = (*RECORDED, Act(HEAD, AnswerMatter(F1, "Terlampir", PHOTO)))
AUDITED = World(directory=directory(more=(grant(AUDITOR, organisation="61.03"),)))


def audited(*acts: Act) -> Story:
    """The story of these acts where the external auditor has a grant."""
    return given(*acts, world=AUDITED)


def test_a_finding_names_its_number_its_addressee_and_what_is_owed() -> None:
    story = given(*STARTED).when(COORDINATOR, FINDING, at=SPRING).then(FindingRecorded)
    found = story.new[0]
    assert isinstance(found, FindingRecorded)
    assert (found.matter, found.number, found.office, found.addressee, found.item) == (F1, 1, COORDINATOR, HEAD, 1)
    owed = story.commitment.owed["finding-1"].obligation
    assert (owed.kind, owed.subject, owed.office, owed.due_on) == ("finding", F1, HEAD, DUE)
    assert (owed.ladder, owed.given_by) == ("finding", COORDINATOR)
    assert story.commitment.matters[F1].status == "open"
    again = story.when(PROVINCE, replace(FINDING, item=None)).then(FindingRecorded)
    assert list(again.commitment.matters) == [F1, f"{K}.f2"]


def test_an_auditor_records_a_finding_within_a_grant_and_nothing_outside_it() -> None:
    audited(*STARTED).when(AUDITOR, FINDING, at=SPRING).then(FindingRecorded)
    given(*STARTED).when(AUDITOR, FINDING, at=SPRING).refused("out_of_scope")


@pytest.mark.parametrize("office", [HEAD, PIC, REGION, MENTOR])
def test_only_a_role_that_may_records_a_finding(office: str) -> None:
    tried = given(*STARTED).when(office, replace(FINDING, addressee=SECRETARY), at=SPRING).refused("role_may_not")
    assert SECRETARY in tried.blocker("role_may_not").cleared_by


def test_a_finding_rests_on_words_and_evidence() -> None:
    story = given(*STARTED)
    bare = replace(FINDING, text=" ", evidence=())
    story.when(COORDINATOR, bare, at=SPRING).refused("text_missing", "evidence_missing")
    empty = (replace(PHOTO[0], size_bytes=0),)
    story.when(COORDINATOR, replace(FINDING, evidence=empty), at=SPRING).refused("evidence_invalid")


def test_a_finding_is_about_an_item_in_the_plan_or_the_whole() -> None:
    story = given(*STARTED)
    story.when(COORDINATOR, replace(FINDING, item=9), at=SPRING).refused("item_unknown")
    story.when(COORDINATOR, replace(FINDING, item=None), at=SPRING).then(FindingRecorded)


def test_a_finding_is_addressed_to_another_office_that_sees_the_commitment() -> None:
    story = given(*STARTED)
    for addressee, code in (
        ("61.nowhere", "addressee_unknown"),
        (COORDINATOR, "addressee_is_asker"),
        (NEIGHBOUR, "addressee_out_of_scope"),
    ):
        story.when(COORDINATOR, replace(FINDING, addressee=addressee), at=SPRING).refused(code)


def test_nobody_addresses_a_finding_to_an_office_of_their_own() -> None:
    both = directory(more=(holder(HEAD, holder_of(COORDINATOR)),))
    story = given(*STARTED).during(replace(world(), directory=both))
    story.when(COORDINATOR, FINDING, at=SPRING).refused("addressee_is_asker")


def test_a_vacant_office_answers_nothing() -> None:
    story = given(*STARTED).during(replace(world(), directory=directory(vacant=(HEAD,))))
    tried = story.when(COORDINATOR, FINDING, at=SPRING).refused("addressee_vacant")
    assert tried.blocker("addressee_vacant").cleared_by == ("61.admin",)


def test_the_due_day_is_ahead_and_inside_the_calendar() -> None:
    story = given(*STARTED)
    yesterday = story.context(COORDINATOR, at=SPRING).today - timedelta(days=1)
    story.when(COORDINATOR, replace(FINDING, due_on=yesterday), at=SPRING).refused("due_in_past")
    story.when(COORDINATOR, replace(FINDING, due_on=yesterday + timedelta(days=1)), at=SPRING).passes()
    story.when(COORDINATOR, replace(FINDING, due_on=date(2024, 2, 1)), at=SPRING).refused("calendar_ends")


def test_a_finding_stands_against_a_closed_commitment_too_but_never_against_a_private_draft() -> None:
    late = replace(FINDING, due_on=date(2022, 12, 1), item=None)
    given(*COMPLETED).when(PROVINCE, late).then(FindingRecorded)
    tried = given(*DRAFTED).when(PROVINCE, late).refused("act_not_in_state")
    assert "drafted" not in tried.blocker("act_not_in_state").facts["states"].split(", ")
    assert tried.blocker("act_not_in_state").cleared_by


def test_the_addressee_answers_and_owes_the_answer_no_more() -> None:
    story = given(*RECORDED).when(HEAD, AnswerMatter(F1, "Terlampir", PHOTO)).then(FindingAnswered)
    matter = story.commitment.matters[F1]
    assert (matter.status, matter.answers[0].text, matter.answers[0].office) == ("answered", "Terlampir", HEAD)
    assert story.commitment.owed["finding-1"].status == "met"
    more = story.when(HEAD, AnswerMatter(F1, "Satu berkas lagi", PHOTO)).then(FindingAnswered)
    assert len(more.commitment.matters[F1].answers) == 2


@pytest.mark.parametrize("office", [PIC, REGION, COORDINATOR])
def test_nobody_answers_for_the_addressee(office: str) -> None:
    tried = given(*RECORDED).when(office, AnswerMatter(F1, "Saya saja")).refused("not_the_addressee")
    assert tried.blocker("not_the_addressee").cleared_by == (HEAD,)


def test_an_answer_has_words_and_sound_files() -> None:
    empty = (replace(PHOTO[0], size_bytes=0),)
    given(*RECORDED).when(HEAD, AnswerMatter(F1, "", empty)).refused("text_missing", "evidence_invalid")


def test_an_answer_that_is_sent_back_is_owed_again_within_the_workflows_limit() -> None:
    story = given(*ANSWERED).when(COORDINATOR, ReturnMatter(F1, "Mohon lengkapi")).then(FindingReturned)
    owed, matter = story.commitment.owed["finding-1"], story.commitment.matters[F1]
    assert (owed.status, owed.obligation.round, owed.obligation.office) == ("open", 2, HEAD)
    assert owed.obligation.due_on > date(2022, 3, 1)
    assert matter.status == "open"
    assert matter.returned is not None
    assert matter.returned.text == "Mohon lengkapi"
    story.when(HEAD, AnswerMatter(F1, "Lengkap")).then(FindingAnswered)


def test_the_files_of_a_finding_and_its_answers_are_the_commitments() -> None:
    story = given(
        *SIGN_CHECKED,
        Act(SECRETARY, signature(mode="wet_ink", scan=PAPERS[0]), SIGNING + timedelta(hours=1)),
        Act(PIC, MakeClaim(1, Decimal(5), PAPERS[1:2]), SPRING),
        Act(COORDINATOR, FINDING),
        Act(HEAD, AnswerMatter(F1, "Terlampir", PAPERS[2:])),
    )
    assert {one.digest for one in story.commitment.files} == {one.digest for one in (*PAPERS, *PHOTO)}


def test_no_answer_is_owed_again_by_a_version_that_knows_none() -> None:
    other = replace(world(), definition=replace(world().definition, answers={}))
    story = given(*ANSWERED).during(other)
    story.when(COORDINATOR, ReturnMatter(F1, "Kurang")).refused("act_not_of_matter")
    story.when(COORDINATOR, CloseMatter(F1, "Cukup")).then(FindingClosed)


def test_without_an_answer_nothing_is_sent_back() -> None:
    tried = given(*RECORDED).when(COORDINATOR, ReturnMatter(F1, "Mana?")).refused("answer_missing")
    assert tried.blocker("answer_missing").cleared_by == (HEAD,)


def test_an_answer_is_not_owed_past_the_calendar() -> None:
    story = given(*ANSWERED)
    late = story.context(COORDINATOR).now + timedelta(days=670)
    story.when(COORDINATOR, ReturnMatter(F1, "Kurang"), at=late).refused("calendar_ends")
    assert CalendarEnds("x", DUE).day == DUE


def test_who_recorded_a_finding_closes_it_with_words() -> None:
    story = given(*ANSWERED)
    story.when(COORDINATOR, CloseMatter(F1, " ")).refused("text_missing")
    closed = story.when(COORDINATOR, CloseMatter(F1, "Sudah lengkap")).then(FindingClosed)
    matter = closed.commitment.matters[F1]
    assert matter.closing is not None
    assert (matter.status, matter.closing.text) == ("closed", "Sudah lengkap")
    closed.when(COORDINATOR, CloseMatter(F1, "Sekali lagi")).refused("matter_closed")
    closed.when(HEAD, AnswerMatter(F1, "Lagi")).refused("matter_closed")


def test_a_finding_that_was_mistaken_is_closed_without_an_answer_and_owes_none() -> None:
    closed = given(*RECORDED).when(COORDINATOR, CloseMatter(F1, "Keliru, berkasnya ada")).then(FindingClosed)
    assert closed.commitment.owed["finding-1"].status == "closed"


@pytest.mark.parametrize("office", [REGION, PROVINCE, SECRETARY])
def test_nobody_else_closes_a_finding(office: str) -> None:
    tried = given(*ANSWERED).when(office, CloseMatter(F1, "Cukup")).refused("not_the_raiser")
    assert tried.blocker("not_the_raiser").cleared_by == (COORDINATOR,)


def test_the_addressee_never_closes_a_finding_neither_as_office_nor_as_person() -> None:
    story = given(*ANSWERED)
    story.when(HEAD, CloseMatter(F1, "Cukup")).refused("not_the_raiser", "addressee_judges")
    both = story.during(replace(world(), directory=directory(more=(holder(COORDINATOR, holder_of(HEAD)),))))
    tried = both.when(COORDINATOR, CloseMatter(F1, "Cukup"), person=holder_of(HEAD)).refused("addressee_judges")
    assert tried.blocker("addressee_judges").facts["office"] == HEAD


def test_who_answered_does_not_close_after_moving_to_another_office() -> None:
    moved = directory(vacant=(HEAD,), more=(holder(HEAD, "new head"), holder(COORDINATOR, holder_of(HEAD))))
    story = given(*ANSWERED).during(replace(world(), directory=moved))
    story.when(COORDINATOR, CloseMatter(F1, "Cukup"), person=holder_of(HEAD)).refused("addressee_judges")


def test_a_delegation_defeats_no_four_eyes_on_a_finding() -> None:
    answerer = given(*RECORDED).during(delegated(given_to(HEAD, SECRETARY, ends_on=DUE)))
    answered = answerer.when(SECRETARY, AnswerMatter(F1, "Terlampir"), on_behalf_of=HEAD).then(FindingAnswered)
    assert answered.commitment.matters[F1].answers[0].delegate == SECRETARY
    both = directory(more=(holder(COORDINATOR, holder_of(SECRETARY)),))
    changed = answered.during(replace(world(), directory=both))
    changed.when(COORDINATOR, CloseMatter(F1, "Cukup"), person=holder_of(SECRETARY)).refused("addressee_judges")
    closer = given(*ANSWERED).during(delegated(given_to(COORDINATOR, HEAD, ends_on=DUE)))
    closer.when(HEAD, CloseMatter(F1, "Cukup"), on_behalf_of=COORDINATOR).refused("addressee_judges")


def test_nobody_raises_on_anothers_behalf_what_is_addressed_to_themselves() -> None:
    story = given(*STARTED).during(delegated(given_to(COORDINATOR, HEAD, ends_on=DUE)))
    story.when(HEAD, FINDING, at=SPRING, on_behalf_of=COORDINATOR).refused("addressee_is_asker")


def test_where_nobody_who_recorded_it_can_close_it_another_that_may_record_does() -> None:
    story = audited(*STARTED, Act(AUDITOR, FINDING, SPRING))
    without_grant = story.during(world())
    tried = without_grant.when(REGION, CloseMatter(F1, "Pemeriksa sudah selesai"))
    assert set(tried.refused("not_the_raiser").blocker("not_the_raiser").cleared_by) >= {SECRETARY, COORDINATOR}
    without_grant.when(COORDINATOR, CloseMatter(F1, "Pemeriksa sudah selesai")).then(FindingClosed)
    story.when(COORDINATOR, CloseMatter(F1, "Terlalu cepat")).refused("not_the_raiser")


def test_a_matter_that_is_not_there_is_named() -> None:
    tried = given(*STARTED).when(HEAD, AnswerMatter(F1, "Apa?")).refused("matter_unknown")
    assert tried.blocker("matter_unknown").cleared_by == (HEAD,)


def test_an_open_finding_blocks_completion_when_it_is_asked_for() -> None:
    story = given(*VERIFIED, Act(COORDINATOR, replace(FINDING, item=None)))
    complete = OpenRequest("complete", evidence=PAPERS)
    blocker = story.when(HEAD, complete).refused("findings_open").blocker("findings_open")
    assert (blocker.facts["findings"], blocker.cleared_by) == (F1, (HEAD,))
    assert blocker.until == story.commitment.owed["finding-1"].obligation.due_at
    answered = story.does(Act(HEAD, AnswerMatter(F1, "Terlampir")))
    blocker = answered.when(HEAD, complete).refused("findings_open").blocker("findings_open")
    assert (blocker.cleared_by, blocker.until) == ((COORDINATOR,), None)
    answered.does(Act(COORDINATOR, CloseMatter(F1, "Lengkap"))).when(HEAD, complete).passes()


def test_a_finding_voids_a_completion_which_is_asked_again_once_it_is_closed() -> None:
    late = replace(FINDING, item=None, due_on=date(2022, 11, 1))
    found = Act(COORDINATOR, late, AUTUMN + timedelta(days=1))
    story = given(*COMPLETE_ASKED, *approvals(3, REGION), found)
    story.when(SECRETARY, ApproveRequest(f"{K}.r3")).refused("request_closed")
    closed = story.does(Act(COORDINATOR, CloseMatter(F1, "Sudah sesuai")))
    again = closed.does(Act(HEAD, OpenRequest("complete", evidence=PAPERS)))
    for act in approvals(4, REGION, SECRETARY, COORDINATOR):
        again = again.does(act)
    assert isinstance(again.when(PROVINCE, ApproveRequest(f"{K}.r4")).passes().new[1], StateChanged)


def test_a_finding_outlives_the_end_of_its_commitment() -> None:
    leave = OpenRequest("withdraw", reason="tanpa_anggaran", evidence=PHOTO)
    story = given(*RECORDED, Act(REGION, leave), *approvals(3, SECRETARY, PROVINCE))
    assert story.commitment.state == "withdrawn"
    assert story.commitment.matters[F1].status == "open"
    assert story.commitment.owed["finding-1"].status == "closed"
    story.when(HEAD, AnswerMatter(F1, "Tetap kami jawab")).then(FindingAnswered)


def test_the_overview_offers_what_each_side_may_do_with_a_finding() -> None:
    story = given(*ANSWERED)

    def may(office: str) -> set[tuple[str, str]]:
        offered = overview(story.commitment, story.context(office))
        return {(one.act, one.on) for one in offered if one.may and one.on == F1}

    assert may(HEAD) == {("answer", F1)}
    assert may(COORDINATOR) == {("send_back", F1), ("close", F1)}
    assert may(REGION) == set()
    closed = story.does(Act(COORDINATOR, CloseMatter(F1, "Lengkap")))
    assert F1 not in {one.on for one in overview(closed.commitment, closed.context(HEAD))}
