"""What a filled sheet says of a report, cell by cell; what can't be used is named by sheet, row, column and reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from service.exports.report_workbook import COLUMNS, NIHIL_REST, NOTE, YES
from service.imports.cells import parse_optional_text
from service.imports.money import parse_count, parse_quantity
from service.imports.problems import Cell, CellValue, Unreadable
from service.imports.report_sheets import FilledRow, FilledSheet
from service.report_drafts import Content, DraftLine
from workflows.definition import Label
from workflows.facts import Evidence, PlanItem

T = TypeVar("T")
LONGEST_NOTE, LONGEST_REASON = 4_000, 1_000
SEPARATOR = ";"
_NUMBER = Label("Angka tidak terbaca; tulis misalnya 12,5.", "The number can't be read; write 12,5 for example.")
_TEXT = Label("Isian bukan teks yang dapat dipakai.", "This isn't a text that can be used.")
SENTENCES: Mapping[str, Label] = {
    "number_unreadable": _NUMBER,
    "number_missing": _NUMBER,
    "number_ambiguous": Label(
        "Angka dapat dibaca dengan dua cara; tulis 1250 atau 1,25.", "The number reads two ways; write 1250 or 1,25."
    ),
    "number_not_positive": Label("Angka harus lebih dari nol.", "The number must be above zero."),
    "number_too_large": Label("Angka terlalu besar.", "The number is too large."),
    "text_expected": _TEXT,
    "text_unprintable": _TEXT,
    "text_too_long": Label("Teks terlalu panjang.", "The text is too long."),
    "item_unknown": Label(
        "Bukan nomor butir yang berjalan pada periode ini.", "No item of this number runs in this period."
    ),
    "item_twice": Label("Nomor butir ini tertulis lebih dari sekali.", "This item's number stands more than once."),
    "yes_unreadable": Label(f"Tulis “{YES}”, atau kosongkan.", f"Write “{YES}”, or leave it empty."),
    "evidence_not_there": Label(
        "Tidak ada berkas bernama demikian pada komitmen ini; unggah dahulu di halaman laporan.",
        "The commitment has no file of this name; upload it on the report's page first.",
    ),
    "evidence_ambiguous": Label(
        "Ada beberapa berkas bernama demikian; tulis dengan tandanya, misalnya “foto.png [0a1b2c3d]”.",
        "Several files have this name; write it with its mark, as in “foto.png [0a1b2c3d]”.",
    ),
}
"""Why a cell can't be used, by code."""


@dataclass(frozen=True, slots=True)
class SheetRefusal:
    """One reason why a workbook isn't taken. row: None where it is about the whole sheet; column: its name, or empty"""

    sheet: str
    row: int | None
    column: str
    code: str
    sentence: Label


def content_of(
    sheet: FilledSheet, items: Iterable[PlanItem], files: Iterable[Evidence]
) -> tuple[Content, Mapping[int, int], tuple[SheetRefusal, ...]]:
    """What the sheet says, the row of each item, and what of it can't be used.

    items  those that the report has to speak of; files: those that the commitment has
    """
    reader = _Reader(sheet.name, {item.number for item in items}, named(files))
    lines = tuple(line for row in sheet.rows if (line := reader.line(row)) is not None)
    said = tuple(line for line in lines if line != DraftLine(line.item))
    rest = reader.mark(sheet.marks[NIHIL_REST], LONGEST_REASON)
    note = reader.mark(sheet.marks[NOTE], LONGEST_NOTE)
    return Content(said, rest, note), reader.rows, tuple(reader.refusals)


def named(files: Iterable[Evidence]) -> Mapping[str, Evidence]:
    """Each file by the name that a sheet calls it by: its own, with a mark where another has the same."""
    unique = tuple({one.digest: one for one in files}.values())
    counts = Counter(one.name for one in unique)
    return {one.name if counts[one.name] == 1 and SEPARATOR not in one.name else _marked(one): one for one in unique}


def written(evidence: Iterable[Evidence], files: Iterable[Evidence]) -> str:
    """Files as a cell names them."""
    names = {one.digest: name for name, one in named((*files, *evidence)).items()}
    return f"{SEPARATOR} ".join(names[one.digest] for one in evidence)


def _marked(file: Evidence) -> str:
    return f"{file.name.replace(SEPARATOR, ',')} [{file.digest[:8]}]"


class _Reader:
    """Reads cells, and collects what can't be used."""

    def __init__(self, sheet: str, items: set[int], files: Mapping[str, Evidence]) -> None:
        self.refusals: list[SheetRefusal] = []
        self.rows: dict[int, int] = {}
        self._sheet = sheet
        self._items = items
        self._files = files

    def line(self, row: FilledRow) -> DraftLine | None:
        """What a row says; None where it is about no item, or about one that has a row: nobody knows which holds."""
        item = self._take(row.number, row.cells["item"], self._item)
        if item is None:
            return None
        if item in self.rows:
            self._refuse(row.number, COLUMNS["item"], "item_twice")
            return None
        self.rows[item] = row.number
        cells = row.cells
        value = None if _is_empty(cells["value"]) else self._take(row.number, cells["value"], parse_quantity)
        return DraftLine(
            item=item,
            value=value,
            note=self._take(row.number, cells["note"], _text(LONGEST_NOTE)) or "",
            reason=self._take(row.number, cells["reason"], _text(LONGEST_REASON)) or "",
            nihil=self._take(row.number, cells["nihil"], _text(LONGEST_REASON)) or "",
            promised=self._take(row.number, cells["promised"], _yes) or False,
            evidence=self._take(row.number, cells["evidence"], self._evidence) or (),
        )

    def mark(self, cell: Cell, most: int) -> str:
        """A text above the table."""
        return self._take(int(cell.place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")), cell, _text(most)) or ""

    def _item(self, value: CellValue) -> int:
        try:
            number = parse_count(value)
        except Unreadable as error:
            raise Unreadable("item_unknown", "the number of an item") from error
        if number not in self._items:
            raise Unreadable("item_unknown", "the number of an item that runs")
        return number

    def _evidence(self, value: CellValue) -> tuple[Evidence, ...]:
        names = [name for one in _text(20_000)(value).split(SEPARATOR) if (name := one.strip())]
        for name in names:
            if name not in self._files:
                alike = any(known.startswith(f"{name} [") for known in self._files)
                raise Unreadable("evidence_ambiguous" if alike else "evidence_not_there", "a file of the commitment")
        return tuple(dict.fromkeys(self._files[name] for name in names))

    def _take(self, row: int, cell: Cell, read: Callable[[CellValue], T]) -> T | None:
        try:
            return read(cell.value)
        except Unreadable as error:
            self._refuse(row, cell.column, error.code)
            return None

    def _refuse(self, row: int, column: str, code: str) -> None:
        self.refusals.append(SheetRefusal(self._sheet, row, column, code, SENTENCES[code]))


def _is_empty(cell: Cell) -> bool:
    return cell.value is None or cell.value == ""


def _text(most: int) -> Callable[[CellValue], str]:
    return lambda value: parse_optional_text(value, most=most)


def _yes(value: CellValue) -> bool:
    if value is None or value is False:
        return False
    if value is True or (isinstance(value, str) and value.strip().casefold() in (YES, "yes", "x", "v")):
        return True
    if isinstance(value, str) and value.strip().casefold() in ("", "tidak", "no", "-"):
        return False
    raise Unreadable("yes_unreadable", f'"{YES}"')
