"""How requests that leave the state as it is change a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import fulfilled
from workflows.commitment.state import Commitment, Hold, Recorded
from workflows.facts import Correction, EffectFact, MovedItem, PlanItem


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
        case facts.ItemExtended():
            moved = MovedItem(fact.item, fact.was, fact.ends_on)
            return replace(state, extensions=(*state.extensions, fact), items=_ending(state, (moved,)))
        case facts.CommitmentCorrected():
            return _corrected(state, fact)
        case _:
            assert_never(fact)


def _corrected(state: Commitment, fact: facts.CommitmentCorrected) -> Commitment:
    for one in fact.corrections:
        if one.item is not None:
            items = (_reworded(item, one) if item.number == one.item else item for item in state.items)
            state = replace(state, items=tuple(items))
        else:
            state = replace(state, pic=one.new)
    return state


def _reworded(item: PlanItem, one: Correction) -> PlanItem:
    match one.field:
        case "activity":
            return replace(item, activity=one.new)
        case "output":
            return replace(item, output=one.new)
        case _:
            return replace(item, evidence_required=one.new)


def _ending(state: Commitment, moved: tuple[MovedItem, ...]) -> tuple[PlanItem, ...]:
    ends = {one.item: one.ends_on for one in moved}
    return tuple(replace(item, ends_on=ends.get(item.number, item.ends_on)) for item in state.items)
