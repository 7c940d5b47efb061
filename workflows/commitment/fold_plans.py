"""How drafts, plans and changes of state change a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import close_all, fulfilled, look_ended
from workflows.commitment.fold_oversight import lapsed
from workflows.commitment.state import Commitment, Owed, Recorded
from workflows.facts import PlanFact, PlanItem
from workflows.plan import ItemProgress, unstarted


def evolve_plan(state: Commitment, fact: PlanFact, event: Recorded) -> Commitment:
    """Fold one fact about the draft, the plan or the state."""
    match fact:
        case facts.CommitmentDrafted():
            raise AssertionError("drafted twice")
        case facts.DraftEdited():
            return replace(
                state, replication_scope=fact.replication_scope, agency=fact.agency, pic=fact.pic, fields=fact.fields
            )
        case facts.PlanDrafted():
            return replace(state, items=fact.items, progress=_progress(state, fact.items))
        case facts.PlanAmended():
            return _amended(state, fact, event)
        case facts.StateChanged():
            return _moved(state, fact, event)
        case _:
            assert_never(fact)


def _amended(state: Commitment, fact: facts.PlanAmended, event: Recorded) -> Commitment:
    """The new plan, measured with what was claimed and verified before; what it drops is owed and claimed no more."""
    progress = _progress(state, fact.items)
    owed = dict(state.owed)
    for name, one in state.owed.items():
        if one.is_open and one.obligation.kind == "item":
            owed[name] = _owed_after(one, fact.items, progress, event)
    kept = {item.number for item in fact.items}
    claims = {
        name: replace(claim, status="superseded", decided_at=event.recorded_at)
        if claim.waits_for is not None and claim.made.item not in kept
        else claim
        for name, claim in state.claims.items()
    }
    left: Mapping[str, Owed] = MappingProxyType(owed)
    for claim in state.claims.values():
        if claim.made.item not in kept:
            left = look_ended(left, claim.made.number, "closed", event)
    return replace(
        state,
        items=fact.items,
        revision=fact.revision,
        revisions=(*(state.revisions or (state.items,)), fact.items),
        progress=progress,
        owed=left,
        claims=MappingProxyType(claims),
        adaptations=state.adaptations + fact.adapts,
        dropped=_dropped(state, kept),
    )


def _dropped(state: Commitment, kept: set[int]) -> Mapping[int, ItemProgress]:
    known = {**state.dropped, **state.progress}
    return MappingProxyType({number: one for number, one in known.items() if number not in kept})


def _owed_after(owed: Owed, items: tuple[PlanItem, ...], progress: Mapping[int, ItemProgress], event: Recorded) -> Owed:
    item = next((item for item in items if str(item.number) == owed.obligation.subject), None)
    if item is None:
        return replace(owed, status="closed", ended_at=event.recorded_at)
    reached = progress[item.number].claimed_value >= item.target
    return replace(owed, status="met", ended_at=event.recorded_at) if reached else owed


def _progress(state: Commitment, items: tuple[PlanItem, ...]) -> Mapping[int, ItemProgress]:
    known = {**state.dropped, **state.progress}
    return MappingProxyType(
        {item.number: known.get(item.number, unstarted(item.value)).against(item) for item in items}
    )


def _moved(state: Commitment, fact: facts.StateChanged, event: Recorded) -> Commitment:
    moved = replace(fulfilled(state, fact.request, event), state=fact.to_state, closed_at=None)
    if not fact.closes:
        return moved
    owed, matters = close_all(moved.owed, event), lapsed(moved.matters)
    return replace(moved, owed=owed, matters=matters, closed_at=event.valid_at)
