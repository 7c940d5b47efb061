"""The stored name of every fact: a literal that never changes."""

from __future__ import annotations

from datetime import datetime

from workflows.facts.clock import CLOCK_NAMES, ClockCorrected
from workflows.facts.delegations import DELEGATION_NAMES, DelegationFact
from workflows.facts.effects import EFFECT_FACT_NAMES, EffectFact
from workflows.facts.histories import HISTORY_NAMES, HistoryFact, history_valid_at
from workflows.facts.ledger import LEDGER_NAMES, LedgerFact
from workflows.facts.offices import OFFICE_NAMES, OfficeFact
from workflows.facts.oversight import OVERSIGHT_NAMES, OversightFact, oversight_valid_at
from workflows.facts.owed import OWED_NAMES, OwedFact
from workflows.facts.plans import PLAN_NAMES, PlanFact, plan_valid_at
from workflows.facts.programmes import PROGRAMME_NAMES, ProgrammeFact
from workflows.facts.progress import PROGRESS_NAMES, ProgressFact
from workflows.facts.reports import REPORT_NAMES, ReportFact
from workflows.facts.requests import REQUEST_NAMES, RequestFact, request_valid_at
from workflows.facts.sittings import SITTING_NAMES, SittingFact, sitting_valid_at
from workflows.facts.versions import VERSION_NAMES, VersionFact

NAMES: dict[type, str] = {
    **OFFICE_NAMES,
    **DELEGATION_NAMES,
    **PROGRAMME_NAMES,
    **SITTING_NAMES,
    **PLAN_NAMES,
    **REQUEST_NAMES,
    **PROGRESS_NAMES,
    **OVERSIGHT_NAMES,
    **REPORT_NAMES,
    **OWED_NAMES,
    **LEDGER_NAMES,
    **EFFECT_FACT_NAMES,
    **VERSION_NAMES,
    **HISTORY_NAMES,
    **CLOCK_NAMES,
}

CommitmentFact = (
    PlanFact
    | RequestFact
    | ProgressFact
    | ReportFact
    | OversightFact
    | OwedFact
    | LedgerFact
    | EffectFact
    | VersionFact
    | HistoryFact
)
Fact = OfficeFact | DelegationFact | ProgrammeFact | SittingFact | CommitmentFact | ClockCorrected
BASIS = frozenset(
    (*OFFICE_NAMES.values(), *DELEGATION_NAMES.values(), *PROGRAMME_NAMES.values(), *SITTING_NAMES.values())
)


def valid_at(fact: Fact) -> datetime | None:
    """When the fact was true, where that may differ from when it is recorded; None: true from its recording."""
    if isinstance(fact, RequestFact):
        return request_valid_at(fact)
    if isinstance(fact, SittingFact):
        return sitting_valid_at(fact)
    if isinstance(fact, OversightFact):
        return oversight_valid_at(fact)
    if isinstance(fact, HistoryFact):
        return history_valid_at(fact)
    return plan_valid_at(fact) if isinstance(fact, PlanFact) else None
