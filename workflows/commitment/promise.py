"""What a commitment promised first, and how much of that is complete, whatever its plan became."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.commitment.state import Commitment
from workflows.facts import PlanItem
from workflows.plan import ItemProgress, measured_alike


@dataclass(frozen=True, slots=True)
class Kept:
    """How many of a plan's items there are, and how many are complete."""

    items: int
    complete: int


def first_plan(state: Commitment) -> tuple[PlanItem, ...]:
    """The plan as first signed; as it stands where it was never amended."""
    return state.revisions[0] if state.revisions else state.items


def plans_so_far(state: Commitment) -> tuple[tuple[PlanItem, ...], ...]:
    """Every plan that was in force, the one in force last."""
    return (*state.revisions, state.items)


def kept_as_first_signed(state: Commitment) -> Kept:
    """The first plan's items, and those verified at or over the targets that they had there."""
    plan = first_plan(state)
    return Kept(len(plan), sum(_is_kept(item, state) for item in plan))


def kept_as_modified(state: Commitment) -> Kept:
    """The items of the plan in force, and those that are complete."""
    return Kept(len(state.items), sum(one.complete for one in state.progress.values()))


def _is_kept(promised: PlanItem, state: Commitment) -> bool:
    progress = _progress(promised.number, state)
    if progress is None or progress.verified_value < promised.target:
        return False
    now = state.item(promised.number)
    return now is None or measured_alike(now, promised)


def _progress(number: int, state: Commitment) -> ItemProgress | None:
    return state.progress.get(number) or state.dropped.get(number)
