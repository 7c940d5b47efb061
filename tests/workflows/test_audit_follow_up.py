"""The shipped workflow of audit recommendations: imposed, owed from a receipt, judged by the other side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.support.audit import (
    CHIEF,
    INSPECTORATE,
    ISSUED,
    ITEMS,
    PROOF,
    REPORT,
    TEAM,
    answer,
    approved,
    audit_definition,
    audit_world,
    imposed,
    recommendation,
)
from tests.support.world import HEAD, MENTOR, PIC, REGION, SECRETARY, Act, K, Story
from workflows.commands import (
    ApproveRequest,
    CommitmentCommand,
    Escalate,
    EstablishMoney,
    GiveDirection,
    MakeClaim,
    OpenRequest,
    ProvePayment,
    ReceiveDocument,
    RecordPayment,
    RejectRequest,
    ReportObstacle,
    SubmitReport,
)
from workflows.commitment import replay
from workflows.definition_checks import doubts
from workflows.facts import (
    DocumentReceived,
    EscalationRaised,
    ObligationsArisen,
    ObligationsMet,
    RequestApproved,
    RequestFulfilled,
    StateChanged,
)

RECEIVED_AT = datetime(2022, 5, 20, 3, tzinfo=UTC)
DUE_ON = date(2022, 7, 19)
LATE = datetime(2022, 8, 3, 2, tzinfo=UTC)
AUTUMN = datetime(2022, 9, 20, 2, tzinfo=UTC)
RECEIPT = ReceiveDocument("BA-9/2022", RECEIVED_AT, REPORT)
ESTABLISH = EstablishMoney(250_000_000, "LHP-7/2022")


def pay(amount_idr: int, paid_on: date) -> RecordPayment:
    return RecordPayment(amount_idr, paid_on, PROOF)


def received(**changed: object) -> Story:
    story = imposed(**changed).does(Act(TEAM, ESTABLISH))
    return story.does(Act(INSPECTORATE, RECEIPT, RECEIVED_AT + timedelta(days=2)))


def answered(story: Story, at: datetime, number: int, summary: str) -> Story:
    story = story.does(Act(HEAD, answer(summary), at))
    for act in approved(number, INSPECTORATE, SECRETARY):
        story = story.does(act)
    return story


def judged(story: Story, move: str, number: int, at: datetime, **said: object) -> Story:
    story = story.does(Act(TEAM, OpenRequest(move, **said), at))  # type: ignore[arg-type]  # fields by name
    return story.does(Act(CHIEF, ApproveRequest(f"{K}.r{number}")))


def figures(story: Story) -> tuple[int, int, int, int]:
    ledger = story.commitment.ledger
    return ledger.established_idr, ledger.paid_idr, ledger.proven_idr, ledger.remaining_idr


def owed(story: Story, duty: str) -> tuple[str, str, date]:
    found = story.commitment.owed[f"duty-{duty}"]
    return found.status, found.obligation.office, found.obligation.due_on


def escalated(story: Story, obligation: str, until: datetime) -> tuple[Story, list[tuple[int, tuple[str, ...]]]]:
    told: list[tuple[int, tuple[str, ...]]] = []
    owing = story.commitment.owed[obligation].obligation
    for level in owing.levels:
        if level.at > until:
            break
        command = Escalate(obligation, owing.round, owing.ladder_version, level.level)
        story = story.when("clock", command, at=level.at, person="clock").then(EscalationRaised)
        raised = story.new[0]
        assert isinstance(raised, EscalationRaised)
        told.append((level.level, raised.recipients))
    return story, told


def test_nothing_in_the_text_is_doubtful() -> None:
    assert doubts(audit_definition()) == ()


def answered_late() -> Story:
    """The answer comes two weeks late, after every level of its ladder, with a part of the money paid."""
    story, _ = escalated(received(), "duty-answer", LATE)
    story = story.does(Act(HEAD, pay(100_000_000, date(2022, 8, 2)), LATE))
    return answered(story, LATE + timedelta(minutes=5), 2, "Kelebihan bayar disetor sebagian.")


def judged_unfit() -> Story:
    """A part of the money is proven, and the answer judged as not yet what was recommended."""
    story = answered_late().does(Act(TEAM, ProvePayment(f"{K}.p1"), datetime(2022, 8, 15, 2, tzinfo=UTC)))
    return judged(story, "judge_unfit", 3, datetime(2022, 8, 16, 2, tzinfo=UTC), reason="uang_belum_lunas")


def test_a_recommendation_is_imposed_and_answered_by_the_sixtieth_day_from_its_receipt() -> None:
    story = imposed()
    assert (story.commitment.state, story.commitment.signature) == ("belum_ditindaklanjuti", None)
    story = story.does(Act(TEAM, ESTABLISH))
    story = story.when(INSPECTORATE, RECEIPT, at=RECEIVED_AT + timedelta(days=2)).then(
        DocumentReceived, ObligationsArisen
    )
    assert owed(story, "answer") == ("open", HEAD, DUE_ON), "sixty calendar days from the day of the receipt"
    assert figures(story) == (250_000_000, 0, 0, 250_000_000)


def test_a_late_answer_is_told_up_the_partys_line_and_to_the_auditor_at_last() -> None:
    _, told = escalated(received(), "duty-answer", LATE)
    assert told == [(1, (HEAD,)), (2, (HEAD,)), (3, (HEAD, INSPECTORATE)), (4, (SECRETARY,)), (5, (TEAM,))]
    story = answered_late()
    assert story.commitment.state == "dijawab"
    assert owed(story, "answer")[0] == "met"
    assert owed(story, "judgement") == ("open", TEAM, date(2022, 9, 2)), "thirty calendar days from the answer"
    assert figures(story) == (250_000_000, 100_000_000, 0, 250_000_000)


def test_money_that_is_not_proven_holds_up_the_judgement_as_recommended() -> None:
    paid = answered_late().when(TEAM, OpenRequest("judge_fit")).refused("money_remaining")
    assert paid.blocker("money_remaining").cleared_by == (TEAM,), "a payment waits for its proof"
    proven = answered_late().does(Act(TEAM, ProvePayment(f"{K}.p1")))
    assert figures(proven) == (250_000_000, 100_000_000, 100_000_000, 150_000_000)
    refused = proven.when(TEAM, OpenRequest("judge_fit")).refused("money_remaining")
    assert refused.blocker("money_remaining").cleared_by == (HEAD,), "the rest isn't paid"


def test_what_is_not_yet_as_recommended_is_answered_again_and_ends_once_all_is_proven() -> None:
    story = judged_unfit()
    assert story.commitment.state == "belum_sesuai"
    assert owed(story, "judgement")[0] == "met"
    assert owed(story, "further_answer") == ("open", HEAD, date(2022, 10, 15))
    story = story.does(Act(HEAD, pay(150_000_000, date(2022, 9, 19)), AUTUMN))
    story = answered(story, AUTUMN + timedelta(minutes=5), 4, "Sisa kelebihan bayar disetor seluruhnya.")
    assert owed(story, "judgement")[:2] == ("open", TEAM)
    story = story.does(Act(TEAM, ProvePayment(f"{K}.p2")))
    assert figures(story) == (250_000_000, 250_000_000, 250_000_000, 0)
    story = story.does(Act(TEAM, OpenRequest("judge_fit")))
    story = story.when(CHIEF, ApproveRequest(f"{K}.r5")).then(RequestApproved, ObligationsMet, StateChanged)
    assert story.commitment.state == "sesuai"
    assert not [name for name, one in story.commitment.owed.items() if one.is_open]
    assert replay(story.events) == story.commitment


def test_a_listed_reason_is_on_record_and_lifts_no_duty() -> None:
    story = received().does(Act(HEAD, OpenRequest("excuse", reason="sakit", evidence=PROOF)))
    story = story.does(Act(INSPECTORATE, ApproveRequest(f"{K}.r2")))
    story = story.when(CHIEF, ApproveRequest(f"{K}.r2")).then(RequestApproved, RequestFulfilled)
    assert story.commitment.state == "belum_ditindaklanjuti"
    assert owed(story, "answer") == ("open", HEAD, DUE_ON)
    assert story.commitment.requests[f"{K}.r2"].opened.reason == "sakit"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({}, "reason_missing"),
        ({"reason": "lupa"}, "reason_unknown"),
        ({"reason": "sah_lainnya", "text": "singkat"}, "reason_text_short"),
    ],
)
def test_only_a_listed_reason_makes_a_recommendation_impossible(said: dict[str, str], code: str) -> None:
    received().when(TEAM, OpenRequest("judge_impossible", evidence=PROOF, **said)).refused(code)


def test_what_cannot_be_followed_up_ends_every_duty_and_leaves_its_money_on_the_ledger() -> None:
    at = datetime(2022, 6, 20, 2, tzinfo=UTC)
    story = judged(received(), "judge_impossible", 2, at, reason="terpidana", evidence=PROOF)
    assert story.commitment.state == "tidak_dapat"
    assert owed(story, "answer")[0] == "met"
    assert figures(story) == (250_000_000, 0, 0, 250_000_000)
    story.when(HEAD, pay(1, date(2022, 6, 20))).refused("money_not_in_state")


def test_the_other_side_judges_and_nobody_of_the_partys_own_line() -> None:
    story = answered(received(), datetime(2022, 6, 1, 2, tzinfo=UTC), 2, "Sudah ditindaklanjuti.")
    for office in (HEAD, SECRETARY, INSPECTORATE):
        assert "role_may_not" in story.when(office, OpenRequest("judge_unfit", reason="bukti_kurang")).codes
    asked = story.does(Act(TEAM, OpenRequest("judge_unfit", reason="bukti_kurang")))
    (reached,) = asked.commitment.requests[f"{K}.r3"].reached
    assert reached.office == CHIEF
    assert asked.when(TEAM, ApproveRequest(f"{K}.r3")).codes == ("asker_approves", "not_your_turn")
    assert "not_your_turn" in asked.when(SECRETARY, ApproveRequest(f"{K}.r3")).codes
    refused = asked.does(Act(CHIEF, RejectRequest(f"{K}.r3", "tidak_memenuhi_syarat")))
    assert refused.commitment.state == "dijawab", "the team's judgement wasn't taken over: it is still owed"
    assert owed(refused, "judgement")[0] == "open"


def test_only_the_auditor_imposes_and_a_region_drafts_nothing() -> None:
    story = Story(audit_world(), ISSUED)
    for office in (REGION, MENTOR, INSPECTORATE, HEAD):
        assert "role_may_not" in story.when(office, recommendation()).codes
    drafted = story.does(Act(TEAM, recommendation()))
    assert "role_may_not" in drafted.when(HEAD, OpenRequest("impose", evidence=REPORT)).codes
    drafted.when(INSPECTORATE, RECEIPT, at=RECEIVED_AT).refused("receipt_not_asked")


@pytest.mark.parametrize(
    "command",
    [
        GiveDirection(HEAD, DUE_ON, "Segera dijawab."),
        ReportObstacle("anggaran", "Anggaran belum ada."),
        ReportObstacle("", "Anggaran belum ada."),
    ],
)
def test_what_this_workflow_has_no_use_for_is_refused_to_everybody(command: CommitmentCommand) -> None:
    for office in (TEAM, HEAD, SECRETARY):
        assert "role_may_not" in received().when(office, command).codes


def test_a_receipt_recorded_after_the_answer_starts_no_duty_that_is_over() -> None:
    early = answered(imposed(), datetime(2022, 6, 1, 2, tzinfo=UTC), 2, "Sudah ditindaklanjuti.")
    late = early.when(INSPECTORATE, RECEIPT, at=datetime(2022, 6, 3, 2, tzinfo=UTC)).then(DocumentReceived)
    assert "duty-answer" not in late.commitment.owed


def test_the_agency_plans_its_follow_up_and_reports_by_half_year() -> None:
    story = received().does(Act(HEAD, OpenRequest("plan", items=ITEMS), datetime(2022, 5, 25, 2, tzinfo=UTC)))
    for act in approved(2, INSPECTORATE, SECRETARY):
        story = story.does(act)
    assert story.commitment.state == "belum_ditindaklanjuti"
    assert len(story.commitment.items) == len(ITEMS)
    assert owed(story, "answer")[0] == "open"
    claim = MakeClaim(1, ITEMS[0].target / 2, PROOF)
    july = datetime(2022, 7, 5, 2, tzinfo=UTC)
    report = SubmitReport("S1", claims=(claim,), nihil_rest="Belum ada kemajuan pada semester ini.")
    submitted = story.when(HEAD, report, at=july, person=f"holder of {HEAD}").passes()
    assert [one.submitted.period for one in submitted.commitment.reports.values()] == ["S1"]
    assert "role_may_not" in story.when(PIC, report, at=july).codes


def test_an_own_duty_of_a_second_answer_is_told_up_the_partys_line() -> None:
    story = answered(received(), datetime(2022, 6, 1, 2, tzinfo=UTC), 2, "Sudah ditindaklanjuti.")
    story = judged(story, "judge_unfit", 3, datetime(2022, 6, 10, 2, tzinfo=UTC), reason="bukti_kurang")
    _, told = escalated(story, "duty-further_answer", datetime(2022, 12, 1, 2, tzinfo=UTC))
    assert [recipients for _, recipients in told][-1] == (TEAM,)


def test_an_auditor_who_lets_its_own_term_pass_is_told_in_its_own_line() -> None:
    story = answered(received(), datetime(2022, 6, 1, 2, tzinfo=UTC), 2, "Sudah ditindaklanjuti.")
    _, told = escalated(story, "duty-judgement", datetime(2022, 8, 1, 2, tzinfo=UTC))
    assert told == [(1, (TEAM,)), (2, (TEAM,)), (3, (CHIEF,))]


def test_a_further_answer_may_say_the_same_again_and_never_nothing() -> None:
    story = answered(received(), datetime(2022, 6, 1, 2, tzinfo=UTC), 2, "Sudah ditindaklanjuti.")
    story = judged(story, "judge_unfit", 3, datetime(2022, 6, 10, 2, tzinfo=UTC), reason="bukti_kurang")
    assert story.when(HEAD, answer("Sudah ditindaklanjuti.")).passes()
    missing = replace(answer(), fields=())
    assert "field_missing" in story.when(HEAD, missing).codes
