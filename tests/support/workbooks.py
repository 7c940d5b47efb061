"""The demo's workbook, changed by hand as an office would, and workbooks that nobody should open."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.importing import WORKBOOK

SAMBAS = "Kab. Sambas"
HEADER_ROW = 5


def changed(path: Path, change: Callable[[Worksheet], object], *, sheet: str = SAMBAS) -> Path:
    """The demo's workbook with one sheet changed."""
    workbook = openpyxl.load_workbook(WORKBOOK)
    change(workbook[sheet])
    workbook.save(path)
    return path


def one_sheet(path: Path, change: Callable[[Worksheet], object] = lambda sheet: None, *, keep: str = SAMBAS) -> Path:
    """A workbook with one region's sheet alone, changed."""
    workbook = openpyxl.load_workbook(WORKBOOK)
    for name in workbook.sheetnames:
        if name != keep:
            del workbook[name]
    change(workbook[keep])
    workbook.save(path)
    return path


def table_of(sheet: Worksheet) -> list[list[object]]:
    """The sheet's header and rows, with merged cells filled."""
    filled = {
        (row, column): sheet.cell(area.min_row, area.min_col).value
        for area in sheet.merged_cells.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    }
    return [
        [filled.get((row, column), sheet.cell(row, column).value) for column in range(1, sheet.max_column + 1)]
        for row in range(HEADER_ROW, sheet.max_row + 1)
    ]


def written(path: Path, title: str, rows: list[list[object]]) -> Path:
    """A workbook of one sheet with these rows from the top."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    workbook.save(path)
    return path


def repacked(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The demo's workbook with one part of the archive rewritten."""
    with zipfile.ZipFile(WORKBOOK) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return path


def archive(parts: dict[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, content in parts.items():
            parcel.writestr(name, content)
    return whole.getvalue()
