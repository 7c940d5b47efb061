"""Pages: a period's reports in one workbook, downloaded prefilled, looked at and taken whole."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import cast

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.engine import answering
from service import evidence
from service.dispatch import Caller
from service.exports.report_workbook import MEDIA_TYPE
from service.imports.report_lines import SheetRefusal
from service.imports.report_sheets import FilledSheet
from service.imports.workbook_file import MAX_BYTES
from service.problems import Problem
from service.report_workbooks import (
    SAVE,
    SUBMIT,
    Carried,
    Desk,
    Looked,
    Prepared,
    carry_out,
    desk_of,
    look,
    own_report,
    own_reports,
    prefilled,
    read_upload,
)
from service.web import csrf
from service.web.acting import Wrong, tried
from service.web.forms import FieldWrong, key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.saved import PARAMETER, saved_of
from service.web.visit import Visit
from workflows.commitment import Commitment
from workflows.facts import Evidence
from workflows.reports import may_report

pages = new_pages("report_workbooks")
FIELD, KEPT = "workbook", "kept"


@dataclass(frozen=True, slots=True)
class _Came:
    """A workbook that a form brought, or had brought before."""

    file: Evidence
    sheets: tuple[FilledSheet, ...]


@dataclass(frozen=True, slots=True)
class SheetShown:
    """What one sheet would do: lines as (item, what of it)."""

    sheet: str
    commitment: str
    name: str
    is_empty: bool
    lines: tuple[tuple[str, str], ...]


@pages.get("/programmes/<programme>/reports/<period>")
def read_report_workbook(visit: Visit, programme: str, period: str) -> ResponseReturnValue:
    """The office's own reports of a period: the workbook to download, and the form to upload it."""
    return _page(visit, programme, period)


@pages.get("/programmes/<programme>/reports/<period>/report.xlsx")
def download_report_workbook(visit: Visit, programme: str, period: str) -> ResponseReturnValue:
    """The workbook of all reports that the office may prepare."""
    desk = _desk(visit, programme, period)
    return _file(prefilled(desk, own_reports(desk)))


@pages.get("/commitments/<commitment>/reports/<period>/report.xlsx")
def download_one_report_workbook(visit: Visit, commitment: str, period: str) -> ResponseReturnValue:
    """The workbook of one commitment's report."""
    _, state = visit.visible(commitment)
    desk = _desk(visit, state.drafted.programme, period)
    return _file(prefilled(desk, own_report(desk, state)))


@pages.post("/programmes/<programme>/reports/<period>", uploads=True)
def take_report_workbook(visit: Visit, programme: str, period: str) -> ResponseReturnValue:
    """Look at a workbook, keep it as drafts, or submit its reports."""
    desk = _desk(visit, programme, period)
    kept: list[_Came] = []

    def act() -> Response:
        verdict = text(request.form, "verdict")
        if verdict not in ("preview", SAVE, SUBMIT):
            raise FieldWrong("verdict", "choice")
        came = _came(visit)
        kept.append(came)
        wanted = verdict if verdict != "preview" else _most(desk)
        looked = look(desk, came.sheets, act=wanted, operation=_operation(visit))
        if verdict == "preview" or looked.refusals:
            return _page(visit, programme, period, came=came, looked=looked)
        return _done(visit, desk, looked, programme)

    def again(wrong: Wrong) -> Response:
        return _page(visit, programme, period, came=kept[0] if kept else None, wrong=wrong)

    return tried(visit, act, again, None)


def _done(visit: Visit, desk: Desk, looked: Looked, programme: str) -> Response:
    caller = Caller(visit.principal.acting, visit.principal.signin)
    done = carry_out(desk, looked, caller=caller, operation=_operation(visit))
    left = [one for one in done if one.problem is not None]
    if left:
        return _page(visit, programme, looked.period, looked=looked, left=left)
    position = max((one.outcome.position for one in done if one.outcome is not None), default=0)
    path = f"/programmes/{programme}/reports/{looked.period}"
    return go(f"{path}?{PARAMETER}={position}" if position else f"{path}?kept={len(done)}")


def _most(desk: Desk) -> str:
    """What the office may do with its reports: submit them where it may with any, else keep drafts."""
    states = own_reports(desk)
    return SUBMIT if any(not may_report(one, desk.period, desk.context(one)) for one in states) else SAVE


def _operation(visit: Visit) -> str:
    return f"http:{visit.principal.name}:{visit.principal.person}:{key_of(request)}"


def _desk(visit: Visit, programme: str, period: str) -> Desk:
    principal = visit.principal
    return desk_of(
        visit.runtime,
        visit.basis,
        principal.acting,
        now=visit.now,
        programme=programme,
        period=period,
        programmes=principal.programmes,
    )


def _came(visit: Visit) -> _Came:
    """The file of the form, kept so that a look at it needn't be followed by choosing it again."""
    file = request.files.get(FIELD)
    if file is None or not file.filename:
        return _kept(visit)
    content = file.stream.read(MAX_BYTES + 1)
    sheets = read_upload(file.filename, content)
    stored = evidence.store(
        visit.runtime.engine,
        visit.runtime.config.evidence_dir,
        io.BytesIO(content),
        name=file.filename,
        declared_type=file.mimetype,
        office=visit.office,
        person=visit.principal.person,
        now=visit.now,
        max_bytes=MAX_BYTES,
    )
    return _Came(stored, sheets)


def _kept(visit: Visit) -> _Came:
    """The workbook that the same session had brought; nobody reads another's by its digest."""
    digest = csrf.unsealed(visit, text(request.form, KEPT))
    with answering(), visit.runtime.engine.connect() as connection:
        found = None if digest is None else evidence.find(connection, digest)
    if digest is None or found is None:
        raise FieldWrong(FIELD, "missing")
    with evidence.open_file(visit.runtime.config.evidence_dir, digest) as file:
        content = file.read(MAX_BYTES + 1)
    return _Came(found.evidence, read_upload(found.evidence.name, content))


def _file(content: bytes) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="report.xlsx"', "Cache-Control": "private, no-store"}
    return Response(content, mimetype=MEDIA_TYPE, headers=headers)


def _page(
    visit: Visit,
    programme: str,
    period: str,
    *,
    came: _Came | None = None,
    looked: Looked | None = None,
    left: list[Carried] | None = None,
    wrong: Wrong | None = None,
) -> Response:
    desk = _desk(visit, programme, period)
    own = own_reports(desk)
    refusals = () if looked is None else looked.refusals
    path = f"/programmes/{programme}/reports/{period}"
    return page(
        visit,
        "pages/report_workbook.html",
        programme=visit.basis.programmes[programme],
        period=period,
        own=[(one.id, one.drafted.reference, _name(visit, one)) for one in own],
        may_submit=any(not may_report(one, period, desk.context(one)) for one in own),
        came=None if came is None else came.file,
        kept_as="" if came is None else csrf.sealed(visit, came.file.digest),
        act=None if looked is None else looked.act,
        sheets=() if looked is None else [_sheet(visit, one) for one in looked.prepared],
        refusals=[(one.sheet, one.row, one.column, _said(visit, one)) for one in refusals],
        left=[(one.prepared.sheet, _problem(one).title(visit.language)) for one in left or ()],
        saved=saved_of(visit, reads_models=False),
        kept=_count(request.args.get("kept", "")),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        action=path,
        etag="",
        back=path,
        status=_status(wrong, is_refused=bool(refusals), is_left=bool(left)),
    )


def _status(wrong: Wrong | None, *, is_refused: bool, is_left: bool) -> int:
    if wrong is not None:
        return wrong.status
    if is_refused:
        return 422
    return 409 if is_left else 200


def _count(written: str) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 4 else 0


def _problem(one: Carried) -> Problem:
    return cast("Problem", one.problem)


def _said(visit: Visit, one: SheetRefusal) -> str:
    return visit.say(one.sentence.id, one.sentence.en)


def _name(visit: Visit, state: Commitment) -> str:
    words = visit.words(state)
    return f"{words.subject(state.drafted.subject)}, {words.organisation(state.drafted.party)}"


def _sheet(visit: Visit, one: Prepared) -> SheetShown:
    words = visit.words(one.state)
    lines = []
    for line in one.content.lines:
        item = one.state.item(line.item)
        if item is None:
            continue
        value = "" if line.value is None else words.quantity(line.value, item.unit)
        nihil = f"nihil: {line.nihil}" if line.nihil else ""
        files = ", ".join(file.name for file in line.evidence)
        promised = visit.say("bukti menyusul", "evidence follows") if line.promised else ""
        said = "; ".join(part for part in (value, nihil, files, promised, line.note) if part)
        lines.append((f"{item.number}. {item.activity}", said))
    rest, note = one.content.nihil_rest, one.content.note
    lines += [(visit.say("Nihil untuk butir lain", "Nihil for other items"), rest)] if rest else []
    lines += [(visit.say("Catatan laporan", "Note on the report"), note)] if note else []
    return SheetShown(one.sheet, one.state.id, _name(visit, one.state), one.is_empty, tuple(lines))
