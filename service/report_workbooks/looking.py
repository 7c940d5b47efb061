"""Looking at a filled workbook: what it would do, and every reason why it isn't taken. Nothing is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from events.engine import answering
from events.envelope import etag
from service.catalog import commitment_stream
from service.exports.report_workbook import REFERENCE
from service.imports.report_lines import SheetRefusal, content_of
from service.imports.report_sheets import FilledSheet
from service.references import commitment_of
from service.report_drafts import Content, command_of
from service.report_workbooks.desk import MOST_SHEETS, SAVE, SUBMIT, Desk
from service.report_workbooks.refusing import of_rules, of_sheet
from service.report_workbooks.stamps import files_of, moved, stamp_of
from service.runtime import NOTHING, Folded
from workflows.blockers import blockers
from workflows.commands import SubmitReport
from workflows.commitment import Commitment
from workflows.reports import may_prepare


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


def look(desk: Desk, sheets: Sequence[FilledSheet], *, act: str, operation: str) -> Looked:
    """Decide every sheet against the log as it is, and write nothing.

    act        save | submit
    operation  the key under which it is carried out: what was done under it isn't decided again
    """
    found: list[Prepared] = []
    refusals: list[SheetRefusal] = []
    if len(sheets) > MOST_SHEETS:
        refusals.append(of_sheet(sheets[MOST_SHEETS], "sheets_too_many"))
    for sheet in sheets[:MOST_SHEETS]:
        folded = _folded_of(desk, sheet)
        if folded is None or any(one.state.id == folded.state.id for one in found if folded.state):
            refusals.append(of_sheet(sheet, "sheet_unknown" if folded is None else "sheet_twice", REFERENCE))
            continue
        prepared, more = _prepare(desk, sheet, folded, act=act, operation=operation)
        found.append(prepared)
        refusals.extend(more)
    if not refusals and all(one.is_empty for one in found):
        refusals.append(of_sheet(sheets[0], "sheets_empty"))
    desk.runtime.store.settle()
    return Looked(act, desk.period, tuple(found), tuple(refusals))


def key_of(state: Commitment, operation: str) -> str:
    """The key under which a commitment's report is submitted. operation: the whole workbook's"""
    return f"{operation}:{commitment_stream(state.id)}"


def _folded_of(desk: Desk, sheet: FilledSheet) -> Folded | None:
    """The commitment that a sheet is of, if it is the office's own."""
    reference = sheet.marks[REFERENCE].value
    with answering(), desk.runtime.engine.connect() as connection:
        known = commitment_of(connection, str(reference).strip())
    folded = NOTHING if known is None else desk.runtime.commitment(known, fresh=True)
    state = folded.state
    return folded if state is not None and state.drafted.programme == desk.programme and desk.owns(state) else None


def _prepare(
    desk: Desk, sheet: FilledSheet, folded: Folded, *, act: str, operation: str
) -> tuple[Prepared, tuple[SheetRefusal, ...]]:
    state = folded.state
    assert state is not None, "what is the office's own is there"
    context, draft, items = desk.context(state), desk.draft(state), desk.items(state)
    submitted = act == SUBMIT and desk.runtime.store.receipt(key_of(state, operation)) is not None
    content, rows, unreadable = content_of(sheet, state.items if submitted else items, files_of(state, draft))
    prepared = Prepared(
        sheet=sheet.name,
        state=state,
        etag=etag(folded.head),
        content=content,
        command=command_of(
            desk.period, content, prepared_by=("", "") if draft is None else (draft.office, draft.person)
        ),
        saved=0 if draft is None else draft.saved,
        done=submitted or (act == SAVE and draft is not None and draft.content == content),
        is_empty=content == Content() and (act == SUBMIT or draft is None),
    )
    if prepared.done:
        return prepared, ()
    stale = moved(sheet, desk.period, stamp_of(state, desk.period, items), prepared.saved)
    if stale:
        return prepared, (of_sheet(sheet, *stale),)
    if unreadable or prepared.is_empty:
        return prepared, unreadable
    found = may_prepare(state, desk.period, context) if act == SAVE else blockers(state, prepared.command, context)
    return prepared, tuple(of_rules(desk, state, sheet, rows, one) for one in found)
