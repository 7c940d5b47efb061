"""How reports change a commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from workflows import facts
from workflows.commitment.changes import owe, put
from workflows.commitment.state import Commitment, Recorded, Report
from workflows.facts import ReportFact


def evolve_report(state: Commitment, fact: ReportFact, event: Recorded) -> Commitment:
    """Fold one fact about a report."""
    match fact:
        case facts.ReportSubmitted():
            return _submitted(state, fact, event)
        case facts.ReportDueMoved():
            return replace(state, owed=owe(state.owed, (fact.obligation,), event))
        case _:
            assert_never(fact)


def _submitted(state: Commitment, fact: facts.ReportSubmitted, event: Recorded) -> Commitment:
    report = Report(fact, event.recorded_at, event.person)
    reported = replace(state, reports=put(state.reports, fact.report, report))
    name = f"report-{fact.period}"
    owed = state.owed.get(name)
    if owed is None or not owed.is_open:
        return reported
    return replace(reported, owed=put(state.owed, name, replace(owed, status="met", ended_at=event.recorded_at)))
