"""How an imported history and external ids change a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import close_all
from workflows.commitment.fold_oversight import lapsed
from workflows.commitment.state import Commitment, Recorded
from workflows.facts import HistoryFact


def evolve_history(state: Commitment, fact: HistoryFact, event: Recorded) -> Commitment:
    """Fold one fact about what happened elsewhere."""
    match fact:
        case facts.HistoryImported():
            return replace(state, title=fact.title)
        case facts.StateImported() | facts.StateCorrected():
            moved = replace(state, state=fact.to_state, past=(*state.past, fact), closed_at=None)
            if not fact.closes:
                return moved
            owed, matters = close_all(moved.owed, event), lapsed(moved.matters)
            return replace(moved, owed=owed, matters=matters, closed_at=event.valid_at)
        case facts.ExternalIdGiven():
            return replace(state, external_ids=(*state.external_ids, fact))
        case _:
            assert_never(fact)
