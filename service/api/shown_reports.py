"""Reports, their drafts and their periods as answers show them."""

from __future__ import annotations

from service.api.shown import Shown, shown_claim
from service.report_drafts import Content, ReportDraft
from workflows.commitment import Commitment, Report
from workflows.context import Context
from workflows.errors import CalendarEnds
from workflows.periods import Period, Window, periods_of


def shown_report(state: Commitment, report: Report) -> Shown:
    """A report, with what became of its claims."""
    one = report.submitted
    return {
        "id": one.report,
        "commitment": state.id,
        "receipt": one.receipt,
        "period": one.period,
        "number": one.number,
        "office": one.office,
        "prepared_by": one.prepared_by,
        "submitted_at": report.submitted_at,
        "due_on": one.due_on,
        "late": one.late,
        "note": one.note,
        "nihil": one.nihil,
        "claims": [shown_claim(state, state.claims[name]) for name in one.claims],
    }


def shown_windows(context: Context, party: str) -> list[Shown]:
    """Every period of the programme's year with its window for a party ("": what holds for all)."""
    scheme = context.definition.periods
    periods = () if scheme is None else periods_of(scheme, context.programme.fiscal_year)
    return [_window(period, context, party) for period in periods]


def shown_draft(commitment: str, period: str, draft: ReportDraft | None) -> Shown:
    """What is prepared of a report; an empty draft where nothing is."""
    content = Content() if draft is None else draft.content
    return {
        "commitment": commitment,
        "period": period,
        "saved": 0 if draft is None else draft.saved,
        "saved_at": None if draft is None else draft.saved_at,
        "office": None if draft is None else draft.office,
        "lines": content.lines,
        "nihil_rest": content.nihil_rest,
        "note": content.note,
    }


def _window(period: Period, context: Context, party: str) -> Shown:
    window = _window_or_none(period, context, party)
    return {
        "period": period.code,
        "label": period.label,
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "opens_on": window.opens_on if window else None,
        "due_on": window.due_on if window else None,
        "closes_on": window.closes_on if window else None,
        "stands": window.stands(context.now, context.programme.zone) if window else "unknown",
    }


def _window_or_none(period: Period, context: Context, party: str) -> Window | None:
    try:
        return context.window(period.code, party)
    except CalendarEnds:
        return None
