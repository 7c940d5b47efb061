"""Facts of reports by period."""

from __future__ import annotations

from collections.abc import Mapping

from service.sentences.commitments.telling import Telling
from workflows.facts import ReportDueMoved, ReportFact, ReportSubmitted


def places(fact: ReportFact, telling: Telling) -> Mapping[str, str]:
    """The texts of the places."""
    words = telling.words
    match fact:
        case ReportSubmitted():
            return _submitted(fact, telling)
        case ReportDueMoved():
            due_on = words.weekday(fact.obligation.due_on)
            return {"period": fact.period, "due_on": due_on, "reason": words.quoted("said", fact.reason)}


def _submitted(fact: ReportSubmitted, telling: Telling) -> Mapping[str, str]:
    words = telling.words
    prepared = words.office(fact.prepared_by) if fact.prepared_by != fact.office else None
    nihil = ", ".join(str(one.item) for one in fact.nihil)
    return {
        "actor": telling.actor,
        "period": fact.period,
        "late": words.clause("late") if fact.late else "",
        "claims": telling.counted(len(fact.claims)) if fact.claims else words.clause("no claims"),
        "nihil": words.clause("nihil", it=nihil) if nihil else words.clause("no nihil"),
        "receipt": fact.receipt,
        "prepared": words.clause_if("prepared by", prepared),
        "note": words.quoted("note", fact.note),
    }
