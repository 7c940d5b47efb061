"""The money that a party owes: four figures, of which three are told and one is computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from workflows import facts


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment and its fate. status: recorded | proven | returned

    delegate  the own office of whoever recorded it on another's behalf
    """

    recorded: facts.PaymentRecorded
    recorded_at: datetime
    person: str
    delegate: str | None = None
    status: str = "recorded"
    verdict: facts.PaymentProven | facts.PaymentReturned | None = None
    decided_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """What was established and what was paid. All figures are whole rupiah."""

    established: facts.MoneyEstablished | None = None
    payments: Mapping[str, Payment] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def established_idr(self) -> int:
        """How much is owed in all; 0 until an amount is established."""
        return 0 if self.established is None else self.established.amount_idr

    @property
    def paid_idr(self) -> int:
        """What the party says it paid, proven or not yet; what was returned doesn't count."""
        return self._sum("recorded", "proven")

    @property
    def proven_idr(self) -> int:
        """What another office found proven."""
        return self._sum("proven")

    @property
    def remaining_idr(self) -> int:
        """What is still to be proven of the amount established."""
        return self.established_idr - self.proven_idr

    def _sum(self, *statuses: str) -> int:
        return sum(one.recorded.amount_idr for one in self.payments.values() if one.status in statuses)
