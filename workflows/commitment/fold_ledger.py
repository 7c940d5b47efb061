"""How facts about money change a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import put
from workflows.commitment.ledger import Ledger, Payment
from workflows.commitment.state import Commitment, Recorded
from workflows.facts import LedgerFact


def evolve_ledger(state: Commitment, fact: LedgerFact, event: Recorded) -> Commitment:
    """Fold one fact about money."""
    return replace(state, ledger=_changed(state.ledger, fact, event))


def _changed(ledger: Ledger, fact: LedgerFact, event: Recorded) -> Ledger:
    match fact:
        case facts.MoneyEstablished():
            return replace(ledger, established=fact)
        case facts.PaymentRecorded():
            return _with(ledger, Payment(fact, event.recorded_at, event.person, event.delegate))
        case facts.PaymentProven() | facts.PaymentReturned():
            status = "proven" if isinstance(fact, facts.PaymentProven) else "returned"
            judged = replace(ledger.payments[fact.payment], status=status, verdict=fact, decided_at=event.recorded_at)
            return _with(ledger, judged)
        case _:
            assert_never(fact)


def _with(ledger: Ledger, payment: Payment) -> Ledger:
    return replace(ledger, payments=put(ledger.payments, payment.recorded.payment, payment))
