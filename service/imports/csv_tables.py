"""A csv file as typed rows of cells that know their place; every dialect that a spreadsheet writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from openpyxl.utils import get_column_letter

from service.imports.cells import key
from service.imports.problems import Cell, ImportRefused

MAX_BYTES = 10_000_000
MAX_ROWS = 50_000
NO_NAMES: Mapping[str, str] = MappingProxyType({})
_DELIMITERS = (",", ";", "\t")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: its number in the spreadsheet (the header is 1) and its cells by column name."""

    number: int
    cells: dict[str, Cell]

    def __getitem__(self, column: str) -> Cell:
        return self.cells[column]

    def text(self, column: str) -> str:
        """The cell's text as it stands, for naming the row."""
        value = self.cells[column].value
        return value if isinstance(value, str) else ""


def read_csv(
    path: Path, required: Sequence[str], optional: Sequence[str] = (), names: Mapping[str, str] = NO_NAMES
) -> tuple[Row, ...]:
    """Every row of a csv file that isn't empty.

    Takes UTF-8 with or without BOM, any line end, and commas, semicolons or tabs, whichever split the header into the
    required columns. Columns come in any order; an optional column that is absent gives empty cells; others are
    ignored.
    names   the columns as the file calls them (by `cells.key`), to ours
    raises  ImportRefused file_missing, file_too_large, encoding_broken (names the line), column_missing, column_twice,
            row_ragged (names the line), quote_open, too_many_rows
    """
    text = decoded(path)
    delimiter = _delimiter(path.name, text, required, names)
    lines = _lines(path.name, text, delimiter)
    header = [_ours(name, names) for name in next(lines)[1]]
    _check_header(path.name, header, (*required, *optional))
    places = {name: header.index(name) for name in (*required, *optional) if name in header}
    rows = [
        _row(path.name, number, values, places, optional)
        for number, values in lines
        if _is_filled(path.name, number, values, len(header))
    ]
    return tuple(rows)


def decoded(path: Path) -> str:
    """A text file's content, from UTF-8 with or without BOM; raises ImportRefused as `read_csv`."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefused("file_too_large", f"{path.name}: over {MAX_BYTES:,} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused("file_missing", f"{path.name}: can't be read ({error.strerror})") from error
    if content.startswith(_UTF16):
        raise ImportRefused("encoding_broken", f"{path.name}: line 1 is UTF-16, expected UTF-8 (save as CSV UTF-8)")
    if b"\x00" in content:
        line = content.count(b"\n", 0, content.index(b"\x00")) + 1
        sentence = f"{path.name}: line {line} has a zero byte, as UTF-16 has; expected UTF-8 (save as CSV UTF-8)"
        raise ImportRefused("encoding_broken", sentence)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = content[error.start : error.start + 1].hex()
        message = f"{path.name}: line {line} has the byte 0x{found}, expected UTF-8 (save as CSV UTF-8)"
        raise ImportRefused("encoding_broken", message) from error


def _delimiter(name: str, text: str, required: Sequence[str], names: Mapping[str, str]) -> str:
    first = text.partition("\n")[0].strip("\r")
    found = {
        delimiter: {_ours(column, names) for column in next(csv.reader([first], delimiter=delimiter), [])}
        for delimiter in _DELIMITERS
    }
    best = max(_DELIMITERS, key=lambda delimiter: len(found[delimiter].intersection(required)))
    missing = [column for column in required if column not in found[best]]
    if missing:
        raise ImportRefused("column_missing", f"{name}: line 1 has no column {', '.join(missing)}")
    return best


def _ours(column: str, names: Mapping[str, str]) -> str:
    return names.get(key(column), column.strip())


def _lines(name: str, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Records with their number as a spreadsheet counts them: a line break inside quotes starts no row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for values in reader:
            number += 1
            if number > MAX_ROWS:
                raise ImportRefused("too_many_rows", f"{name}: over {MAX_ROWS:,} rows")
            yield number, values
    except csv.Error as error:
        message = f"{name}: line {reader.line_num} can't be split into cells ({error})"
        raise ImportRefused("quote_open", message) from error


def _check_header(name: str, header: Sequence[str], known: Sequence[str]) -> None:
    twice = sorted({column for column in known if header.count(column) > 1})
    if twice:
        raise ImportRefused("column_twice", f"{name}: line 1 has the column {', '.join(twice)} twice")


def _is_filled(name: str, number: int, values: Sequence[str], width: int) -> bool:
    if not any(value.strip() for value in values):
        return False
    if len(values) != width:
        raise ImportRefused("row_ragged", f"{name}: row {number} has {len(values)} cells, expected {width}")
    return True


def _row(name: str, number: int, values: Sequence[str], places: dict[str, int], optional: Sequence[str]) -> Row:
    cells = {
        column: Cell(name, f"{get_column_letter(place + 1)}{number}", column, values[place].strip() or None)
        for column, place in places.items()
    }
    absent = {column: Cell(name, f"row {number}", column, None) for column in optional if column not in places}
    return Row(number, cells | absent)
