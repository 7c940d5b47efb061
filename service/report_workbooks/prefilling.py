"""The workbook of a period's reports as it is downloaded: items, targets, last values, and what is prepared already."""

from __future__ import annotations

from collections.abc import Sequence

from events.engine import answering
from service import reading
from service.exports.report_workbook import ReportRow, ReportSheet, report_workbook
from service.imports.report_lines import written
from service.problems import ProblemError, coded
from service.read_models.commitment_queries import Filters, list_commitments
from service.report_drafts import Content
from service.report_workbooks.desk import MOST_SHEETS, Desk
from service.report_workbooks.stamps import files_of, stamp_of
from workflows.commitment import Commitment
from workflows.facts import Evidence, PlanItem
from workflows.reports import may_prepare, may_report

LONGEST_CELL = 32_000
_COUNTS = {"cumulative": "kumulatif sampai akhir periode", "per_period": "periode ini saja"}


def own_reports(desk: Desk) -> tuple[Commitment, ...]:
    """The office's commitments of which it may prepare or submit the period's report now, by reference."""
    mine = desk.by.authority
    scope = reading.scope(desk.basis, mine, desk.now, programmes=desk.programmes)
    with answering(), desk.runtime.engine.connect() as connection:
        rows = list_commitments(connection, scope, Filters(programme=desk.programme), limit=10_000)
    ids = [row.commitment for row in rows if mine in (row.agency, row.pic)]
    states = (desk.runtime.commitment(one, fresh=True).state for one in ids)
    found = tuple(one for one in states if one is not None and desk.owns(one) and _is_open(desk, one))
    desk.runtime.store.settle()
    return found[:MOST_SHEETS]


def own_report(desk: Desk, state: Commitment) -> tuple[Commitment, ...]:
    """The commitment, if the office may prepare or submit the period's report of it now; else nothing."""
    return (state,) if desk.owns(state) and _is_open(desk, state) else ()


def prefilled(desk: Desk, states: Sequence[Commitment]) -> bytes:
    """The workbook of these commitments' reports.

    raises  ProblemError report_workbook_empty where there is none
    """
    if not states:
        raise ProblemError(coded("report_workbook_empty", period=desk.period))
    return report_workbook([_sheet(desk, one) for one in states], made_at=desk.now)


def _is_open(desk: Desk, state: Commitment) -> bool:
    context = desk.context(state)
    may = not may_prepare(state, desk.period, context) or not may_report(state, desk.period, context)
    return may and bool(desk.items(state))


def _sheet(desk: Desk, state: Commitment) -> ReportSheet:
    items, draft = desk.items(state), desk.draft(state)
    words = reading.words_of(desk.basis, state, "id")
    content = Content() if draft is None else draft.content
    files = tuple({one.digest: one for one in files_of(state, draft)}.values())
    saved = 0 if draft is None else draft.saved
    about = f"{words.subject(state.drafted.subject)}, {words.organisation(state.drafted.party)}"
    return ReportSheet(
        title=f"Laporan {desk.period}: {about}",
        reference=state.drafted.reference,
        period=desk.period,
        stamp=f"{stamp_of(state, desk.period, items)}.{saved}",
        nihil_rest=content.nihil_rest,
        note=content.note,
        files=written(files, ())[:LONGEST_CELL],
        rows=tuple(_row(state, item, content, files) for item in items),
    )


def _row(state: Commitment, item: PlanItem, content: Content, files: tuple[Evidence, ...]) -> ReportRow:
    line = content.line(item.number)
    return ReportRow(
        item=item.number,
        activity=item.activity,
        unit=item.unit,
        target=item.target,
        last=state.progress[item.number].claimed_value,
        counts=_COUNTS[item.value],
        required=item.evidence_required,
        value=line.value,
        evidence=written(line.evidence, files),
        promised=line.promised,
        note=line.note,
        reason=line.reason,
        nihil=line.nihil,
    )
