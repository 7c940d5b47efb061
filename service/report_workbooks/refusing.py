"""Why a workbook isn't taken, by sheet, row and column."""

from __future__ import annotations

from collections.abc import Mapping

from service import reading
from service.exports.report_workbook import COLUMNS
from service.imports.report_lines import SheetRefusal
from service.imports.report_sheets import FilledSheet
from service.report_workbooks.desk import MOST_SHEETS, Desk
from service.sentences import refusal
from workflows.commitment import Commitment
from workflows.definition import Label
from workflows.errors import Blocker

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


def of_sheet(sheet: FilledSheet, code: str, mark: str = "") -> SheetRefusal:
    """A reason that is about the whole sheet, or about what stands beside one of its marks."""
    return SheetRefusal(sheet.name, None, mark, code, _SENTENCES[code])


def of_rules(
    desk: Desk, state: Commitment, sheet: FilledSheet, rows: Mapping[int, int], blocker: Blocker
) -> SheetRefusal:
    """A reason that the rules gave, at the row and column that it is about. rows: by item"""
    from_item = blocker.facts.get("item", "")
    row = rows.get(int(from_item)) if from_item.isdigit() else None
    column = _COLUMN_OF.get(blocker.code, "")
    sentences = (refusal(blocker, reading.words_of(desk.basis, state, one)) for one in ("id", "en"))
    return SheetRefusal(sheet.name, row, column and COLUMNS[column], blocker.code, Label(*sentences))
