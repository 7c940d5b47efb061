"""Who holds which office, as an administrator's list says it: a csv file, or the first table of a workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from service.identity.errors import InputRefused
from service.identity.persons import LANGUAGES, parse_email, parse_name
from service.identity.tables import email_key
from service.imports.cells import key, parse_known_code, parse_labelled, parse_one_of, parse_text
from service.imports.csv_tables import Row, read_csv
from service.imports.dates import parse_date
from service.imports.problems import Cell, CellValue, Failed, ImportRefused, Problem, Unreadable, problem_at, take
from service.imports.workbook_file import WorkbookFile, read_workbook
from workflows.definition import Label
from workflows.offices import Directory

REQUIRED = ("office", "name", "email", "letter", "starts_on")
OPTIONAL = ("language", "capacity", "ends_on")
LAST_HEADER_ROW = 20
LONGEST_LETTER = 200
_CAPACITIES: Mapping[str, Label] = {
    "definitive": Label(id="definitif", en="definitive"),
    "pj": Label(id="Pj.", en="acting (Pj.)"),
    "plt": Label(id="Plt.", en="acting (Plt.)"),
    "plh": Label(id="Plh.", en="acting (Plh.)"),
}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One row: a person, and the office that they hold from a day on.

    cells  where each column stands, for naming what is refused later
    """

    number: int
    office: str
    name: str
    email: str
    language: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date | None
    cells: Mapping[str, Cell]

    @property
    def owner(self) -> str:
        """The row as problems name it."""
        return _owner(self.cells["office"].sheet, self.number)


@dataclass(frozen=True, slots=True)
class PersonsFile:
    """What a file holds: rows without a problem, and the problems of the others; digest is its SHA-256 in hex."""

    name: str
    digest: str
    rows: tuple[PersonRow, ...]
    problems: tuple[Problem, ...]


def read_persons(path: Path, *, directory: Directory) -> PersonsFile:
    """Every row of the list; one with a bad cell is left out whole.

    directory  names the offices that there are
    raises     ImportRefused where the file can't be read at all, or has no row that names the columns
    """
    table = _read_workbook(path) if path.suffix.casefold() in (".xlsx", ".xlsm", ".xls") else _read_csv(path)
    problems: list[Problem] = []
    office = parse_known_code(directory.offices, "office")
    read = (_read(row, office, problems) for row in table)
    rows = _consistent([row for row in read if row is not None], problems)
    return PersonsFile(path.name, sha256(path.read_bytes()).hexdigest(), rows, tuple(problems))


def _read(row: Row, office: Callable[[CellValue], str], problems: list[Problem]) -> PersonRow | None:
    sheet = row["office"].sheet
    owner = _owner(sheet, row.number)
    before = len(problems)
    found = {
        "office": take(row["office"], office, owner, problems),
        "name": take(row["name"], _name, owner, problems),
        "email": take(row["email"], _email, owner, problems),
        "language": take(row["language"], _or("id", parse_one_of(LANGUAGES, "language")), owner, problems),
        "capacity": take(row["capacity"], _or("definitive", parse_labelled(_CAPACITIES, "capacity")), owner, problems),
        "letter": take(row["letter"], _letter, owner, problems),
    }
    starts_on = take(row["starts_on"], parse_date, owner, problems)
    ends_on = None if row["ends_on"].value is None else take(row["ends_on"], parse_date, owner, problems)
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        early = Unreadable("end_before_start", f"{starts_on} or later, or nothing")
        problems.append(problem_at(row["ends_on"], owner, early))
    if len(problems) > before or starts_on is None:
        return None
    texts = {name: value for name, value in found.items() if value is not None}
    return PersonRow(row.number, **texts, starts_on=starts_on, ends_on=ends_on, cells=row.cells)


def _consistent(rows: Sequence[PersonRow], problems: list[Problem]) -> tuple[PersonRow, ...]:
    """The rows that agree with those above them: one mailbox is one person, one appointment is one row."""
    persons: dict[str, PersonRow] = {}
    appointments: dict[tuple[str, str, str, date], PersonRow] = {}
    kept = []
    for row in rows:
        first = persons.setdefault(email_key(row.email), row)
        same = appointments.setdefault((row.office, email_key(row.email), row.capacity, row.starts_on), row)
        if (first.name, first.language) != (row.name, row.language):
            expected = f'"{first.name}" in "{first.language}", as row {first.number} says of {first.email}'
            problems.append(problem_at(row.cells["name"], row.owner, Unreadable("person_differs", expected)))
        elif same is not row:
            expected = f"another appointment than that of row {same.number}"
            problems.append(problem_at(row.cells["office"], row.owner, Unreadable("row_twice", expected)))
        else:
            kept.append(row)
    return tuple(kept)


def _owner(sheet: str, number: int) -> str:
    return f"row:{sheet}:{number}"


def _name(value: CellValue) -> str:
    try:
        return parse_name(parse_text(value))
    except InputRefused as error:
        raise Unreadable(error.code, "a name of at most 200 characters") from error


def _email(value: CellValue) -> str:
    try:
        return parse_email(parse_text(value))
    except InputRefused as error:
        raise Unreadable(error.code, "one mail address such as name@agency.go.id") from error


def _letter(value: CellValue) -> str:
    letter = parse_text(value)
    if len(letter) > LONGEST_LETTER:
        raise Unreadable("text_too_long", f"the letter's number, at most {LONGEST_LETTER} characters")
    return letter


def _or(default: str, read: Callable[[CellValue], str]) -> Callable[[CellValue], str]:
    return lambda value: default if value is None or value == "" else read(value)


def _read_csv(path: Path) -> tuple[Row, ...]:
    return read_csv(path, REQUIRED, OPTIONAL)


def _read_workbook(path: Path) -> tuple[Row, ...]:
    file = read_workbook(path)
    for sheet in file.workbook.worksheets:
        header = _header(sheet) if sheet.sheet_state == "visible" else None
        if header is not None:
            return tuple(_rows(file, sheet, *header))
    raise ImportRefused("column_missing", f"{path.name}: no sheet has a row with the columns {', '.join(REQUIRED)}")


def _header(sheet: Worksheet) -> tuple[int, Mapping[str, int]] | None:
    """The row that names every required column, and the place of each."""
    for number, values in enumerate(sheet.iter_rows(max_row=LAST_HEADER_ROW, values_only=True), start=1):
        names = [key(value) if isinstance(value, str) else "" for value in values]
        if set(REQUIRED) <= set(names):
            twice = [name for name in (*REQUIRED, *OPTIONAL) if names.count(name) > 1]
            if twice:
                raise ImportRefused("column_twice", f"{sheet.title}: row {number} has {', '.join(twice)} twice")
            return number, {name: names.index(name) + 1 for name in (*REQUIRED, *OPTIONAL) if name in names}
    return None


def _rows(file: WorkbookFile, sheet: Worksheet, header: int, places: Mapping[str, int]) -> Iterator[Row]:
    for number in range(header + 1, sheet.max_row + 1):
        cells = {name: _cell(file, sheet, number, name=name, place=place) for name, place in places.items()}
        if any(cell.value is not None for cell in cells.values()):
            absent = {name: Cell(sheet.title, f"row {number}", name, None) for name in OPTIONAL if name not in places}
            yield Row(number, cells | absent)


def _cell(file: WorkbookFile, sheet: Worksheet, number: int, *, name: str, place: int) -> Cell:
    found = sheet.cell(number, place)
    at = f"{get_column_letter(place)}{number}"
    formula = file.uncomputed.get((sheet.title, at))
    if formula is not None:
        return Cell(sheet.title, at, name, Failed(formula, "a formula without a stored value"))
    return Cell(sheet.title, at, name, _value(found.value, is_error=found.data_type == "e"))


def _value(value: object, *, is_error: bool) -> CellValue:
    match value:
        case None:
            return None
        case str():
            return Failed(value, "an error") if is_error else value if value.strip() else None
        case bool() | int() | float() | datetime() | date():
            return value
        case _:
            return Failed(str(value), "neither text nor number nor date")
