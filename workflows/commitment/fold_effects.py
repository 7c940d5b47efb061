"""How requests that leave the state as it is change a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import fulfilled
from workflows.commitment.state import Commitment, Hold, Recorded
from workflows.facts import EffectFact, MovedItem, PlanItem


def evolve_effect(state: Commitment, fact: EffectFact, event: Recorded) -> Commitment:
    """Fold one fact about what took effect."""
    match fact:
        case facts.RequestFulfilled():
            return fulfilled(state, fact.request, event)
        case facts.HoldBegun():
            return replace(state, hold=Hold(fact), items=_ending(state, fact.items))
        case facts.HoldEnded():
            assert state.hold is not None, "only a hold ends"
            return replace(state, hold=replace(state.hold, ended=fact), items=_ending(state, fact.items))
        case _:
            assert_never(fact)


def _ending(state: Commitment, moved: tuple[MovedItem, ...]) -> tuple[PlanItem, ...]:
    ends = {one.item: one.ends_on for one in moved}
    return tuple(replace(item, ends_on=ends.get(item.number, item.ends_on)) for item in state.items)
