"""Payments of the commitment that telling is tested with."""

from __future__ import annotations

from datetime import date

from tests.support.telling_names import COORDINATOR, FILE, HEAD, MEMO, NAME
from workflows import facts
from workflows.facts import CommitmentFact


def payments() -> tuple[tuple[str, CommitmentFact], ...]:
    """Who acts, and what is recorded: an amount, one payment that is not proven and one that is."""
    paid_on = date(2022, 6, 8)
    return (
        (COORDINATOR, facts.MoneyEstablished(COORDINATOR, 250_000_000, "LHP-3/2022", "kelebihan bayar")),
        (HEAD, facts.PaymentRecorded(f"{NAME}.p1", 1, HEAD, COORDINATOR, 100_000_000, paid_on, "setoran", (FILE,))),
        (COORDINATOR, facts.PaymentReturned(f"{NAME}.p1", COORDINATOR, "bukti_kurang", "Mohon lampirkan bukti setor.")),
        (HEAD, facts.PaymentRecorded(f"{NAME}.p2", 2, HEAD, COORDINATOR, 90_000_000, paid_on, "", (FILE, MEMO))),
        (COORDINATOR, facts.PaymentProven(f"{NAME}.p2", COORDINATOR, 90_000_000, "sesuai")),
    )
