"""Reports of several commitments in one workbook: prefilled, looked at without writing, then carried out.

Each sheet says which plan and which draft it was made from; one that is out of date is refused, and so is the whole
workbook while anything in it can't be taken. Then each report is an append of its own, under its own key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from events.engine import answering
from events.envelope import Json, etag
from service import reading
from service.basis import Basis
from service.catalog import commitment_stream
from service.dispatch import Ask, Caller, Outcome, dispatch
from service.errors import StaleVersion
from service.exports.report_workbook import (
    COLUMNS,
    PERIOD,
    REFERENCE,
    STAMP,
    ReportRow,
    ReportSheet,
    report_workbook,
)
from service.imports.report_lines import SheetRefusal, content_of, written
from service.imports.report_sheets import FilledSheet
from service.named_files import evidence_in
from service.problems import Problem, ProblemError, coded, problem_of
from service.read_models.commitment_queries import Filters, list_commitments
from service.references import commitment_of
from service.report_drafts import Content, DraftMoved, ReportDraft, command_of, read_draft, save_draft
from service.runtime import NOTHING, Folded, Runtime
from service.sentences import refusal
from workflows.blockers import blockers
from workflows.commands import SubmitReport
from workflows.commitment import Commitment
from workflows.context import Acting, Context
from workflows.definition import Label
from workflows.errors import Blocker, CalendarEnds, Refused
from workflows.facts import Evidence, PlanItem
from workflows.reports import may_prepare, may_report, running_items

SAVE, SUBMIT = "save", "submit"
MOST_SHEETS = 100
LONGEST_CELL = 32_000
_COUNTS = {"cumulative": "kumulatif sampai akhir periode", "per_period": "periode ini saja"}
_COLUMN_OF = {
    "value_falls": "reason",
    "value_not_positive": "value",
    "evidence_missing": "evidence",
    "evidence_invalid": "evidence",
    "nihil_reason_missing": "nihil",
}
_SENTENCES: Mapping[str, Label] = {
    "sheet_unknown": Label(
        "Tidak ada komitmen bernomor demikian pada jabatan ini.", "This office has no commitment of this reference."
    ),
    "sheet_twice": Label("Komitmen ini ada di lembar lain juga.", "Another sheet is of this commitment too."),
    "sheet_other_period": Label("Lembar ini untuk periode lain.", "This sheet is of another period."),
    "sheet_stale": Label(
        "Rencana atau laporannya berubah sejak berkas diunduh; mohon unduh yang baru.",
        "The plan or its reports changed since the file was downloaded; please download a new one.",
    ),
    "sheet_draft_moved": Label(
        "Konsep laporannya disimpan oleh orang lain sejak berkas diunduh; mohon unduh yang baru.",
        "Somebody saved a draft of this report since the file was downloaded; please download a new one.",
    ),
    "sheets_too_many": Label(f"Paling banyak {MOST_SHEETS} lembar.", f"At most {MOST_SHEETS} sheets."),
    "sheets_empty": Label("Belum ada yang diisi.", "Nothing is filled in."),
}
"""Why a sheet isn't taken, by code."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, and what they ask of."""

    runtime: Runtime
    basis: Basis
    by: Acting
    now: datetime
    programmes: frozenset[str] = field(default_factory=lambda: reading.ALL)

    def context(self, state: Commitment) -> Context:
        """What the rules may know of one commitment."""
        return self.basis.context(state.drafted.programme, state.definition_version, by=self.by, now=self.now)

    def owns(self, state: Commitment) -> bool:
        """Whether the commitment is the acting office's own."""
        seen = reading.may_see(self.basis, self.by.authority, state, self.now, programmes=self.programmes)
        return seen and self.by.authority in (state.agency, state.pic)

    def draft(self, state: Commitment, period: str) -> ReportDraft | None:
        """What is prepared of the period's next report."""
        return read_draft(self.runtime.engine, state, period)


@dataclass(frozen=True, slots=True)
class Prepared:
    """One sheet that can be carried out.

    saved      how often the draft was saved that it was made from
    done       its report was submitted before, under the same key; or the draft says just that already
    is_empty   nothing stands in it, so nothing is done
    """

    sheet: str
    state: Commitment
    etag: str
    content: Content
    command: SubmitReport
    saved: int
    done: bool
    is_empty: bool

    @property
    def status(self) -> str:
        """empty | ready"""
        return "empty" if self.is_empty else "ready"


@dataclass(frozen=True, slots=True)
class Looked:
    """What a workbook would do, and every reason why it isn't taken."""

    act: str
    period: str
    prepared: tuple[Prepared, ...]
    refusals: tuple[SheetRefusal, ...]

    @property
    def to_do(self) -> tuple[Prepared, ...]:
        """The sheets in which something stands."""
        return tuple(one for one in self.prepared if not one.is_empty)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one sheet: its report was submitted, its draft saved, or a problem that says why not."""

    prepared: Prepared
    outcome: Outcome | None = None
    draft: ReportDraft | None = None
    problem: Problem | None = None

    @property
    def status(self) -> str:
        """saved | submitted | left"""
        if self.problem is not None:
            return "left"
        return "submitted" if self.draft is None else "saved"


def own_reports(desk: Desk, programme: str, period: str) -> tuple[Commitment, ...]:
    """The office's commitments of which it may prepare or submit the period's report now, by reference."""
    mine = desk.by.authority
    scope = reading.scope(desk.basis, mine, desk.now, programmes=desk.programmes)
    with answering(), desk.runtime.engine.connect() as connection:
        rows = list_commitments(connection, scope, Filters(programme=programme), limit=10_000)
    ids = [row.commitment for row in rows if mine in (row.agency, row.pic)]
    states = (desk.runtime.commitment(one, fresh=True).state for one in ids)
    found = tuple(one for one in states if one is not None and desk.owns(one) and _is_open(desk, one, period))
    desk.runtime.store.settle()
    return found[:MOST_SHEETS]


def own_report(desk: Desk, state: Commitment, period: str) -> tuple[Commitment, ...]:
    """The commitment, if the office may prepare or submit the period's report of it now; else nothing."""
    return (state,) if desk.owns(state) and _is_open(desk, state, period) else ()


def prefilled(desk: Desk, states: Sequence[Commitment], period: str) -> bytes:
    """The workbook of these commitments' reports: items, targets, last values, and what is prepared already.

    raises  ProblemError report_workbook_empty where there is none
    """
    if not states:
        raise ProblemError(coded("report_workbook_empty", period=period))
    return report_workbook([_sheet(desk, one, period) for one in states], made_at=desk.now)


def look(desk: Desk, sheets: Sequence[FilledSheet], *, programme: str, period: str, act: str, operation: str) -> Looked:
    """Decide every sheet against the log as it is, and write nothing.

    act        save | submit
    operation  the key under which it is carried out: what was done under it isn't decided again
    """
    found: list[Prepared] = []
    refusals: list[SheetRefusal] = []
    if len(sheets) > MOST_SHEETS:
        refusals.append(_of_sheet(sheets[MOST_SHEETS], "sheets_too_many"))
    for sheet in sheets[:MOST_SHEETS]:
        folded = _folded_of(desk, sheet, programme)
        if folded is None or any(one.state.id == folded.state.id for one in found if folded.state):
            refusals.append(_of_sheet(sheet, "sheet_unknown" if folded is None else "sheet_twice", REFERENCE))
            continue
        prepared, more = _prepare(desk, sheet, folded, period=period, act=act, operation=operation)
        found.append(prepared)
        refusals.extend(more)
    if not refusals and all(one.is_empty for one in found):
        refusals.append(_of_sheet(sheets[0], "sheets_empty"))
    desk.runtime.store.settle()
    return Looked(act, period, tuple(found), tuple(refusals))


def carry_out(desk: Desk, looked: Looked, *, caller: Caller, operation: str) -> tuple[Carried, ...]:
    """Save or submit every sheet's report. `looked` has no refusals.

    What moved since it was looked at is left out and says so; the same operation again goes on from there.
    """
    assert not looked.refusals, "nothing half-done"
    do = _save if looked.act == SAVE else _submit
    return tuple(do(desk, one, looked.period, caller=caller, operation=operation) for one in looked.to_do)


def _is_open(desk: Desk, state: Commitment, period: str) -> bool:
    context = desk.context(state)
    may = not may_prepare(state, period, context) or not may_report(state, period, context)
    return may and bool(_items(state, period, context))


def _items(state: Commitment, period: str, context: Context) -> tuple[PlanItem, ...]:
    try:
        return running_items(state, context.window(period, state.drafted.party))
    except CalendarEnds:
        return ()


def _files(state: Commitment, draft: ReportDraft | None) -> tuple[Evidence, ...]:
    prepared = () if draft is None else tuple(one for line in draft.content.lines for one in line.evidence)
    return (*evidence_in(state), *prepared)


def _stamp(state: Commitment, period: str, items: Sequence[PlanItem]) -> str:
    """Says which plan and how many reports a sheet was made from."""
    said = (state.id, period, state.definition_version, state.revision, len(state.reports_of(period)), items)
    return sha256(msgspec.json.encode(said)).hexdigest()[:32]


def _sheet(desk: Desk, state: Commitment, period: str) -> ReportSheet:
    items, draft = _items(state, period, desk.context(state)), desk.draft(state, period)
    words = reading.words_of(desk.basis, state, "id")
    content = Content() if draft is None else draft.content
    files = tuple({one.digest: one for one in _files(state, draft)}.values())
    saved = 0 if draft is None else draft.saved
    return ReportSheet(
        title=f"Laporan {period}: {words.subject(state.drafted.subject)}, {words.organisation(state.drafted.party)}",
        reference=state.drafted.reference,
        period=period,
        stamp=f"{_stamp(state, period, items)}.{saved}",
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


def _folded_of(desk: Desk, sheet: FilledSheet, programme: str) -> Folded | None:
    """The commitment that a sheet is of, if it is the office's own."""
    reference = sheet.marks[REFERENCE].value
    with answering(), desk.runtime.engine.connect() as connection:
        known = commitment_of(connection, str(reference).strip())
    folded = NOTHING if known is None else desk.runtime.commitment(known, fresh=True)
    state = folded.state
    return folded if state is not None and state.drafted.programme == programme and desk.owns(state) else None


def _prepare(
    desk: Desk, sheet: FilledSheet, folded: Folded, *, period: str, act: str, operation: str
) -> tuple[Prepared, tuple[SheetRefusal, ...]]:
    state = folded.state
    assert state is not None, "what is the office's own is there"
    context, draft = desk.context(state), desk.draft(state, period)
    items = _items(state, period, context)
    submitted = act == SUBMIT and desk.runtime.store.receipt(_key(state, operation)) is not None
    content, rows, unreadable = content_of(sheet, state.items if submitted else items, _files(state, draft))
    prepared = Prepared(
        sheet=sheet.name,
        state=state,
        etag=etag(folded.head),
        content=content,
        command=command_of(period, content, prepared_by=("", "") if draft is None else (draft.office, draft.person)),
        saved=0 if draft is None else draft.saved,
        done=submitted or (act == SAVE and draft is not None and draft.content == content),
        is_empty=content == Content() and (act == SUBMIT or draft is None),
    )
    if prepared.done:
        return prepared, ()
    moved = _moved(sheet, period, _stamp(state, period, items), prepared.saved)
    if moved:
        return prepared, (_of_sheet(sheet, *moved),)
    if unreadable or prepared.is_empty:
        return prepared, unreadable
    found = may_prepare(state, period, context) if act == SAVE else blockers(state, prepared.command, context)
    return prepared, tuple(_refused(desk, state, sheet, rows, one) for one in found)


def _moved(sheet: FilledSheet, period: str, stamp: str, saved: int) -> tuple[str, str] | None:
    """Why a sheet is of another time, and the mark that says so."""
    if str(sheet.marks[PERIOD].value).strip() != period:
        return "sheet_other_period", PERIOD
    plan, _, draft = str(sheet.marks[STAMP].value).strip().partition(".")
    if plan != stamp:
        return "sheet_stale", STAMP
    return None if draft == str(saved) else ("sheet_draft_moved", STAMP)


def _of_sheet(sheet: FilledSheet, code: str, mark: str = "") -> SheetRefusal:
    return SheetRefusal(sheet.name, None, mark, code, _SENTENCES[code])


def _refused(
    desk: Desk, state: Commitment, sheet: FilledSheet, rows: Mapping[int, int], blocker: Blocker
) -> SheetRefusal:
    from_item = blocker.facts.get("item", "")
    row = rows.get(int(from_item)) if from_item.isdigit() else None
    column = _COLUMN_OF.get(blocker.code, "")
    sentences = (refusal(blocker, reading.words_of(desk.basis, state, one)) for one in ("id", "en"))
    return SheetRefusal(sheet.name, row, column and COLUMNS[column], blocker.code, Label(*sentences))


def _key(state: Commitment, operation: str) -> str:
    return f"{operation}:{commitment_stream(state.id)}"


def _submit(desk: Desk, one: Prepared, period: str, *, caller: Caller, operation: str) -> Carried:
    body: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(one.command))
    for made_up in ("prepared_by", "prepared_by_person"):
        del body[made_up]
    ask = Ask(
        one.command,
        commitment_stream(one.state.id),
        caller,
        _key(one.state, operation),
        {"commitment": one.state.id, "body": body},
        None if one.done else one.etag,
    )
    try:
        return Carried(one, outcome=dispatch(desk.runtime, ask))
    except (Refused, StaleVersion) as error:
        return Carried(one, problem=problem_of(error))


def _save(desk: Desk, one: Prepared, period: str, *, caller: Caller, operation: str) -> Carried:
    if one.done:
        return Carried(one, draft=desk.draft(one.state, period))
    try:
        draft = save_draft(
            desk.runtime.engine,
            one.state,
            period,
            one.content,
            seen=one.saved,
            office=caller.acting.authority,
            person=caller.acting.person,
            now=datetime.now(UTC),
        )
    except DraftMoved as moved:
        saved = str(moved.draft.saved)
        return Carried(one, problem=coded("report_draft_moved", office=moved.draft.office, saved=saved))
    return Carried(one, draft=draft)


def receipt_of(runtime: Runtime, done: Carried | None) -> str | None:
    """The receipt of a submitted report; None where none was."""
    if done is None or done.outcome is None:
        return None
    then = runtime.commitment_at(done.prepared.state.id, done.outcome.version).state
    assert then is not None, "a report leaves its commitment"
    return list(then.reports.values())[-1].submitted.receipt
