"""What others raise and note in the year that telling is tested with: every fact of oversight at least once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.support.telling_names import COORDINATOR, FILE, HEAD, MEMO, NAME, PIC, PROVINCE, SECRETARY
from workflows import facts
from workflows.facts import CommitmentFact, LevelDue, Obligation


def oversight() -> tuple[tuple[str, CommitmentFact], ...]:
    """The facts, each with the office that acted."""
    return (*_matters(), *_work_and_notes())


def _answer(kind: str, number: int, office: str, round: int = 1) -> Obligation:
    due_at = datetime(2022, 2, 11, 17, 0, tzinfo=UTC)
    levels = (LevelDue(1, due_at - timedelta(days=2)),)
    return Obligation(
        obligation=f"{kind}-{number}",
        round=round,
        kind=kind,
        subject=f"{NAME}.{kind[0]}{number}",
        office=office,
        due_on=date(2022, 2, 11),
        due_at=due_at,
        calendar="id",
        calendar_version=1,
        ladder=kind,
        ladder_version=1,
        levels=levels,
        given_by=PROVINCE,
    )


def _reminder() -> facts.EscalationRaised:
    due_at = datetime(2022, 2, 11, 17, 0, tzinfo=UTC)
    return facts.EscalationRaised("finding-1", 2, "finding", 1, 1, "message", due_at, HEAD, (HEAD,), ())


def _matters() -> tuple[tuple[str, CommitmentFact], ...]:
    finding, direction = f"{NAME}.f1", f"{NAME}.d1"
    return (
        (
            COORDINATOR,
            facts.VerificationRevoked(
                f"{NAME}.c2", 1, COORDINATOR, Decimal(0), "bukti_tidak_benar", "Foto berasal dari kegiatan lain."
            ),
        ),
        (
            PROVINCE,
            facts.FindingRecorded(
                finding, 1, PROVINCE, "Daftar hadir tidak ada.", (MEMO,), HEAD, _answer("finding", 1, HEAD), 2
            ),
        ),
        (HEAD, facts.FindingAnswered(finding, HEAD, "Sedang disusun.", ())),
        (PROVINCE, facts.FindingReturned(finding, PROVINCE, "Mohon berkasnya.", _answer("finding", 1, HEAD, 2))),
        ("clock", _reminder()),
        (HEAD, facts.FindingAnswered(finding, HEAD, "Terlampir.", (FILE,))),
        (PROVINCE, facts.FindingClosed(finding, PROVINCE, "Sudah lengkap.")),
        (
            PROVINCE,
            facts.DirectionGiven(
                direction, 1, PROVINCE, "Mohon dipercepat.", (), SECRETARY, _answer("direction", 1, SECRETARY)
            ),
        ),
        (SECRETARY, facts.DirectionAnswered(direction, SECRETARY, "Sudah dirapatkan.", ())),
        (
            PROVINCE,
            facts.DirectionReturned(direction, PROVINCE, "Mohon jadwalnya.", _answer("direction", 1, SECRETARY, 2)),
        ),
        (PROVINCE, facts.DirectionSettled(direction, PROVINCE, "Diterima.")),
    )


def _work_and_notes() -> tuple[tuple[str, CommitmentFact], ...]:
    visited_at = datetime(2021, 12, 19, 17, 0, tzinfo=UTC)
    obstacle, helping = f"{NAME}.o1", f"{NAME}.h1"
    return (
        (PIC, facts.ObstacleReported(obstacle, 1, PIC, "Jaringan belum stabil.", (), "teknis", None)),
        (COORDINATOR, facts.ObstacleClosed(obstacle, COORDINATOR, "Jaringan cadangan dipasang.")),
        (
            PIC,
            facts.HelpRequested(helping, 1, PIC, "Mohon contoh SOP.", (), PROVINCE, _answer("help", 1, PROVINCE)),
        ),
        (PROVINCE, facts.HelpAnswered(helping, PROVINCE, "Contoh terlampir.", (FILE,))),
        (
            PROVINCE,
            facts.VisitNoted(
                f"{NAME}.n1", 1, PROVINCE, date(2021, 12, 20), visited_at, "Mempawah", "Layanan berjalan.", (FILE,)
            ),
        ),
        (PROVINCE, facts.NoteMade(f"{NAME}.n2", 2, PROVINCE, "Patut dicontoh.", ())),
    )
