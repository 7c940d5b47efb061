"""How obligations and their ladders change a commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import owe, put
from workflows.commitment.state import Commitment, Owed, Recorded
from workflows.facts import LevelDue, OwedFact


def evolve_owed(state: Commitment, fact: OwedFact, event: Recorded) -> Commitment:
    """Fold one fact about what is owed."""
    match fact:
        case facts.ObligationsArisen():
            return replace(state, owed=owe(state.owed, fact.obligations, event))
        case facts.DueMoved():
            return replace(state, owed=_due_moved(state, fact))
        case facts.ObligationsMet():
            return _met(state, fact, event)
        case facts.DocumentReceived():
            return replace(state, received=fact)
        case facts.EscalationRaised():
            return _escalated(state, fact, event)
        case _:
            assert_never(fact)


def _due_moved(state: Commitment, fact: facts.DueMoved) -> Mapping[str, Owed]:
    moved = {one.obligation: replace(state.owed[one.obligation], obligation=one) for one in fact.obligations}
    return MappingProxyType({**state.owed, **moved})


def _met(state: Commitment, fact: facts.ObligationsMet, event: Recorded) -> Commitment:
    owed = dict(state.owed)
    for name in fact.obligations:
        owed[name] = replace(owed[name], status="met", ended_at=event.recorded_at)
    return replace(state, owed=MappingProxyType(owed))


def _escalated(state: Commitment, fact: facts.EscalationRaised, event: Recorded) -> Commitment:
    late = state.owed[fact.obligation]
    raised = (*late.raised, LevelDue(fact.level, event.recorded_at))
    told = tuple(dict.fromkeys((*late.told, *fact.recipients)))
    return replace(state, owed=put(state.owed, fact.obligation, replace(late, raised=raised, told=told)))
