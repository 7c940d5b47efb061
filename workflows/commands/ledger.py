"""Commands on the money that a party owes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.facts import Evidence


@dataclass(frozen=True, slots=True)
class EstablishMoney:
    """Say how much is owed in all, by a letter."""

    amount_idr: int
    letter: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class RecordPayment:
    amount_idr: int
    paid_on: date
    evidence: tuple[Evidence, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProvePayment:
    payment: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReturnPayment:
    payment: str
    reason: str
    text: str = ""


LedgerCommand = EstablishMoney | RecordPayment | ProvePayment | ReturnPayment
