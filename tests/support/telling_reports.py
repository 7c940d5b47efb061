"""A report and its claims in the year that telling is tested with: every fact of reporting at least once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.support.telling_names import COORDINATOR, FILE, HEAD, MEMO, NAME, PIC, PROVINCE
from workflows import facts
from workflows.facts import CommitmentFact, LevelDue, Obligation

SEED = "5eed" * 8
REPORT, THIRD, FOURTH = f"{NAME}.B03.1", f"{NAME}.c3", f"{NAME}.c4"


def reporting_periods() -> tuple[facts.Fact, ...]:
    """What was said about a period."""
    return (
        facts.PeriodExtended(
            "kalbar-2022",
            "B03",
            ("61.02",),
            date(2022, 4, 22),
            date(2022, 5, 20),
            "banjir di beberapa kecamatan",
            PROVINCE,
        ),
        facts.PeriodClosed(
            "kalbar-2022", "B03", (), datetime(2022, 5, 30, 3, tzinfo=UTC), "semua laporan sudah masuk", PROVINCE
        ),
        facts.PeriodReopened("kalbar-2022", "B03", ("61.02",), date(2022, 6, 10), "bukti tercecer", PROVINCE),
        facts.SampleDrawn("kalbar-2022", "B03", SEED, 200, PROVINCE),
    )


def _report_owed(due_on: date, round: int) -> Obligation:
    due_at = datetime(due_on.year, due_on.month, due_on.day, 17, tzinfo=UTC)
    levels = (LevelDue(1, due_at + timedelta(days=1)),)
    return Obligation("report-B03", round, "report", "B03", PIC, due_on, due_at, "id", 1, "task", 1, levels)


def _reminded() -> facts.EscalationRaised:
    due_at = datetime(2022, 4, 14, 17, tzinfo=UTC)
    return facts.EscalationRaised("report-B03", 1, "task", 1, 1, "message", due_at, PIC, (PIC,), ())


def reporting() -> tuple[tuple[str, CommitmentFact], ...]:
    """The facts of a commitment, each with the office that acted."""
    return (
        (HEAD, facts.ObligationsArisen((_report_owed(date(2022, 4, 14), 1),))),
        ("clock", _reminded()),
        (PROVINCE, facts.ReportDueMoved("B03", "banjir", _report_owed(date(2022, 4, 22), 2))),
        (
            HEAD,
            facts.ReportSubmitted(
                REPORT,
                "KALBAR-2022-6102-e-open/B03/1",
                "B03",
                1,
                HEAD,
                PIC,
                f"person-{PIC}",
                date(2022, 4, 22),
                True,
                (THIRD, FOURTH),
                (facts.Nihil(1, "sudah tuntas"),),
                "Disampaikan setelah banjir surut.",
            ),
        ),
        *_claims(),
    )


def _claims() -> tuple[tuple[str, CommitmentFact], ...]:
    return (
        (
            HEAD,
            facts.ClaimMade(
                THIRD,
                3,
                2,
                HEAD,
                COORDINATOR,
                Decimal(50),
                "",
                (),
                report=REPORT,
                period="B03",
                reason="penghitungan sebelumnya ganda",
            ),
        ),
        (HEAD, facts.ClaimMade(FOURTH, 4, 1, HEAD, COORDINATOR, Decimal(1), "", (FILE,), report=REPORT, period="B03")),
        (PIC, facts.EvidenceAttached(THIRD, 2, PIC, (MEMO,))),
        (COORDINATOR, facts.ClaimChecked(THIRD, 2, COORDINATOR, Decimal(50), "sesuai", None, ())),
        (COORDINATOR, facts.ClaimChecked(FOURTH, 1, COORDINATOR, Decimal(1), "", PROVINCE, ("completion",))),
        (PROVINCE, facts.ClaimsSampled("B03", SEED, 200, (facts.SampledClaim(THIRD, PROVINCE),))),
        (PROVINCE, facts.ClaimVerified(THIRD, 2, PROVINCE, Decimal(50), False, "")),
    )
