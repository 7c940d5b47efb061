"""Facts of a commitment's stream about money that a party owes: established, paid, proven. Amounts are whole rupiah."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.facts.parts import Evidence


@dataclass(frozen=True, slots=True)
class MoneyEstablished:
    """So much is owed in all from now on, by a letter; an earlier amount is replaced."""

    office: str
    amount_idr: int
    letter: str
    text: str


@dataclass(frozen=True, slots=True)
class PaymentRecorded:
    """An office says that it paid, with evidence; `payment` is "<commitment>.p<number>".

    prover  the office that is to find it proven, resolved when the payment was recorded
    """

    payment: str
    number: int
    office: str
    prover: str
    amount_idr: int
    paid_on: date
    note: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PaymentProven:
    """Another office found the payment proven."""

    payment: str
    office: str
    amount_idr: int
    note: str


@dataclass(frozen=True, slots=True)
class PaymentReturned:
    """Another office found the payment not proven: it counts no more."""

    payment: str
    office: str
    reason: str
    text: str


LedgerFact = MoneyEstablished | PaymentRecorded | PaymentProven | PaymentReturned
LEDGER_NAMES: dict[type, str] = {
    MoneyEstablished: "money-established",
    PaymentRecorded: "payment-recorded",
    PaymentProven: "payment-proven",
    PaymentReturned: "payment-returned",
}
