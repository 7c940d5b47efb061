"""A period's reports as a workbook to be filled in, one sheet a commitment; a text in it is never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFERENCE, PERIOD, STAMP = "Nomor komitmen", "Periode", "Tanda rencana"
NIHIL_REST, NOTE, FILES = "Nihil untuk butir lain", "Catatan laporan", "Berkas yang ada"
MARKS = (REFERENCE, PERIOD, STAMP, NIHIL_REST, NOTE, FILES)
"""What stands in column A above the table, each with its value beside it."""
COLUMNS: Mapping[str, str] = {
    "item": "No",
    "activity": "Kegiatan",
    "unit": "Satuan",
    "target": "Target",
    "last": "Capaian terakhir",
    "counts": "Cara menghitung",
    "required": "Bukti yang diminta",
    "value": "Capaian",
    "evidence": "Bukti dukung",
    "promised": "Bukti menyusul",
    "note": "Catatan",
    "reason": "Alasan nilai turun",
    "nihil": "Alasan nihil",
}
"""The table's columns, in order, by what the sheet calls them."""
ENTERED = ("value", "evidence", "promised", "note", "reason", "nihil")
"""The columns that are filled in; what stands in the others is for the reader alone."""
YES = "ya"
_WIDTHS = {"item": 22, "activity": 40, "required": 30, "evidence": 30, "note": 30, "reason": 25, "nihil": 25}
_HEADER_ROW = len(MARKS) + 2
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST_NAME = 31


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One item of a report. target, last, value: in `unit`; the texts are as people wrote them"""

    item: int
    activity: str
    unit: str
    target: Decimal
    last: Decimal
    counts: str
    required: str
    value: Decimal | None
    evidence: str
    promised: bool
    note: str
    reason: str
    nihil: str


@dataclass(frozen=True, slots=True)
class ReportSheet:
    """One commitment's report.

    title   whose and about what; stamp: says which plan and draft it was made from
    files   names of the evidence that the commitment has already, as its cells may name it
    """

    title: str
    reference: str
    period: str
    stamp: str
    nihil_rest: str
    note: str
    files: str
    rows: Sequence[ReportRow]


def report_workbook(sheets: Sequence[ReportSheet], *, made_at: datetime) -> bytes:
    """The workbook's bytes. What isn't to be changed is locked, against slips and not against anybody's will."""
    written = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(written, options) as workbook:
        workbook.set_properties({"title": "report.xlsx", "created": made_at.replace(tzinfo=None)})
        formats = _formats(workbook)
        for number, sheet in enumerate(sheets, start=1):
            _write(workbook.add_worksheet(_name(number, sheet.reference)), sheet, formats)
    return written.getvalue()


def _formats(workbook: Any) -> Mapping[str, Any]:
    text = {"num_format": "@", "text_wrap": True, "valign": "top"}
    entered = {"locked": False, "bg_color": "#FFF8E1", "border": 1}
    return {
        "title": workbook.add_format({"bold": True, "font_size": 13, "num_format": "@"}),
        "mark": workbook.add_format({"bold": True, "num_format": "@"}),
        "header": workbook.add_format({**text, "bold": True, "bg_color": "#E0E0E0", "border": 1}),
        "text": workbook.add_format(text),
        "number": workbook.add_format({"valign": "top"}),
        "entered text": workbook.add_format({**text, **entered}),
        "entered number": workbook.add_format({"valign": "top", **entered}),
    }


def _write(page: Any, sheet: ReportSheet, formats: Mapping[str, Any]) -> None:
    page.write_string(0, 0, sheet.title, formats["title"])
    values = (sheet.reference, sheet.period, sheet.stamp, sheet.nihil_rest, sheet.note, sheet.files)
    for row, (mark, value) in enumerate(zip(MARKS, values, strict=True), start=1):
        page.write_string(row, 0, mark, formats["mark"])
        entered = "entered text" if mark in (NIHIL_REST, NOTE) else "text"
        page.write_string(row, 1, value, formats[entered])
    for column, name in enumerate(COLUMNS):
        page.write_string(_HEADER_ROW, column, COLUMNS[name], formats["header"])
        page.set_column(column, column, _WIDTHS.get(name, 15))
    for row, line in enumerate(sheet.rows, start=_HEADER_ROW + 1):
        for column, name in enumerate(COLUMNS):
            _write_cell(page, row, column, name, line, formats)
    promised = list(COLUMNS).index("promised")
    last = _HEADER_ROW + max(len(sheet.rows), 1)
    page.data_validation(_HEADER_ROW + 1, promised, last, promised, {"validate": "list", "source": [YES]})
    page.freeze_panes(_HEADER_ROW + 1, 2)
    page.protect("", {"format_columns": True, "format_rows": True})


def _write_cell(page: Any, row: int, column: int, name: str, line: ReportRow, formats: Mapping[str, Any]) -> None:
    entered = "entered " if name in ENTERED else ""
    value = getattr(line, name)
    if name == "promised":
        page.write_string(row, column, YES if value else "", formats["entered text"])
    elif name == "value" and value is None:
        page.write_blank(row, column, None, formats["entered number"])
    elif isinstance(value, str):
        page.write_string(row, column, value, formats[f"{entered}text"])
    else:
        page.write_number(row, column, float(value), formats[f"{entered}number"])


def _name(number: int, reference: str) -> str:
    """A sheet's name: no two alike, and nothing in it that spreadsheets forbid."""
    return f"{number}. {_NOT_IN_A_NAME.sub(' ', reference)}"[:_LONGEST_NAME].rstrip(" '")
