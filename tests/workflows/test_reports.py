from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.support.directory import CALENDAR
from tests.support.reporting import (
    AFTER_B03,
    IN_B03,
    IN_B06,
    LATE_B03,
    PLAN,
    ReportingWorld,
    claim,
    report,
    reported,
    signed,
    text,
)
from tests.support.world import (
    COORDINATOR,
    DRAFTED,
    HEAD,
    NEIGHBOUR,
    OTHER_HEAD,
    PARTY,
    PIC,
    PROGRAMME,
    REGION,
    SECRETARY,
    SIGNED,
    Act,
    K,
    draft,
    given,
    holder_of,
)
from workflows.blockers import blockers, overview
from workflows.calendar import Calendar
from workflows.commands import CheckClaim, FollowPeriod, ReturnClaim, SubmitReport
from workflows.context import Context
from workflows.definition_yaml import parse
from workflows.facts import (
    ClaimMade,
    Evidence,
    Nihil,
    ObligationsArisen,
    PeriodClosed,
    PeriodExtended,
    PeriodReopened,
    ReportDueMoved,
    ReportSubmitted,
)

EXTENDED = PeriodExtended(PROGRAMME, "B03", (PARTY,), date(2022, 4, 22), date(2022, 5, 20), "Banjir", COORDINATOR)


def test_a_report_is_one_act_with_a_receipt_and_a_claim_for_each_item_with_progress() -> None:
    story = signed().when(HEAD, report(claim(1, 50), claim(3, 10)), at=IN_B03)
    submitted, first, second = story.then(ReportSubmitted, ClaimMade, ClaimMade).new
    assert isinstance(submitted, ReportSubmitted)
    assert isinstance(first, ClaimMade)
    assert isinstance(second, ClaimMade)
    assert (submitted.report, submitted.receipt) == (f"{K}.B03.1", "KALBAR-2022-6103-pikobar/B03/1")
    assert (submitted.prepared_by, submitted.office, submitted.late) == (PIC, HEAD, False)
    assert submitted.claims == (first.claim, second.claim) == (f"{K}.c1", f"{K}.c2")
    assert submitted.nihil == (Nihil(2, "Belum dimulai"), Nihil(4, "Belum dimulai"))
    assert (first.report, first.period, first.verifier) == (submitted.report, "B03", REGION)
    assert story.done.commitment.progress[1].claimed_value == 50


def test_a_second_report_of_a_period_has_the_next_number_and_need_not_speak_of_all() -> None:
    story = reported(claim(1, 50)).when(HEAD, report(claim(2, 5), rest=""))
    assert story.then(ReportSubmitted, ClaimMade).commitment.reports[f"{K}.B03.2"].submitted.receipt.endswith("/B03/2")


def test_the_first_report_speaks_of_every_running_item() -> None:
    tried = signed().when(HEAD, report(claim(1, 50), rest=""), at=IN_B03).refused("report_incomplete")
    assert tried.blocker("report_incomplete").facts["items"] == "2, 3, 4"
    nothing = tuple(Nihil(number, "Menunggu anggaran") for number in (2, 3, 4))
    told = signed().when(HEAD, report(claim(1, 50), rest="", nihil=nothing), at=IN_B03).then(ReportSubmitted, ClaimMade)
    assert told.commitment.reports[f"{K}.B03.1"].submitted.nihil == nothing


def test_an_item_without_progress_keeps_its_own_reason_beside_that_of_the_rest() -> None:
    own = report(claim(1, 50), nihil=(Nihil(3, " Menunggu anggaran "),))
    submitted = signed().when(HEAD, own, at=IN_B03).then(ReportSubmitted, ClaimMade).new[0]
    assert isinstance(submitted, ReportSubmitted)
    assert submitted.nihil == (Nihil(3, "Menunggu anggaran"), Nihil(2, "Belum dimulai"), Nihil(4, "Belum dimulai"))


def test_a_report_may_be_nihil_altogether_but_says_why() -> None:
    signed().when(HEAD, report(), at=IN_B03).then(ReportSubmitted)
    signed().when(HEAD, report(rest=" "), at=IN_B03).refused("report_empty", "report_incomplete")
    blank = report(nihil=(Nihil(1, " "),))
    signed().when(HEAD, blank, at=IN_B03).refused("nihil_reason_missing")
    signed().when(HEAD, report(nihil=(Nihil(9, "Tidak ada"),)), at=IN_B03).refused("item_unknown")


def test_each_claim_of_a_report_is_held_to_the_rules_of_a_claim() -> None:
    bad = report(claim(9, 1), claim(1, -1), claim(2, 1, evidence=()), claim(3, 0), claim(3, 1))
    tried = signed().when(HEAD, bad, at=IN_B03)
    tried.refused("item_unknown", "value_not_positive", "evidence_missing", "value_not_positive", "item_reported_twice")
    assert [one.facts.get("item") for one in tried.blockers] == ["9", "1", "2", "3", None]
    empty = claim(1, 5, evidence=(Evidence("f" * 64, "kosong.pdf", "application/pdf", 0),))
    signed().when(HEAD, report(empty), at=IN_B03).refused("evidence_invalid")


def test_a_falling_cumulative_value_needs_its_reason_in_a_report_too() -> None:
    story = reported(claim(1, 50))
    again = story.when(REGION, ReturnClaim(f"{K}.c1", "bukti_kurang")).done
    assert again.commitment.progress[1].claimed_value == 0
    waiting = story.when(HEAD, report(claim(1, 40), rest=""))
    assert waiting.codes == ("claim_waiting", "value_falls")


def test_a_late_report_is_taken_and_marked_with_its_claims() -> None:
    story = reported(claim(1, 50), at=LATE_B03)
    assert story.commitment.reports[f"{K}.B03.1"].submitted.late
    assert story.commitment.claims[f"{K}.c1"].late
    assert not reported(claim(1, 50)).commitment.claims[f"{K}.c1"].late


def test_a_period_takes_reports_only_while_it_is_open() -> None:
    early = signed().when(HEAD, report(), at=IN_B03 - timedelta(days=10)).refused("period_not_open")
    assert early.blocker("period_not_open").until == datetime.fromisoformat("2022-03-24T00:00+07:00")
    late = signed().when(HEAD, report(), at=AFTER_B03).refused("period_closed")
    assert late.blocker("period_closed").cleared_by == (COORDINATOR,)
    assert signed().when(HEAD, report(period="B99"), at=IN_B03).codes == ("period_unknown",)


def test_a_period_that_was_opened_again_takes_late_reports() -> None:
    closed = PeriodClosed(PROGRAMME, "B03", (), LATE_B03, "Selesai", COORDINATOR)
    again = PeriodReopened(PROGRAMME, "B03", (PARTY,), date(2022, 6, 3), "Terlambat", COORDINATOR)
    opened = ReportingWorld(period_changes=(closed, again))
    story = signed().during(opened).when(HEAD, report(claim(1, 50)), at=AFTER_B03).done
    assert story.commitment.reports[f"{K}.B03.1"].submitted.late
    shut = ReportingWorld(period_changes=(closed,))
    signed().during(shut).when(HEAD, report(), at=LATE_B03).refused("period_closed")


@pytest.mark.parametrize("office", [PIC, REGION, SECRETARY])
def test_the_agencys_head_submits_and_nobody_else(office: str) -> None:
    tried = signed().when(office, report(), at=IN_B03).refused("role_may_not")
    assert tried.blocker("role_may_not").cleared_by == (HEAD,)


@pytest.mark.parametrize("office", [OTHER_HEAD, NEIGHBOUR])
def test_who_does_not_see_the_commitment_reports_nothing(office: str) -> None:
    signed().when(office, report(), at=IN_B03).refused("out_of_scope")


def test_a_report_without_a_preparer_is_prepared_by_whoever_submits_it() -> None:
    story = signed().when(HEAD, SubmitReport("B03", nihil_rest="Belum"), at=IN_B03).done
    submitted = story.commitment.reports[f"{K}.B03.1"].submitted
    assert (submitted.prepared_by, submitted.prepared_by_person) == (HEAD, holder_of(HEAD))


def test_nothing_is_reported_of_a_draft() -> None:
    draft = given(*DRAFTED, world=ReportingWorld())
    assert "claim_not_allowed" in draft.when(HEAD, report(), at=IN_B03).codes


def test_reports_stand_beside_single_claims_where_the_workflow_lets_them() -> None:
    story = given(*SIGNED).when(HEAD, report(claim(1, 50)), at=IN_B03).then(ReportSubmitted, ClaimMade)
    assert not [name for name in story.commitment.owed if name.startswith("report-")]


def test_returned_items_are_mended_even_after_the_period_closed() -> None:
    story = reported(claim(1, 50), claim(2, 5)).when(REGION, ReturnClaim(f"{K}.c1", "bukti_kurang")).done
    assert story.commitment.claims[f"{K}.c2"].status == "claimed"
    mended = story.when(HEAD, report(claim(1, 50), rest=""), at=AFTER_B03).done
    assert mended.commitment.reports[f"{K}.B03.2"].submitted.late
    story.when(HEAD, report(claim(1, 50), claim(3, 5), rest=""), at=AFTER_B03).refused("period_closed")
    story.when(HEAD, report(claim(1, 50)), at=AFTER_B03).refused("period_closed")
    may = {one.act for one in overview(story.commitment, story.context(HEAD, at=AFTER_B03)) if one.may}
    assert "submit_report" in may


def test_every_report_of_the_year_is_owed_from_the_signature_on() -> None:
    owed = signed().commitment.owed
    reports = {name: one.obligation for name, one in owed.items() if name.startswith("report-")}
    assert {name: one.due_on for name, one in reports.items()} == {
        "report-B03": date(2022, 4, 14),
        "report-B06": date(2022, 7, 14),
        "report-B09": date(2022, 10, 14),
        "report-B12": date(2023, 1, 13),
    }
    assert {(one.kind, one.office, one.ladder) for one in reports.values()} == {("report", HEAD, "task")}


def test_a_submitted_report_is_owed_no_more() -> None:
    owed = reported().commitment.owed
    assert (owed["report-B03"].status, owed["report-B06"].status) == ("met", "open")
    second = reported().when(HEAD, report(claim(1, 5), rest="")).done
    assert second.commitment.owed["report-B03"].status == "met"


def short_year() -> Calendar:
    return Calendar(CALENDAR, 1, date(2021, 1, 1), date(2022, 12, 31), frozenset())


class ShortWorld(ReportingWorld):
    """A world whose calendar ends with the year."""

    def context(self, office: str, person: str, now: datetime, on_behalf_of: str | None = None) -> Context:
        return replace(super().context(office, person, now, on_behalf_of), calendars={CALENDAR: short_year()})


def test_no_signature_waits_for_the_next_years_calendar() -> None:
    story = signed(world=ShortWorld())
    assert "report-B06" in story.commitment.owed
    assert "report-B12" not in story.commitment.owed
    follow = FollowPeriod("B12")
    story.when(COORDINATOR, follow, at=IN_B06).refused("calendar_ends")
    later = story.during(ReportingWorld()).when(COORDINATOR, follow, at=IN_B06).then(ObligationsArisen)
    assert later.commitment.owed["report-B12"].obligation.due_on == date(2023, 1, 13)
    ends = [one for one in overview(story.commitment, story.context(HEAD, at=IN_B06)) if one.on == "B12"]
    assert {blocker.code for one in ends for blocker in one.blockers} == {"calendar_ends"}
    story.when(HEAD, report(period="B12"), at=IN_B06).refused("calendar_ends")
    nowhere = replace(story.context(HEAD, at=IN_B06), calendars={})
    assert [one.code for one in blockers(story.commitment, report(), nowhere)] == ["calendar_ends"]


def test_what_is_owed_follows_an_extension_once() -> None:
    extended = signed().during(ReportingWorld(period_changes=(EXTENDED,)))
    moved = extended.when(COORDINATOR, FollowPeriod("B03"), at=IN_B03).then(ReportDueMoved)
    fact = moved.new[0]
    assert isinstance(fact, ReportDueMoved)
    assert (fact.reason, fact.obligation.due_on, fact.obligation.round) == ("Banjir", date(2022, 4, 22), 2)
    assert moved.commitment.owed["report-B03"].obligation.due_on == date(2022, 4, 22)
    assert moved.when(COORDINATOR, FollowPeriod("B03")).done.new == ()
    assert reported().during(extended.world).when(COORDINATOR, FollowPeriod("B03")).done.new == ()


def test_only_who_manages_periods_lets_duties_follow() -> None:
    signed().when(HEAD, FollowPeriod("B03"), at=IN_B03).refused("role_may_not")
    signed().when(NEIGHBOUR, FollowPeriod("B03"), at=IN_B03).refused("out_of_scope")
    signed().when(COORDINATOR, FollowPeriod("B99"), at=IN_B03).refused("period_unknown")


def test_nothing_is_owed_where_the_workflow_has_no_ladder_for_it() -> None:
    silent = ReportingWorld(definition=parse(text((", ladder: task}", "}"))))
    assert signed(world=silent).when(COORDINATOR, FollowPeriod("B03"), at=IN_B03).done.new == ()


def test_a_workflow_without_periods_knows_no_reports() -> None:
    written = text()
    line = next(line for line in written.splitlines() if line.startswith("periods:"))
    silent = ReportingWorld(definition=parse(written.replace(line + "\n", "")))
    story = signed(world=silent)
    story.when(HEAD, report(), at=IN_B03).refused("period_unknown")
    assert "submit_report" not in {one.act for one in overview(story.commitment, story.context(HEAD))}


def test_the_overview_offers_preparing_and_submitting_by_period() -> None:
    story = signed()
    offered = {
        (one.act, one.on)
        for office in (PIC, HEAD)
        for one in overview(story.commitment, story.context(office, at=IN_B03))
        if one.may and one.act in ("prepare_report", "submit_report", "claim")
    }
    assert offered == {("prepare_report", "B03"), ("submit_report", "B03")}
    outside = overview(story.commitment, story.context(NEIGHBOUR, at=IN_B03))
    assert all(one.blockers[0].code == "out_of_scope" for one in outside if one.on == "B03")


def test_a_late_report_makes_a_claim_late_whose_item_is_not_due_yet() -> None:
    story = reported(claim(3, 10), at=LATE_B03)
    assert story.commitment.owed["item-3"].obligation.due_at > LATE_B03
    assert story.commitment.claims[f"{K}.c1"].late


def test_an_item_that_begins_after_the_period_needs_no_word() -> None:
    later = replace(PLAN[3], starts_on=date(2022, 4, 1))
    drafted = Act(REGION, draft(items=(*PLAN[:3], later)))
    story = given(drafted, *SIGNED[1:], world=ReportingWorld())
    nothing = (Nihil(2, "Belum dimulai"), Nihil(3, "Belum dimulai"))
    story.when(HEAD, report(claim(1, 50), rest="", nihil=nothing), at=IN_B03).then(ReportSubmitted, ClaimMade)


def test_who_prepared_a_report_looks_at_none_of_its_claims() -> None:
    by_region = report(claim(1, 50), prepared_by=REGION, prepared_by_person=holder_of(REGION))
    made = signed().when(HEAD, by_region, at=IN_B03).done.new[1]
    assert isinstance(made, ClaimMade)
    assert made.verifier != REGION
    usual = signed().when(HEAD, report(claim(1, 50)), at=IN_B03).done.new[1]
    assert isinstance(usual, ClaimMade)
    assert usual.verifier == REGION


def test_a_claim_that_was_checked_says_when() -> None:
    told = reported(claim(4, 50)).when(REGION, CheckClaim(f"{K}.c1", "Sesuai")).done
    checked = told.commitment.claims[f"{K}.c1"]
    assert (checked.status, checked.checked_at) == ("checked", told.now)
