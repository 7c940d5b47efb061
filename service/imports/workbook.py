"""A region's action plans as an office sends them: one sheet a region, read into drafts of commitments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from service.imports.blocks import split
from service.imports.cells import parse_code, parse_known_code, parse_labelled
from service.imports.csv_tables import NO_NAMES
from service.imports.drafts import Draft, PlanRow, plan_words, read_items, rows_text
from service.imports.names import find_pic, parse_office, parse_subject
from service.imports.problems import (
    Cell,
    CellValue,
    Failed,
    ImportRefused,
    Note,
    Problem,
    Unreadable,
    problem_at,
    take,
)
from service.imports.sheets import Table, read_sheet
from service.imports.workbook_file import WorkbookFile, read_workbook
from service.references import number_of, reference_of
from workflows.definition import Definition
from workflows.facts import OfficeEstablished, PlanItem, ProgrammeOpened, Subject
from workflows.offices import Directory


@dataclass(frozen=True, slots=True)
class DraftFile:
    """What a file holds: drafts without a problem, the problems of the others, and what was left aside on purpose.

    digest  SHA-256 of the file in hex
    """

    name: str
    digest: str
    drafts: tuple[Draft, ...]
    problems: tuple[Problem, ...]
    notes: tuple[Note, ...]


def read_plans(
    path: Path,
    *,
    programme: ProgrammeOpened,
    directory: Directory,
    definition: Definition,
    names: Mapping[str, str] = NO_NAMES,
) -> DraftFile:
    """Every commitment on every sheet of the workbook; one with a bad cell is left out whole.

    names   further names of columns, to ours
    raises  ImportRefused where the file is no workbook, or no sheet of it has the table
    """
    file = read_workbook(path)
    reader = _Reader(file, programme, directory, definition)
    for sheet in file.workbook.worksheets:
        table = read_sheet(sheet, names) if sheet.sheet_state == "visible" else None
        if table is not None:
            reader.read(table)
        elif sheet.max_row > 1 or sheet.max_column > 1:
            why = "no table on it" if sheet.sheet_state == "visible" else "hidden"
            reader.notes.append(Note(sheet.title, f"left aside: {why}"))
    if not reader.tables:
        raise ImportRefused("table_missing", f"{path.name}: no sheet has a row that names the plan's columns")
    return reader.result()


class _Reader:
    """Collects drafts, problems and notes over the sheets of one file."""

    def __init__(
        self, file: WorkbookFile, programme: ProgrammeOpened, directory: Directory, definition: Definition
    ) -> None:
        self.notes: list[Note] = []
        self.tables = 0
        self._file = file
        self._programme = programme
        self._directory = directory
        self._words = plan_words(definition)
        self._scope = parse_labelled(definition.replication_scopes, "scope")
        self._subject = parse_subject(programme)
        self._subjects = {subject.subject: subject for subject in programme.subjects}
        self._drafts: dict[str, Draft] = {}
        self._problems: list[Problem] = []

    def result(self) -> DraftFile:
        """What all sheets gave; a commitment with any problem is not among the drafts."""
        bad = {problem.owner for problem in self._problems}
        return DraftFile(
            name=self._file.name,
            digest=sha256(self._file.content).hexdigest(),
            drafts=tuple(one for one in self._drafts.values() if bad.isdisjoint((one.reference, self._first(one)))),
            problems=tuple(self._problems),
            notes=tuple(self.notes),
        )

    def read(self, table: Table) -> None:
        """Read one sheet's table."""
        self.tables += 1
        for row, text in table.left_out:
            self.notes.append(Note(table.sheet, f"row {row} left aside, it is no plan row: {text}"))
        regions = parse_known_code(self._programme.parties, "region")
        party = take(table.region, regions, f"sheet:{table.sheet}", self._problems)
        if party is None:
            return

        def owner_of(subject: str) -> str:
            return reference_of(self._programme.programme, party, subject)

        rows = [
            PlanRow(row.number, {name: self._computed(cell) for name, cell in row.cells.items()}) for row in table.rows
        ]
        for block in split(rows, self._subject, owner_of=owner_of, problems=self._problems):
            self._read_commitment(table.sheet, party, self._subjects[block.subject], block.rows)

    def _read_commitment(self, sheet: str, party: str, subject: Subject, rows: tuple[PlanRow, ...]) -> None:
        first = reference_of(self._programme.programme, party, subject.subject)
        reference = self._read_reference(rows, first)
        if reference in self._drafts:
            twice = Unreadable("commitment_twice", f"one block a commitment: {self._drafts[reference].source} has it")
            self._problems.append(problem_at(rows[0].cells["subject"], reference, twice))
            return
        items = read_items(
            rows,
            self._words,
            agency=parse_office(self._directory, party),
            subject=subject,
            owner=reference,
            problems=self._problems,
        )
        scope = self._read_scope(rows, reference)
        pic = self._find_pic(rows, items, subject.subject, reference)
        if pic is None or pic.reports_to is None or scope is None:
            return
        self._drafts[reference] = Draft(
            reference=reference,
            party=party,
            subject=subject.subject,
            fiscal_year=self._programme.fiscal_year,
            replication_scope=scope,
            agency=pic.reports_to,
            pic=pic.office,
            items=items,
            source=f"sheet {sheet} {rows_text(row.number for row in rows)}",
        )

    def _computed(self, cell: Cell) -> Cell:
        formula = self._file.uncomputed.get((cell.sheet, cell.place))
        return cell if formula is None else replace(cell, value=Failed(formula, "a formula without a stored value"))

    def _first(self, draft: Draft) -> str:
        """What a problem of the draft's rows may be named by: they were read before its own reference was."""
        return reference_of(self._programme.programme, draft.party, draft.subject)

    def _read_reference(self, rows: tuple[PlanRow, ...], first: str) -> str:
        """The one reference that the rows give, where the party promises anew; the first one where they give none."""
        said = {cell.place: cell for row in rows if (cell := row.cells["reference"]).value is not None}
        names = [take(cell, _parse_reference(first), first, self._problems) for cell in said.values()]
        for cell, name in zip(said.values(), names, strict=True):
            if None not in (name, names[0]) and name != names[0]:
                differs = Unreadable("reference_differs", "one reference for the whole commitment")
                self._problems.append(problem_at(cell, first, differs))
        return (names[0] if names else None) or first

    def _read_scope(self, rows: tuple[PlanRow, ...], reference: str) -> str | None:
        """The one scope that the commitment's rows give; further cells are blank or say the same."""
        filled = (row.cells["scope"] for row in rows if row.cells["scope"].value is not None)
        said = list({cell.place: cell for cell in filled}.values())
        if not said:
            return take(rows[0].cells["scope"], self._scope, reference, self._problems)
        scopes = [take(cell, self._scope, reference, self._problems) for cell in said]
        for cell, scope in zip(said, scopes, strict=True):
            if None not in (scope, scopes[0]) and scope != scopes[0]:
                differs = Unreadable("scope_differs", f"the scope of {said[0].place}, one for the whole commitment")
                self._problems.append(problem_at(cell, reference, differs))
        return scopes[0]

    def _find_pic(
        self, rows: tuple[PlanRow, ...], items: tuple[PlanItem, ...], subject: str, reference: str
    ) -> OfficeEstablished | None:
        if any(problem.owner == reference for problem in self._problems):
            return None
        try:
            return find_pic(self._directory, {item.agency for item in items}, subject)
        except Unreadable as error:
            self._problems.append(problem_at(rows[0].cells["agency"], reference, error))
            return None


def _parse_reference(first: str) -> Callable[[CellValue], str]:
    def read(value: CellValue) -> str:
        code = parse_code(value)
        if number_of(first, code) is None:
            raise Unreadable("reference_unknown", f"{first}, or {first}-2 where the party promises anew, and so on")
        return code

    return read
