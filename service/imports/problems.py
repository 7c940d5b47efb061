"""What an import can say about a file: one cell that can't be used, or a file that can't.

ImportRefused    the file or folder can't be read at all: a stable code and the facts that explain it
Unreadable       one value can't be read: why, and what was expected; caught where the cell is known
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")
_SHOWN = 80


class ImportRefused(Exception):
    """The file can't be imported at all; nothing was done.

    code      stable, such as file_missing, encoding_broken, column_missing, not_a_workbook
    sentence  says what was found, where, and what was expected
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Unreadable(Exception):
    """A value can't be used. code: stable, such as date_unreadable; expected: what would be right, with an example."""

    def __init__(self, code: str, expected: str) -> None:
        super().__init__(f"{code}: expected {expected}")
        self.code = code
        self.expected = expected


@dataclass(frozen=True, slots=True)
class Failed:
    """What stands in a cell whose value can't be known: its text, and why ("an error", "a percentage", ...)."""

    text: str
    why: str


CellValue = str | int | float | bool | Decimal | datetime | date | time | timedelta | Failed | None
"""What a cell holds: text from a csv file; from a workbook also numbers and dates."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its sheet (or csv file), its place as a spreadsheet names it ("H17"), its column's name and value."""

    sheet: str
    place: str
    column: str
    value: CellValue


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that can't be used.

    owner  what is left out for it: a commitment's reference, or "organisation:61.01" and the like
    found  the value as it was read, shortened
    """

    owner: str
    code: str
    sheet: str
    cell: str
    column: str
    found: str
    expected: str

    @property
    def sentence(self) -> str:
        """The problem in one line: sheet, cell, what was read, what was expected."""
        place = f"{self.sheet} {self.cell} ({self.column})" if self.column else f"{self.sheet} {self.cell}"
        return f"{place}: read {self.found}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was left aside on purpose, such as a sheet without a table; nothing is wrong with it."""

    sheet: str
    text: str


def problem_at(cell: Cell, owner: str, error: Unreadable) -> Problem:
    """The problem that a value makes at its cell."""
    return Problem(owner, error.code, cell.sheet, cell.place, cell.column, shown(cell.value), error.expected)


def take(cell: Cell, read: Callable[[CellValue], T], owner: str, problems: list[Problem]) -> T | None:
    """Read a cell, or note why it can't be and give None."""
    try:
        return read(cell.value)
    except Unreadable as error:
        problems.append(problem_at(cell, owner, error))
        return None


def shown(value: CellValue) -> str:
    """A value as a message shows it: text in quotes, an empty cell as such, never longer than a line, always UTF-8."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, Failed):
        return f"{value.text[:_SHOWN]} ({value.why})"
    if not isinstance(value, str):
        return f"{_plain(value)} (a {_kind(value)})"
    text = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    return '"' + text.replace("\n", " ").encode(errors="backslashreplace").decode() + '"'


def _plain(value: CellValue) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def _kind(value: CellValue) -> str:
    match value:
        case bool():
            return "yes-no value"
        case int() | float() | Decimal():
            return "number"
        case datetime() | date():
            return "date"
        case _:
            return "duration"
