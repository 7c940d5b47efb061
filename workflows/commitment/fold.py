"""The fold of a commitment's events: each fact is folded by its group."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import assert_never

from workflows import facts
from workflows.commitment.fold_effects import evolve_effect
from workflows.commitment.fold_histories import evolve_history
from workflows.commitment.fold_ledger import evolve_ledger
from workflows.commitment.fold_oversight import evolve_oversight
from workflows.commitment.fold_owed import evolve_owed
from workflows.commitment.fold_plans import evolve_plan
from workflows.commitment.fold_progress import evolve_progress
from workflows.commitment.fold_reports import evolve_report
from workflows.commitment.fold_requests import evolve_request
from workflows.commitment.fold_retractions import retractable
from workflows.commitment.fold_versions import evolve_version
from workflows.commitment.state import Commitment, Recorded, Request
from workflows.facts import (
    CommitmentFact,
    EffectFact,
    HistoryFact,
    LedgerFact,
    OversightFact,
    OwedFact,
    PlanFact,
    ProgressFact,
    ReportFact,
    RequestFact,
    VersionFact,
)


def replay(events: Iterable[Recorded]) -> Commitment | None:
    """Fold a stream's events in version order; None for an empty stream."""
    state: Commitment | None = None
    for event in events:
        state = evolve(state, event)
    return state


def evolve(state: Commitment | None, event: Recorded) -> Commitment:
    """Fold one more event. The first must be `CommitmentDrafted`; anything else there is a bug of the writer."""
    fact = event.fact
    if state is None:
        assert isinstance(fact, facts.CommitmentDrafted), f"{type(fact).__name__} before CommitmentDrafted"
        return _drafted(fact, event)
    changed = _changed(state, fact, event)
    return replace(changed, last=event, retractable=retractable(state, event))


def _drafted(fact: facts.CommitmentDrafted, event: Recorded) -> Commitment:
    empty: Mapping[str, Request] = MappingProxyType({})
    return Commitment(
        drafted=fact,
        definition_version=fact.definition_version,
        state=fact.state,
        replication_scope=fact.replication_scope,
        agency=fact.agency,
        pic=fact.pic,
        items=(),
        revision=0,
        revisions=(),
        requests=empty,
        claims=MappingProxyType({}),
        progress=MappingProxyType({}),
        owed=MappingProxyType({}),
        signature=None,
        witnesses=(),
        matters=MappingProxyType({}),
        notes=(),
        last=event,
        drafted_at=event.recorded_at,
        fields=fact.fields,
        reports=MappingProxyType({}),
        samples=MappingProxyType({}),
    )


def _changed(state: Commitment, fact: CommitmentFact, event: Recorded) -> Commitment:
    if isinstance(fact, RequestFact):
        return evolve_request(state, fact, event)
    if isinstance(fact, PlanFact):
        return evolve_plan(state, fact, event)
    if isinstance(fact, ProgressFact):
        return evolve_progress(state, fact, event)
    if isinstance(fact, OversightFact):
        return evolve_oversight(state, fact, event)
    if isinstance(fact, ReportFact):
        return evolve_report(state, fact, event)
    if isinstance(fact, OwedFact):
        return evolve_owed(state, fact, event)
    if isinstance(fact, LedgerFact):
        return evolve_ledger(state, fact, event)
    if isinstance(fact, EffectFact):
        return evolve_effect(state, fact, event)
    if isinstance(fact, VersionFact):
        return evolve_version(state, fact, event)
    if isinstance(fact, HistoryFact):
        return evolve_history(state, fact, event)
    assert_never(fact)
