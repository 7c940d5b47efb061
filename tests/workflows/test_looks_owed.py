"""A claim that waits for a look makes an office owe it: until a day, by a ladder, and until somebody looked."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.support.directory import CALENDAR, calendar
from tests.support.reporting import AFTER_B03, IN_B03, IN_B06, ReportingWorld, claim, report, reported, signed, text
from tests.support.world import (
    COORDINATOR,
    HEAD,
    PAPER,
    PAPERS,
    PHOTO,
    PIC,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    Act,
    K,
    Story,
    approvals,
)
from workflows.blockers import blockers
from workflows.commands import (
    ApproveRequest,
    AttachEvidence,
    CheckClaim,
    Escalate,
    FollowSample,
    MakeClaim,
    OpenRequest,
    ReturnClaim,
    VerifyClaim,
)
from workflows.commitment import Owed
from workflows.context import Context
from workflows.definition import Limit, LookRule
from workflows.definition_checks import doubts
from workflows.definition_yaml import parse, shipped
from workflows.facts import (
    ClaimChecked,
    ClaimMade,
    ClaimReturned,
    ClaimsSampled,
    ClaimVerified,
    EscalationRaised,
    EvidenceAttached,
    ObligationsArisen,
    ReportSubmitted,
    SampleDrawn,
    Terms,
)

FIRST = f"{K}.c1"
CHECK, VERIFY = CheckClaim(FIRST, "Sesuai"), VerifyClaim(FIRST)
RETURN = ReturnClaim(FIRST, "bukti_kurang")
EVERYBODY = SampleDrawn(PROGRAMME, "B03", "5eed" * 8, 1000, COORDINATOR)
LIMITED = "limit: 10, ladder: verification}"
IN_CHECK = (LIMITED, f"{LIMITED}, check: {{limit: {{days: 3, working: false}}, ladder: task}}")
VERIFY_RULE = "verify: {money_over_idr: 100000000, sample_permille: 500, limit: 10, ladder: verification}"
UNLIMITED = ((f", {LIMITED}", "}"),)


def of(*changes: tuple[str, str]) -> ReportingWorld:
    return ReportingWorld(definition=parse(text(*changes)))


def checked(value: int = 100, *, world: ReportingWorld | None = None) -> Story:
    told = signed(world=world).when(HEAD, report(claim(1, value)), at=IN_B03).done
    return told.when(REGION, CHECK).done


def owed(story: Story, name: str = "verification-1") -> Owed:
    return story.commitment.owed[name]


def names(story: Story) -> set[str]:
    return {name for name in story.commitment.owed if name.startswith(("check", "verification"))}


def test_the_shipped_workflow_says_the_limit_and_the_ladder_of_verifications() -> None:
    shipped_one = parse(shipped("replikasi-inovasi"))
    assert shipped_one.verification is not None
    assert shipped_one.verification.look == LookRule("verification", Limit(10))
    assert shipped_one.first_look is None
    levels = shipped_one.ladders["verification"].levels
    assert [(one.offset_days, one.style) for one in levels] == [(0, "message"), (5, "message"), (10, "digest")]
    assert "unused_ladder" not in {one.code for one in doubts(shipped_one)}


def test_a_checked_claim_that_waits_for_the_province_makes_it_owe_the_verification() -> None:
    story = reported(claim(1, 100)).when(REGION, CHECK).then(ClaimChecked, ObligationsArisen)
    one = owed(story).obligation
    assert (one.obligation, one.kind, one.subject, one.round) == ("verification-1", "verification", FIRST, 1)
    assert (one.office, one.ladder, one.given_by) == (COORDINATOR, "verification", None)
    assert one.due_on == calendar().add_working_days(date(2022, 3, 28), 10)


def test_a_limit_may_be_of_calendar_days() -> None:
    days = of((LIMITED, "limit: {days: 14, working: false}, ladder: verification}"))
    assert owed(checked(world=days)).obligation.due_on == date(2022, 4, 11)


def test_nothing_is_owed_for_a_claim_that_its_check_settles() -> None:
    reported(claim(1, 50)).when(REGION, CHECK).then(ClaimChecked)


def test_without_a_limit_a_verification_is_waited_for_and_not_owed() -> None:
    told = signed(world=of(*UNLIMITED)).when(HEAD, report(claim(1, 100)), at=IN_B03).then(ReportSubmitted, ClaimMade)
    assert names(told.when(REGION, CHECK).then(ClaimChecked)) == set()


def test_the_lot_makes_the_province_owe_what_it_named() -> None:
    drawn = checked(50).during(ReportingWorld(samples=(EVERYBODY,)))
    sampled = drawn.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).then(ClaimsSampled, ObligationsArisen)
    assert owed(sampled).obligation.due_on == calendar().add_working_days(date(2022, 5, 30), 10)
    assert owed(sampled).obligation.office == COORDINATOR


@pytest.mark.parametrize("verdict", [VERIFY, RETURN])
def test_a_verdict_meets_it(verdict: VerifyClaim | ReturnClaim) -> None:
    story = checked().when(COORDINATOR, verdict).done
    assert (owed(story).status, owed(story).ended_at) == ("met", story.now)


def test_it_climbs_its_ladder_by_the_clock_to_the_provincial_secretary_and_ends_there() -> None:
    story = checked()
    heard = []
    for level in owed(story).obligation.levels:
        story = story.when("clock", Escalate("verification-1", 1, 1, level.level), at=level.at, person="clock").then(
            EscalationRaised
        )
        raised = story.new[0]
        assert isinstance(raised, EscalationRaised)
        heard.append((raised.style, raised.recipients))
    assert heard == [("message", (COORDINATOR,)), ("message", (COORDINATOR,)), ("digest", (PROVINCE,))]
    assert owed(story).is_open


def test_whoever_waits_for_a_look_reads_until_when_it_is_owed() -> None:
    story = signed(world=of(IN_CHECK)).when(HEAD, report(claim(1, 50)), at=IN_B03).done
    due = owed(story, "check-1").obligation.due_at
    assert story.when(COORDINATOR, VERIFY).blocker("claim_unchecked").until == due
    waiting = story.when(HEAD, report(claim(1, 60), period="B06"), at=IN_B06).blocker("claim_waiting")
    assert (waiting.cleared_by, waiting.until) == ((REGION,), due)
    complete = OpenRequest("complete", evidence=PAPERS)
    started = checked(world=of(IN_CHECK)).when(HEAD, OpenRequest("start", evidence=PAPER)).done
    for act in approvals(2, REGION, SECRETARY):
        started = started.does(act)
    unverified = started.when(HEAD, complete).blocker("items_unverified")
    assert unverified.until == max(
        one.obligation.due_at for one in started.commitment.owed.values() if one.obligation.kind == "item"
    )


def test_a_verified_claim_is_not_escalated() -> None:
    story = checked()
    first = owed(story).obligation.levels[0]
    done = story.when(COORDINATOR, VERIFY).done
    command = Escalate("verification-1", 1, 1, first.level)
    done.when("clock", command, at=first.at, person="clock").refused("obligation_ended")


def test_a_claim_of_an_item_that_the_plan_drops_is_owed_no_look() -> None:
    story = checked().when(HEAD, OpenRequest("start", evidence=PAPER)).done
    for act in approvals(2, REGION, SECRETARY):
        story = story.does(act)
    assert owed(story).is_open
    kept = story.commitment.items[1:]
    asked = story.when(HEAD, OpenRequest("amend", reason="kondisi_wilayah", evidence=PAPER, items=kept)).done
    for act in approvals(3, REGION, SECRETARY, COORDINATOR, PROVINCE):
        if asked.commitment.open_request is not None:
            asked = asked.does(act)
    assert asked.commitment.claims[FIRST].status == "superseded"
    assert owed(asked).status == "closed"


def withdrawn(story: Story) -> Story:
    asked = story.when(REGION, OpenRequest("withdraw", reason="tanpa_anggaran", evidence=PAPER)).done
    for act in approvals(2, SECRETARY, PROVINCE):
        asked = asked.does(act)
    return asked


def test_a_commitment_that_ends_owes_no_look() -> None:
    assert owed(withdrawn(checked())).status == "closed"


EXPIRE = OpenRequest("expire", reason="waktu_habis")
EXPIRED_ON, AGAIN_ON = datetime(2023, 2, 13, 2, tzinfo=UTC), datetime(2023, 3, 1, 2, tzinfo=UTC)


def reopened(story: Story, world: ReportingWorld | None = None, *, dropping: int = 0) -> Story:
    """The same opened again, with a new item, and without those up to a number."""
    asked = story.when(COORDINATOR, EXPIRE, at=EXPIRED_ON).done.does(Act(PROVINCE, ApproveRequest(f"{K}.r2")))
    assert not any(one.is_open for one in asked.commitment.owed.values())
    later = tuple(replace(one, ends_on=date(2023, 5, 31)) for one in asked.commitment.items if one.number > dropping)
    items = (*later, replace(later[-1], number=9, starts_on=date(2023, 3, 1)))
    again = OpenRequest("reopen", reason="temuan_pemeriksaan", evidence=PAPER, items=items)
    asked = asked.when(COORDINATOR, again, at=AGAIN_ON).done
    return (asked if world is None else asked.during(world)).does(Act(PROVINCE, ApproveRequest(f"{K}.r3")))


def test_what_a_closed_commitment_left_waiting_is_owed_again_once_it_is_opened_again() -> None:
    story = reopened(checked())
    assert (owed(story).is_open, owed(story).obligation.round) == (True, 2)
    assert owed(story).obligation.due_on == calendar().add_working_days(date(2023, 3, 1), 10)
    assert owed(reopened(checked(), dropping=1)).status == "closed"


def test_what_stays_owed_is_not_owed_twice() -> None:
    story = checked().when(HEAD, OpenRequest("start", evidence=PAPER)).done
    for act in approvals(2, REGION, SECRETARY):
        story = story.does(act)
    assert owed(story).obligation.round == 1


def held(story: Story, until: date) -> Story:
    hold = OpenRequest("hold", reason="bencana", text="Banjir", evidence=PAPER, terms=Terms(until=until))
    return story.when(HEAD, hold).done.does(Act(SECRETARY, ApproveRequest(f"{K}.r2")))


def test_while_work_rests_a_look_rests_and_its_levels_move_with_it() -> None:
    story = checked()
    before = owed(story).obligation
    rests = held(story, date(2022, 4, 8))
    assert rests.commitment.hold is not None
    days = rests.commitment.hold.begun.working_days
    after = owed(rests).obligation
    assert after.due_on == calendar().add_working_days(before.due_on, days)
    assert [one.level for one in after.levels] == [one.level for one in before.levels]
    assert after.levels[0].at > before.levels[0].at
    resume = OpenRequest("resume", reason="bencana", text="Surut", evidence=PAPER)
    early = rests.when(HEAD, resume).done.does(Act(SECRETARY, ApproveRequest(f"{K}.r3")))
    assert owed(early).obligation.due_on == before.due_on


def test_a_look_that_is_late_already_stays_late() -> None:
    story = checked()
    late = replace(story, now=datetime(2022, 4, 26, 3, tzinfo=UTC))
    assert owed(held(late, date(2022, 5, 13))).obligation.due_on == owed(story).obligation.due_on


def test_a_claim_that_is_checked_while_work_rests_is_counted_from_the_end_of_the_rest() -> None:
    told = reported(claim(1, 100))
    resting = held(told, date(2022, 4, 8)).when(REGION, CHECK).done
    assert owed(resting).obligation.due_on == calendar().add_working_days(date(2022, 4, 8), 10)


def test_the_regions_check_is_owed_where_the_workflow_says_until_when() -> None:
    told = signed(world=of(IN_CHECK)).when(HEAD, report(claim(1, 100), claim(2, 5)), at=IN_B03)
    story = told.then(ReportSubmitted, ClaimMade, ClaimMade, ObligationsArisen)
    one = owed(story, "check-1").obligation
    assert (one.kind, one.subject, one.office, one.ladder) == ("check", FIRST, REGION, "task")
    assert one.due_on == date(2022, 3, 31)
    looked = story.when(REGION, CHECK).done
    assert {name: owed(looked, name).status for name in names(looked)} == {
        "check-1": "met",
        "check-2": "open",
        "verification-1": "open",
    }
    back = looked.when(REGION, ReturnClaim(f"{K}.c2", "bukti_kurang")).then(ClaimReturned)
    assert owed(back, "check-2").status == "met"


def test_a_check_is_owed_only_once_the_promised_evidence_has_come() -> None:
    promised = report(claim(1, 50, evidence=(), promised=True))
    story = signed(world=of(IN_CHECK)).when(HEAD, promised, at=IN_B03).then(ReportSubmitted, ClaimMade)
    assert names(story) == set()
    came = story.when(PIC, AttachEvidence(FIRST, PHOTO), at=IN_B06).then(EvidenceAttached, ObligationsArisen)
    assert owed(came, "check-1").obligation.due_on == date(2022, 7, 2)
    came.when(PIC, AttachEvidence(FIRST, PAPER)).then(EvidenceAttached)


def test_a_closed_commitments_claim_that_awaits_evidence_owes_no_check_when_it_is_opened_again() -> None:
    promised = report(claim(1, 50, evidence=(), promised=True), claim(2, 50))
    story = signed(world=of(IN_CHECK)).when(HEAD, promised, at=IN_B03).done
    again = reopened(story)
    assert {name: owed(again, name).obligation.round for name in names(again)} == {"check-2": 2}


def test_where_one_office_looks_its_verification_is_owed() -> None:
    one_look = of(
        (f"claims: {{{VERIFY_RULE}}}", "claims: {check: {limit: 5, ladder: verification}}"),
        ("reopen_period, verify_claim, draw_sample,", "reopen_period,"),
        ("may: [draft, edit_draft, check_claim,", "may: [draft, edit_draft, verify_claim,"),
        ("may: [prepare_report, report_obstacle", "may: [claim, prepare_report, report_obstacle"),
    )
    told = (
        signed(world=one_look).when(PIC, MakeClaim(1, Decimal(5), PHOTO), at=IN_B03).then(ClaimMade, ObligationsArisen)
    )
    one = owed(told).obligation
    assert (one.kind, one.office) == ("verification", REGION)
    assert owed(told.when(REGION, VERIFY).then(ClaimVerified)).status == "met"


@dataclass(frozen=True)
class Uncounted(ReportingWorld):
    """A world where nobody adopted a calendar, or one that ends soon."""

    ends_on: date | None = None

    def context(self, office: str, person: str, now: datetime, on_behalf_of: str | None = None) -> Context:
        whole = calendar()
        short = None if self.ends_on is None else replace(whole, last_day=self.ends_on)
        told = super().context(office, person, now, on_behalf_of)
        return replace(told, calendars={} if short is None else {CALENDAR: short})


def test_no_look_begins_where_no_calendar_counts_its_days() -> None:
    for world, code in ((Uncounted(), "calendar_unknown"), (Uncounted(ends_on=date(2022, 4, 1)), "calendar_ends")):
        story = reported(claim(1, 100)).during(world)
        story.when(REGION, CHECK).refused(code)
        drawn = checked(50).during(replace(world, samples=(EVERYBODY,)))
        late = AFTER_B03 if world.ends_on is None else IN_B03
        drawn.when(COORDINATOR, FollowSample("B03"), at=late).refused(code)


def test_no_claim_is_made_or_completed_where_nobody_counts_the_days_of_its_check() -> None:
    rules = parse(text(IN_CHECK, ("may: [prepare_report, report", "may: [claim, prepare_report, report")))
    nowhere = Uncounted(definition=rules)
    before = signed(world=ReportingWorld(definition=rules)).during(nowhere)
    before.when(PIC, MakeClaim(1, Decimal(5), PHOTO), at=IN_B03).refused("calendar_unknown")
    promised = report(claim(1, 50, evidence=(), promised=True))
    awaited = signed(world=ReportingWorld(definition=rules)).when(HEAD, promised, at=IN_B03).done.during(nowhere)
    awaited.when(PIC, AttachEvidence(FIRST, PHOTO)).refused("calendar_unknown")


def test_nothing_is_opened_again_where_nobody_counts_what_was_left_waiting() -> None:
    story = checked().when(COORDINATOR, EXPIRE, at=EXPIRED_ON).done.does(Act(PROVINCE, ApproveRequest(f"{K}.r2")))
    later = tuple(replace(one, ends_on=date(2023, 5, 31)) for one in story.commitment.items)
    items = (*later, replace(later[-1], number=9, starts_on=date(2023, 3, 1)))
    asked = story.when(
        COORDINATOR, OpenRequest("reopen", reason="temuan_pemeriksaan", evidence=PAPER, items=items), at=AGAIN_ON
    ).done
    command = ApproveRequest(f"{K}.r3")
    context = asked.context(PROVINCE)
    moved = replace(context, calendars={})
    assert "calendar_unknown" in {one.code for one in blockers(asked.state, command, moved)}
