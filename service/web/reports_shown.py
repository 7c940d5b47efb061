"""A commitment's periods and reports as pages show them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.sentences import Vocabulary
from service.web.blocking import BlockerShown, shown_blockers
from service.web.visit import Visit
from workflows.blockers import Possible
from workflows.commitment import Commitment, Report
from workflows.context import Context
from workflows.errors import CalendarEnds
from workflows.periods import Window, periods_of

_STANDS = {
    "coming": ("belum dibuka", "not open yet"),
    "open": ("dibuka", "open"),
    "closed": ("ditutup", "closed"),
    "unknown": ("kalender kerja belum mencakupnya", "the working calendar doesn't reach it yet"),
}


@dataclass(frozen=True, slots=True)
class ReportShown:
    """A report as it was submitted. nihil: items and reasons"""

    receipt: str
    submitted: str
    office: str
    prepared_by: str
    is_late: bool
    claims: int
    nihil: tuple[tuple[int, str], ...]
    note: str


@dataclass(frozen=True, slots=True)
class PeriodShown:
    """A period of the commitment's year.

    stands    in words; is_open: it takes reports now
    days      what is said of its window; empty where no calendar reaches it
    may_open  the visitor may prepare or submit its report; blocked: why not
    """

    code: str
    label: str
    span: str
    stands: str
    is_open: bool
    opens: str
    due: str
    closes: str
    reports: tuple[ReportShown, ...]
    may_open: bool
    may_submit: bool
    blocked: tuple[BlockerShown, ...]


def periods_shown(visit: Visit, state: Commitment, possible: Iterable[Possible]) -> tuple[PeriodShown, ...]:
    """Every period of the year, in order. possible: what `overview` found; empty for a past view"""
    context, words = visit.context(state), visit.words(state)
    scheme = context.definition.periods
    found = {(one.act, one.on): one for one in possible}
    shown = []
    for period in () if scheme is None else periods_of(scheme, context.programme.fiscal_year):
        window = window_or_none(context, period.code, state.drafted.party)
        prepare, submit = (found.get((act, period.code)) for act in ("prepare_report", "submit_report"))
        stands = window.stands(context.now, words.zone) if window else "unknown"
        shown.append(
            PeriodShown(
                code=period.code,
                label=words.said(period.label),
                span=f"{words.day(period.starts_on)} – {words.day(period.ends_on)}",
                stands=visit.say(*_STANDS[stands]),
                is_open=stands == "open",
                opens=words.day(window.opens_on) if window else "",
                due=words.day(window.due_on) if window else "",
                closes=words.day(window.closes_on) if window else "",
                reports=tuple(_report(one, words) for one in state.reports_of(period.code)),
                may_open=any(one is not None and one.may for one in (prepare, submit)),
                may_submit=submit is not None and submit.may,
                blocked=shown_blockers(prepare.blockers, words) if prepare else (),
            )
        )
    return tuple(shown)


def window_or_none(context: Context, period: str, party: str) -> Window | None:
    """A period's window for a party; None for an unknown period, and where no calendar reaches it."""
    try:
        return context.window(period, party)
    except CalendarEnds:
        return None


def _report(report: Report, words: Vocabulary) -> ReportShown:
    one = report.submitted
    return ReportShown(
        receipt=one.receipt,
        submitted=words.moment(report.submitted_at),
        office=words.office(one.office),
        prepared_by=words.office(one.prepared_by),
        is_late=one.late,
        claims=len(one.claims),
        nihil=tuple((nihil.item, nihil.reason) for nihil in one.nihil),
        note=one.note,
    )
