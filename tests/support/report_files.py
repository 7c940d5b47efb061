"""A workbook of reports as an office fills it in."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from service.exports.report_workbook import COLUMNS, MARKS

HEADER_ROW = len(MARKS) + 3
NAMES = list(COLUMNS)


def opened(content: bytes) -> Workbook:
    """The workbook in some bytes."""
    return openpyxl.load_workbook(io.BytesIO(content))


def packed(workbook: Workbook) -> bytes:
    """Its bytes."""
    written = io.BytesIO()
    workbook.save(written)
    return written.getvalue()


def filled(content: bytes, said: Mapping[str, Any], *, sheet: int = 0) -> bytes:
    """The workbook with these cells filled: "value 2" is the column value of item 2, another name a mark's."""
    workbook = opened(content)
    page = workbook.worksheets[sheet]
    for where, value in said.items():
        column, _, item = where.partition(" ")
        if column in COLUMNS and item.isdigit():
            page.cell(row_of(page, int(item)), NAMES.index(column) + 1).value = value
        else:
            page.cell(MARKS.index(where) + 2, 2).value = value
    return packed(workbook)


def row_of(page: Worksheet, item: int) -> int:
    """The row of an item."""
    return next(row for row in range(HEADER_ROW + 1, page.max_row + 1) if page.cell(row, 1).value == item)


def cells(content: bytes, item: int, *, sheet: int = 0) -> dict[str, Any]:
    """What stands in an item's row, by column."""
    page = opened(content).worksheets[sheet]
    row = row_of(page, item)
    return {name: page.cell(row, place).value for place, name in enumerate(NAMES, start=1)}
