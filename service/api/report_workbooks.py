"""Endpoints: a period's reports as one workbook, downloaded prefilled and uploaded filled in."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from flask import Response, request

from service.api.changes import REPLAYED
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.refusals import shown_blocker
from service.api.schemas import report_workbooks as schemas
from service.api.shown import Shown
from service.exports.report_workbook import MEDIA_TYPE
from service.imports.report_lines import SheetRefusal
from service.imports.report_sheets import FilledSheet
from service.imports.workbook_file import MAX_BYTES
from service.problems import Problem, ProblemError, coded, status_of
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
    receipt_of,
)

endpoints = Endpoints("report-workbooks", "A period's reports in one workbook: prefilled, filled in, taken whole.")
FIELD = "file"
_FORM_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class _Came:
    """A workbook that was uploaded."""

    digest: str
    sheets: tuple[FilledSheet, ...]


@endpoints.download("/programmes/<string:programme>/report-workbooks/<string:period>")
def download_report_workbook(door: Door, programme: str, period: str) -> Reply:
    """Download report.xlsx

    One sheet for each of the office's own commitments of which it may prepare or submit the period's report now, with
    items, targets, last values, and what is prepared already.
    """
    desk = _desk(door, programme, period)
    return Reply(_file(prefilled(desk, own_reports(desk))))


@endpoints.download("/commitments/<string:commitment>/report-workbooks/<string:period>")
def download_one_report_workbook(door: Door, commitment: str, period: str) -> Reply:
    """Download report.xlsx of one commitment

    It is uploaded like that of a whole programme.
    """
    _, state = door.visible(commitment)
    desk = _desk(door, state.drafted.programme, period)
    return Reply(_file(prefilled(desk, own_report(desk, state))))


@endpoints.upload(
    "/programmes/<string:programme>/report-workbooks/<string:period>/previews", schemas.ReportWorkbook, field=FIELD
)
def preview_report_workbook(door: Door, programme: str, period: str) -> Reply:
    """See what submitting a filled report.xlsx would do

    Nothing is written. Each refusal names sheet, row, column and reason.
    """
    came, desk = _came(), _desk(door, programme, period)
    looked = look(desk, came.sheets, act=SUBMIT, operation=door.operation())
    shown, repeated = door.once(_asked(came, programme, period, "preview"), lambda: _shown(door, programme, looked, ()))
    return Reply(shown, headers=REPLAYED if repeated else {})


@endpoints.upload(
    "/programmes/<string:programme>/report-workbooks/<string:period>/drafts", schemas.ReportWorkbook, field=FIELD
)
def save_report_workbook(door: Door, programme: str, period: str) -> Reply:
    """Keep a filled report.xlsx as drafts

    Nothing is kept while anything in it can't be taken.
    """
    return _carried_out(door, programme, period, SAVE)


@endpoints.upload(
    "/programmes/<string:programme>/report-workbooks/<string:period>/submissions", schemas.ReportWorkbook, field=FIELD
)
def submit_report_workbook(door: Door, programme: str, period: str) -> Reply:
    """Submit the reports of a filled report.xlsx

    Each report is recorded by itself; nothing is while anything in the workbook can't be taken. Empty sheets are passed
    over.
    """
    return _carried_out(door, programme, period, SUBMIT)


def _carried_out(door: Door, programme: str, period: str, act: str) -> Reply:
    came, desk = _came(), _desk(door, programme, period)

    def answer() -> Shown:
        looked = look(desk, came.sheets, act=act, operation=door.operation())
        if looked.refusals:
            raise ProblemError(_problem(looked.refusals, door.language))
        done = carry_out(desk, looked, caller=door.caller, operation=door.operation())
        return _shown(door, programme, looked, done)

    shown, repeated = door.once(_asked(came, programme, period, act), answer)
    return Reply(shown, headers=REPLAYED if repeated else {})


def _asked(came: _Came, programme: str, period: str, act: str) -> dict[str, str]:
    return {"programme": programme, "period": period, "act": act, "digest": came.digest}


def _desk(door: Door, programme: str, period: str) -> Desk:
    principal = door.principal
    desk = desk_of(
        door.runtime,
        door.basis,
        principal.acting,
        now=door.now,
        programme=programme,
        period=period,
        programmes=principal.programmes,
    )
    door.about.programme = programme
    return desk


def _came() -> _Came:
    request.max_content_length = MAX_BYTES + _FORM_BYTES
    if request.mimetype != "multipart/form-data":
        raise ProblemError(coded("media_type_unsupported", found=request.mimetype or "-", wanted="multipart/form-data"))
    file = request.files.get(FIELD)
    if file is None:
        raise ProblemError(coded("evidence_empty"))
    content = file.stream.read(MAX_BYTES + 1)
    return _Came(sha256(content).hexdigest(), read_upload(file.filename or "report.xlsx", content))


def _problem(refusals: tuple[SheetRefusal, ...], language: str) -> Problem:
    """Every reason by its place, in the caller's language."""
    errors: dict[str, list[str]] = {}
    for one in refusals:
        place = ", ".join(part for part in (one.sheet, str(one.row or ""), one.column) if part)
        errors.setdefault(place, []).append(one.sentence.en if language == "en" else one.sentence.id)
    code = "report_workbook_refused"
    return Problem(code, status_of(code), {"count": str(len(refusals))}, errors=errors)


def _file(content: bytes) -> Response:
    headers = {"Content-Disposition": 'attachment; filename="report.xlsx"', "Cache-Control": "private, no-store"}
    return Response(content, mimetype=MEDIA_TYPE, headers=headers)


def _shown(door: Door, programme: str, looked: Looked, done: tuple[Carried, ...]) -> Shown:
    by_sheet = {one.prepared.sheet: one for one in done}
    return {
        "programme": programme,
        "period": looked.period,
        "act": looked.act,
        "sheets": [_sheet(door, one, by_sheet.get(one.sheet)) for one in looked.prepared],
        "refusals": looked.refusals,
    }


def _sheet(door: Door, one: Prepared, done: Carried | None) -> Shown:
    problem = None if done is None else done.problem
    return {
        "sheet": one.sheet,
        "commitment": one.state.id,
        "reference": one.state.drafted.reference,
        "status": one.status if done is None else done.status,
        "lines": one.content.lines,
        "nihil_rest": one.content.nihil_rest,
        "note": one.content.note,
        "saved": done.draft.saved if done is not None and done.draft is not None else None,
        "receipt": receipt_of(door.runtime, done),
        "code": None if problem is None else problem.code,
        "blockers": [shown_blocker(each, door.words(one.state)) for each in (problem.blockers if problem else ())],
    }
