"""An action plan and how far its items have come: claimed and verified are two figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """One item's progress, in the item's unit.

    value           cumulative | per_period: what a claim's number means
    claimed_value   what the office says, verified or waiting; verified_value what another office found right
    complete        a verified value reached the target
    """

    value: str
    claimed_value: Decimal = Decimal(0)
    verified_value: Decimal = Decimal(0)
    complete: bool = False

    def claimed(self, value: Decimal) -> ItemProgress:
        """The progress after a claim of `value`."""
        return replace(self, claimed_value=value if self.value == "cumulative" else self.verified_value + value)

    def verified(self, value: Decimal, *, completes: bool) -> ItemProgress:
        """The progress after a claim of `value` was verified."""
        total = value if self.value == "cumulative" else self.verified_value + value
        return replace(self, verified_value=total, claimed_value=total, complete=self.complete or completes)

    def returned(self) -> ItemProgress:
        """The progress after the waiting claim was sent back: what was verified before stands."""
        return replace(self, claimed_value=self.verified_value)


def unstarted(value: str) -> ItemProgress:
    """The progress of an item nobody has claimed anything for."""
    return ItemProgress(value)
