"""An action plan: how far its items have come, and how two plans differ.

Claimed, checked and verified are three figures. A plan is compared item by item, by number: the number is an item's
name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workflows.facts import PlanItem

CUMULATIVE = "cumulative"
FIELD = "field."
"""What the name of a field of the workflow's own begins with among an item's texts."""
PROMISE_FIELDS = (
    "stage",
    "indicator",
    "unit",
    "target",
    "starts_on",
    "ends_on",
    "agency",
    "budget_idr",
    "fund",
    "component",
    "value",
)
"""An item's fields that say what is promised: how much, until when, by whom, with what money."""
WORDING_FIELDS = ("activity", "output", "evidence_required")
"""An item's fields that say it in words."""
ADAPTED_FIELDS = ("activity", "output", "evidence_required")
"""An item's fields that say how the promise is kept: an adaptation changes these, and what is measured stays."""
MEASURES = ("indicator", "unit", "value")
"""An item's fields that say what its figures are of: where one differs, two figures say nothing of each other."""
QUARTER_LEFT_OUT = Decimal("0.75")


@dataclass(frozen=True, slots=True)
class ItemProgress:
    """One item's progress, in the item's unit: three figures, each resting on another act.

    value           cumulative | per_period: what a claim's number means
    claimed_value   what the office says, found right or waiting
    checked_value   what a first office found right; where no second one is asked, what was verified
    verified_value  what was verified
    complete        a verified value reached the target
    """

    value: str
    claimed_value: Decimal = Decimal(0)
    checked_value: Decimal = Decimal(0)
    verified_value: Decimal = Decimal(0)
    complete: bool = False

    def claimed(self, value: Decimal) -> ItemProgress:
        """The progress after a claim of `value`."""
        return replace(self, claimed_value=self.total_with(value))

    def checked(self, value: Decimal) -> ItemProgress:
        """The progress after the waiting claim of `value` was found right by a first office."""
        total = self.total_with(value)
        return replace(self, claimed_value=total, checked_value=total)

    def verified(self, value: Decimal, *, completes: bool) -> ItemProgress:
        """The progress after the waiting claim of `value` was verified by the only office that is asked."""
        checked = self.checked(value)
        return replace(checked, verified_value=checked.checked_value, complete=self.complete or completes)

    def confirmed(self, value: Decimal, *, total: Decimal, completes: bool, newest: bool) -> ItemProgress:
        """The progress after a checked claim of `value` was verified too.

        Of an item counted per period a claim that completes it stands for the whole sum, any other for itself.
        total   what the item's figure was with the claim
        newest  no later claim of the item was verified before
        """
        if self.value == CUMULATIVE:
            verified = value if newest else self.verified_value
        else:
            verified = total if completes else self.verified_value + value
        return replace(self, verified_value=verified, complete=self.complete or completes)

    def returned(self) -> ItemProgress:
        """The progress after the waiting claim was sent back: what was found right before stands."""
        return replace(self, claimed_value=self.checked_value)

    def taken_back(self, value: Decimal, *, claimed_before: Decimal, checked_before: Decimal) -> ItemProgress:
        """The progress after a checked claim of `value` was sent back by the second office.

        claimed_before, checked_before  the figures of the latest claims that still stand
        """
        if self.value == CUMULATIVE:
            return replace(self, claimed_value=claimed_before, checked_value=checked_before)
        return replace(self, claimed_value=self.claimed_value - value, checked_value=self.checked_value - value)

    def revoked(self, verified_value: Decimal, item: PlanItem | None) -> ItemProgress:
        """The progress once only `verified_value` stands, verified, and nothing beside it."""
        complete = item is not None and verified_value >= item.target
        return replace(
            self,
            verified_value=verified_value,
            checked_value=verified_value,
            claimed_value=verified_value,
            complete=complete,
        )

    def total_with(self, value: Decimal) -> Decimal:
        """What would stand found right if a claim of `value` were."""
        return value if self.value == CUMULATIVE else self.checked_value + value

    def against(self, item: PlanItem) -> ItemProgress:
        """The same figures measured with the item as it is now: its target, and what a claim's number means."""
        return replace(self, value=item.value, complete=self.verified_value >= item.target)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between two plans. kind: added | dropped | changed; `field`, `old`, `new` only where changed."""

    number: int
    kind: str
    field: str = ""
    old: str = ""
    new: str = ""


def unstarted(value: str) -> ItemProgress:
    """The progress of an item nobody has claimed anything for."""
    return ItemProgress(value)


def differences(old: tuple[PlanItem, ...], new: tuple[PlanItem, ...]) -> tuple[Change, ...]:
    """Every difference from `old` to `new`, by item number, then in the order of an item's fields."""
    before, after = _by_number(old), _by_number(new)
    changes: list[Change] = []
    for number in sorted({*before, *after}):
        if number not in after:
            changes.append(Change(number, "dropped"))
        elif number not in before:
            changes.append(Change(number, "added"))
        else:
            changes.extend(_changed_fields(before[number], after[number]))
    return tuple(changes)


def falls_over_quarter(
    promised: Iterable[tuple[PlanItem, ...]], in_force: tuple[PlanItem, ...], new: tuple[PlanItem, ...]
) -> tuple[int, ...]:
    """The numbers of items of which `new` leaves under three quarters of the most that was promised.

    An item that is dropped, or measured otherwise, leaves nothing; what another item takes over doesn't count. One
    whose target `new` doesn't lower isn't listed.
    promised  every plan that was ever in force, so that small steps add up and a raised target counts too
    source    ADR 0063
    """
    earlier, after = [_by_number(plan) for plan in promised], _by_number(new)
    fallen: list[int] = []
    for item in in_force:
        left = _left(item, after.get(item.number))
        same = [plan[item.number] for plan in earlier if item.number in plan]
        most = max((one.target for one in same if measured_alike(one, item)), default=item.target)
        if left < item.target and left < most * QUARTER_LEFT_OUT:
            fallen.append(item.number)
    return tuple(fallen)


def measured_alike(one: PlanItem, other: PlanItem) -> bool:
    """True if the two items' figures are of the same thing, counted alike."""
    return all(getattr(one, field) == getattr(other, field) for field in MEASURES)


def changed_components(old: tuple[PlanItem, ...], new: tuple[PlanItem, ...]) -> frozenset[str]:
    """The subject's components that a difference touches: those of changed, added and dropped items."""
    numbers = {change.number for change in differences(old, new)}
    return frozenset(item.component for item in (*old, *new) if item.number in numbers and item.component is not None)


def dropped_components(old: tuple[PlanItem, ...], new: tuple[PlanItem, ...]) -> frozenset[str]:
    """The subject's components that `old` works on and `new` no longer does."""
    kept = {item.component for item in new}
    return frozenset(item.component for item in old if item.component is not None and item.component not in kept)


def verified_percent(items: tuple[PlanItem, ...], progress: Mapping[int, ItemProgress]) -> int:
    """How much of a plan was verified: the mean over its items, each at most whole, in whole per cent rounded down."""
    if not items:
        return 0
    shares = (min(Decimal(1), progress[item.number].verified_value / item.target) for item in items if item.target > 0)
    return int(sum(shares, Decimal(0)) * 100 / len(items))


def first_ends(plans: Iterable[tuple[PlanItem, ...]]) -> Mapping[int, date]:
    """The end of each item as the first of these plans has it that has the item."""
    ends: dict[int, date] = {}
    for plan in plans:
        for item in plan:
            ends.setdefault(item.number, item.ends_on)
    return ends


def last_day(items: tuple[PlanItem, ...]) -> date | None:
    """The day on which the whole plan ends; None for an empty one."""
    return max((item.ends_on for item in items), default=None)


def texts(item: PlanItem) -> Mapping[str, str]:
    """An item's fields as text, equal for equal items (1.0 and 1 are one number): for digests and comparing."""
    return {
        "stage": item.stage,
        "activity": item.activity,
        "output": item.output,
        "indicator": item.indicator,
        "unit": item.unit,
        "target": _plain(item.target),
        "starts_on": item.starts_on.isoformat(),
        "ends_on": item.ends_on.isoformat(),
        "agency": item.agency,
        "budget_idr": str(item.budget_idr),
        "fund": item.fund,
        "evidence_required": item.evidence_required,
        "component": item.component or "",
        "value": item.value,
        "depends_on": ", ".join(str(number) for number in item.depends_on),
        "weight": "" if item.weight is None else _plain(item.weight),
        "targets": ", ".join(f"{one.period}={_plain(one.target)}" for one in item.targets),
        **{f"{FIELD}{one.name}": one.value for one in item.fields},
    }


def _changed_fields(old: PlanItem, new: PlanItem) -> list[Change]:
    before, after = texts(old), texts(new)
    return [
        Change(old.number, "changed", field, before.get(field, ""), after.get(field, ""))
        for field in dict.fromkeys((*before, *after))
        if before.get(field, "") != after.get(field, "")
    ]


def _left(item: PlanItem, now: PlanItem | None) -> Decimal:
    return now.target if now is not None and measured_alike(item, now) else Decimal(0)


def _by_number(items: tuple[PlanItem, ...]) -> dict[int, PlanItem]:
    return {item.number: item for item in items}


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")
