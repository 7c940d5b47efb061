"""A workbook of reports that somebody filled in: its sheets by their marks, its rows by the names of the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from service.exports.report_workbook import COLUMNS, ENTERED, MARKS, REFERENCE
from service.imports.cells import key
from service.imports.problems import Cell, Failed, ImportRefused
from service.imports.sheets import cell_value
from service.imports.workbook_file import MAX_BYTES, WorkbookFile, open_workbook

LAST_HEADER_ROW = 20
_COLUMN_OF = {key(said): name for name, said in COLUMNS.items()}
_MARK_OF = {key(mark): mark for mark in MARKS}
_NEEDED = frozenset(("item", *ENTERED))


@dataclass(frozen=True, slots=True)
class FilledRow:
    """One row below the header: its number, and a cell for the item and every column that is filled in."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class FilledSheet:
    """One commitment's sheet. marks: what stands beside each of `MARKS`, an absent one empty"""

    name: str
    marks: Mapping[str, Cell]
    rows: tuple[FilledRow, ...]


def read_filled(name: str, content: bytes) -> tuple[FilledSheet, ...]:
    """The visible sheets that are a report's, in order; others are nobody's business.

    raises  ImportRefused as `read_workbook`, and column_missing, column_twice, no_report_sheet
    """
    if len(content) > MAX_BYTES:
        raise ImportRefused("file_too_large", f"{name}: over {MAX_BYTES:,} bytes")
    file = open_workbook(name, content)
    found = tuple(
        _sheet(file, sheet)
        for sheet in file.workbook.worksheets
        if sheet.sheet_state == "visible" and _marks(file, sheet)
    )
    if not found:
        raise ImportRefused("no_report_sheet", f"{name}: no sheet has {REFERENCE!r} in its first column")
    return found


def _sheet(file: WorkbookFile, sheet: Worksheet) -> FilledSheet:
    marks = {mark: Cell(sheet.title, "B1", mark, None) for mark in MARKS} | _marks(file, sheet)
    header, places = _header(sheet)
    return FilledSheet(sheet.title, marks, tuple(_rows(file, sheet, header, places)))


def _marks(file: WorkbookFile, sheet: Worksheet) -> dict[str, Cell]:
    """What stands beside the marks; nothing where the sheet doesn't say whose report it is."""
    found: dict[str, Cell] = {}
    for row in range(1, min(LAST_HEADER_ROW, sheet.max_row) + 1):
        said = sheet.cell(row, 1).value
        mark = _MARK_OF.get(key(said)) if isinstance(said, str) else None
        if mark is not None and mark not in found:
            found[mark] = _cell(file, sheet, row, place=2, column=mark)
    return found if REFERENCE in found else {}


def _header(sheet: Worksheet) -> tuple[int, Mapping[str, int]]:
    best: tuple[int, dict[str, list[int]]] = (0, {})
    for number, values in enumerate(sheet.iter_rows(max_row=LAST_HEADER_ROW, values_only=True), start=1):
        places: dict[str, list[int]] = {}
        for place, value in enumerate(values, start=1):
            column = _COLUMN_OF.get(key(value)) if isinstance(value, str) else None
            if column is not None:
                places.setdefault(column, []).append(place)
        if len(places) > len(best[1]):
            best = (number, places)
    number, places = best
    missing = [COLUMNS[name] for name in COLUMNS if name in _NEEDED and name not in places]
    if missing:
        raise ImportRefused("column_missing", f"{sheet.title}: no row has the columns {', '.join(missing)}")
    twice = [COLUMNS[name] for name, found in places.items() if len(found) > 1]
    if twice:
        raise ImportRefused("column_twice", f"{sheet.title}: row {number} has {', '.join(twice)} twice")
    return number, {name: found[0] for name, found in places.items()}


def _rows(file: WorkbookFile, sheet: Worksheet, header: int, places: Mapping[str, int]) -> Iterator[FilledRow]:
    for number in range(header + 1, sheet.max_row + 1):
        cells = {
            name: _cell(file, sheet, number, place=place, column=COLUMNS[name])
            for name, place in places.items()
            if name in _NEEDED
        }
        if any(cell.value is not None for cell in cells.values()):
            yield FilledRow(number, cells)


def _cell(file: WorkbookFile, sheet: Worksheet, row: int, *, place: int, column: str) -> Cell:
    at = f"{get_column_letter(place)}{row}"
    formula = file.uncomputed.get((sheet.title, at))
    if formula is not None:
        return Cell(sheet.title, at, column, Failed(formula, "a formula without a stored value"))
    found = sheet.cell(row, place)
    return Cell(sheet.title, at, column, cell_value(found))
