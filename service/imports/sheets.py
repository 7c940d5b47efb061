"""Finding the table on a sheet: its header by the columns' names, its region by the title, merged cells filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import ascii_uppercase

from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from service.imports.cells import key
from service.imports.csv_tables import NO_NAMES
from service.imports.drafts import OPTIONAL, REQUIRED, PlanRow
from service.imports.money import parse_count
from service.imports.problems import Cell, CellValue, Failed, ImportRefused, Unreadable, shown

LAST_HEADER_ROW = 20
_ENOUGH_TO_BE_A_HEADER = 5
NAMES: Mapping[str, tuple[str, ...]] = {
    "number": ("no", "nomor", "no urut"),
    "subject": ("inovasi", "nama inovasi"),
    "stage": ("tahapan", "tahap"),
    "activity": ("kegiatan", "uraian kegiatan"),
    "output": ("keluaran", "output", "keluaran (output)"),
    "indicator": ("indikator", "indikator keluaran"),
    "unit": ("satuan",),
    "target": ("target",),
    "starts_on": ("waktu mulai", "mulai", "tanggal mulai"),
    "ends_on": ("waktu selesai", "selesai", "tanggal selesai"),
    "agency": (
        "perangkat daerah penanggung jawab",
        "perangkat daerah",
        "opd penanggung jawab",
        "penanggung jawab",
        "opd",
    ),
    "budget": ("anggaran", "anggaran (rp)", "pagu anggaran", "pagu"),
    "fund": ("sumber dana", "sumber pendanaan"),
    "evidence": ("bukti dukung", "data dukung", "eviden"),
    "scope": ("lingkup replikasi", "lingkup"),
    "component": ("komponen",),
    "value": ("jenis nilai",),
    "depends_on": ("bergantung pada", "butir pendahulu"),
    "weight": ("bobot",),
    "targets": ("target per periode",),
    "reference": ("nomor komitmen", "referensi"),
}
"""What offices call the columns; case, spaces, line breaks and a point at the end don't count."""
_COLUMN_OF = {name: column for column, names in NAMES.items() for name in names}
_WANTED = (*REQUIRED, "subject", "scope")
_ABSENT = (*OPTIONAL, "reference")
_REGION = re.compile(r"kode\s+wilayah\s*:?\s*(?P<code>[0-9][0-9.]*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet's table.

    region     the cell that says the region's code (its value is the code alone); without a code where none was found
    rows       below the header, in order, less empty ones
    left_out   rows that are no plan rows, such as a total or a signature block: number and first text
    """

    sheet: str
    region: Cell
    rows: tuple[PlanRow, ...]
    left_out: tuple[tuple[int, str], ...]


def read_sheet(sheet: Worksheet, names: Mapping[str, str] = NO_NAMES) -> Table | None:
    """The table on a sheet, or None where no row looks like its header.

    names   further names of columns (by `cells.key`), to ours
    raises  ImportRefused column_missing, column_twice where a row is a header, but not a whole one
    """
    merged = _merged(sheet)
    known = {**_COLUMN_OF, **{_header_key(theirs): ours for theirs, ours in names.items()}}
    found = _find_header(sheet, merged, known)
    if found is None:
        return None
    row, depth, columns = found
    _check_columns(sheet.title, row, columns)
    places = {name: numbers[0] for name, numbers in columns.items()}
    plan: list[PlanRow] = []
    left_out: list[tuple[int, str]] = []
    for number in range(row + depth, sheet.max_row + 1):
        cells = _cells(sheet, merged, number, places)
        first = next((shown(cell.value) for cell in cells.values() if _is_own(cell, number)), None)
        if _is_plan_row(number, cells):
            plan.append(PlanRow(number, cells))
        elif first is not None:
            left_out.append((number, first))
    return Table(sheet.title, _region(sheet, merged, row), tuple(plan), tuple(left_out))


Merged = Mapping[tuple[int, int], tuple[int, int]]


def _merged(sheet: Worksheet) -> Merged:
    """From each cell under a merged range to the cell that holds its value."""
    return {
        (row, column): (area.min_row, area.min_col)
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }


def _value(sheet: Worksheet, merged: Merged, row: int, column: int) -> CellValue:
    at_row, at_column = merged.get((row, column), (row, column))
    cell = sheet.cell(at_row, at_column)
    if isinstance(cell, MergedCell):
        return None
    return cell_value(cell)


def cell_value(cell: SheetCell | MergedCell) -> CellValue:
    """What a cell holds; blank text is nothing, an error or a percentage is known to be one."""
    value = cell.value
    if cell.data_type == "e":
        return Failed(str(value), "an error")
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(cell.number_format):
        return Failed(f"{value:.2%}", "a percentage")
    return value  # type: ignore[return-value]  # formulas and rich text are read as values


Header = tuple[int, int, dict[str, list[int]]]


def _find_header(sheet: Worksheet, merged: Merged, known: Mapping[str, str]) -> Header | None:
    """The row (and depth, for a header of two rows) that names the most columns."""
    best: Header | None = None
    for depth in (1, 2):
        for row in range(1, min(LAST_HEADER_ROW, sheet.max_row) + 1):
            columns = _named_columns(sheet, merged, row, depth, known)
            if len(columns) >= _ENOUGH_TO_BE_A_HEADER and (best is None or len(columns) > len(best[2])):
                best = (row, depth, columns)
    return best


def _named_columns(
    sheet: Worksheet, merged: Merged, row: int, depth: int, known: Mapping[str, str]
) -> dict[str, list[int]]:
    columns: dict[str, list[int]] = {}
    for place in range(1, sheet.max_column + 1):
        texts = [_value(sheet, merged, row + below, place) for below in range(depth)]
        parts = list(dict.fromkeys(_header_key(text) for text in texts if isinstance(text, str)))
        named = next((known[name] for name in (" ".join(parts), *reversed(parts)) if name in known), None)
        if named is not None:
            columns.setdefault(named, []).append(place)
    return columns


def _header_key(text: str) -> str:
    return key(text).rstrip(".:* ")


def _check_columns(title: str, row: int, columns: Mapping[str, list[int]]) -> None:
    missing = [NAMES[name][0].title() for name in _WANTED if name not in columns]
    if missing:
        sentence = f"sheet {title}: the header in row {row} has no column {', '.join(missing)}"
        raise ImportRefused("column_missing", sentence)
    twice = [NAMES[name][0].title() for name, places in columns.items() if len(places) > 1]
    if twice:
        raise ImportRefused("column_twice", f"sheet {title}: the header in row {row} has {', '.join(twice)} twice")


def _cells(sheet: Worksheet, merged: Merged, row: int, places: Mapping[str, int]) -> dict[str, Cell]:
    cells = {name: _cell(sheet, merged, row, place, column=name) for name, place in places.items()}
    absent = {name: Cell(sheet.title, f"row {row}", NAMES[name][0].title(), None) for name in _ABSENT}
    return absent | cells


def _cell(sheet: Worksheet, merged: Merged, row: int, place: int, *, column: str) -> Cell:
    """A cell under a merged range is named by the one that holds the value."""
    at_row, at_column = merged.get((row, place), (row, place))
    name = NAMES[column][0].title()
    return Cell(sheet.title, f"{get_column_letter(at_column)}{at_row}", name, _value(sheet, merged, row, place))


def _is_own(cell: Cell, row: int) -> bool:
    """Whether the row itself says something here, not a merged cell that reaches down to it."""
    return cell.value is not None and cell.place.lstrip(ascii_uppercase) == str(row)


_TELLING = ("stage", "activity", "output", "indicator", "unit", "target", "starts_on", "ends_on", "budget", "fund")
_TOTALS = ("jumlah", "total", "subtotal", "sub total")


def _is_plan_row(row: int, cells: Mapping[str, Cell]) -> bool:
    """Tells a row of the plan, however broken, from a total, a signature block or a number that waits for its row."""
    own = {name for name, cell in cells.items() if _is_own(cell, row)}
    texts = [cells[name].value for name in cells if name in own]
    is_total = bool(texts) and isinstance(texts[0], str) and key(texts[0]).startswith(_TOTALS)
    if is_total and own.isdisjoint(("starts_on", "ends_on")):
        return False
    told = own.intersection(_TELLING)
    return len(told) >= 3 or (bool(told) and "number" in own and _is_number(cells["number"].value))


def _is_number(value: CellValue) -> bool:
    try:
        parse_count(value)
    except Unreadable:
        return False
    return True


def _region(sheet: Worksheet, merged: Merged, header: int) -> Cell:
    """The title's cell with the region's code, in one text with its label or in the next cell to the right."""
    for row, column, text in _title_texts(sheet, merged, header):
        found = _REGION.search(text)
        if found is None:
            continue
        place = f"{get_column_letter(column)}{row}"
        if found["code"] is not None:
            return Cell(sheet.title, place, "Kode wilayah", found["code"].rstrip("."))
        for right in range(column + 1, sheet.max_column + 1):
            value = _value(sheet, merged, row, right)
            if value is not None and merged.get((row, right)) != merged.get((row, column), (row, column)):
                return Cell(sheet.title, f"{get_column_letter(right)}{row}", "Kode wilayah", value)
        return Cell(sheet.title, place, "Kode wilayah", None)
    return Cell(sheet.title, "A1", "Kode wilayah", None)


def _title_texts(sheet: Worksheet, merged: Merged, header: int) -> Iterator[tuple[int, int, str]]:
    for row in range(1, header):
        for column in range(1, sheet.max_column + 1):
            value = _value(sheet, merged, row, column)
            if isinstance(value, str) and (row, column) == merged.get((row, column), (row, column)):
                yield row, column, value
