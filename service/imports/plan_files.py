"""commitments.csv and action_plans.csv, read into drafts of commitments."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from service.imports.cells import parse_code, parse_known_code, parse_labelled
from service.imports.csv_tables import NO_NAMES, Row, read_csv
from service.imports.drafts import OPTIONAL, Draft, PlanRow, plan_words, read_items, rows_text
from service.imports.problems import Cell, CellValue, Problem, T, Unreadable, problem_at, take
from service.references import number_of, reference_of
from workflows.definition import Definition
from workflows.facts import ProgrammeOpened

COMMITMENTS, ACTION_PLANS = "commitments.csv", "action_plans.csv"
COLUMNS: Mapping[str, str] = {
    "number": "no",
    "stage": "stage",
    "activity": "activity",
    "output": "output",
    "indicator": "indicator",
    "unit": "unit",
    "target": "target",
    "starts_on": "start",
    "ends_on": "end",
    "agency": "agency",
    "budget": "budget_idr",
    "fund": "fund",
    "evidence": "evidence_required",
    "component": "component",
    "value": "value",
    "depends_on": "depends_on",
    "weight": "weight",
    "targets": "targets",
}
"""The plan's columns as the csv file names them; those of `OPTIONAL` may be absent."""
COMMITMENT_COLUMNS = ("id", "region", "innovation", "agency", "pic", "fiscal_year", "replication_scope")


def has_plans(folder: Path) -> bool:
    """Whether the folder has commitments beside the programme itself."""
    return (folder / COMMITMENTS).exists() or (folder / ACTION_PLANS).exists()


def read_fiscal_year(folder: Path, names: Mapping[str, str] = NO_NAMES) -> int | None:
    """The year of the commitments; None without commitments, or where they don't agree on a year.

    names  the columns as the files call them, to ours
    """
    if not (folder / COMMITMENTS).exists():
        return None
    years = {row.text("fiscal_year") for row in read_csv(folder / COMMITMENTS, ("id", "fiscal_year"), (), names)}
    year = next(iter(years)) if len(years) == 1 else ""
    return int(year) if len(year) == 4 and year.isascii() and year.isdigit() else None


def read_plan_files(
    folder: Path,
    *,
    programme: ProgrammeOpened,
    offices: Iterable[str],
    definition: Definition,
    names: Mapping[str, str] = NO_NAMES,
) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
    """Every commitment of the folder, and every cell that can't be used; a commitment with one is left out whole.

    offices  ids of the offices that a row may name
    names    the columns as the files call them, to ours
    raises   ImportRefused where one of the two files is missing or can't be split into its columns
    """
    reader = _Reader(programme, offices, definition)
    rows = read_csv(folder / COMMITMENTS, COMMITMENT_COLUMNS, (), names)
    required = tuple(name for column, name in COLUMNS.items() if column not in OPTIONAL)
    optional = tuple(COLUMNS[column] for column in OPTIONAL)
    reader.sort_in(read_csv(folder / ACTION_PLANS, ("commitment", *required), optional, names), rows)
    for row in rows:
        reader.read(row)
    return reader.result()


class _Reader:
    """Collects drafts and problems over the two files."""

    def __init__(self, programme: ProgrammeOpened, offices: Iterable[str], definition: Definition) -> None:
        self._programme = programme
        self._subjects = {subject.subject: subject for subject in programme.subjects}
        self._region = parse_known_code(programme.parties, "region")
        self._subject = parse_known_code(self._subjects, "innovation")
        self._office = parse_known_code(offices, "office")
        self._scope = parse_labelled(definition.replication_scopes, "scope")
        self._words = plan_words(definition)
        self._items: dict[str, list[PlanRow]] = {}
        self._drafts: dict[str, Draft] = {}
        self._problems: list[Problem] = []

    def result(self) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
        """The drafts without a problem, and every problem."""
        bad = {problem.owner for problem in self._problems}
        whole = tuple(draft for reference, draft in self._drafts.items() if reference not in bad)
        return whole, tuple(self._problems)

    def sort_in(self, plan: Iterable[Row], commitments: Iterable[Row]) -> None:
        """Give each row of a plan to its commitment; one that has none is a problem of its own."""
        known = {row.text("id") for row in commitments}
        for row in plan:
            reference = row.text("commitment")
            if reference not in known:
                unknown = Unreadable("commitment_unknown", f"an id of {COMMITMENTS}")
                self._problems.append(problem_at(row["commitment"], reference, unknown))
            cells = {column: row[name] for column, name in COLUMNS.items()}
            self._items.setdefault(reference, []).append(PlanRow(row.number, cells))

    def read(self, row: Row) -> None:
        """Read one commitment with its plan."""
        owner = row.text("id") or f"{COMMITMENTS}:{row.number}"
        reference = self._take(row["id"], parse_code, owner)
        party = self._take(row["region"], self._region, owner)
        subject = self._take(row["innovation"], self._subject, owner)
        agency = self._take(row["agency"], self._office, owner)
        pic = self._take(row["pic"], self._office, owner)
        scope = self._take(row["replication_scope"], self._scope, owner)
        year = self._take(row["fiscal_year"], self._parse_year, owner)
        self._refuse_twice(row, owner, party, subject)
        if reference is None or party is None or subject is None:
            return
        plan = self._items.get(reference, [])
        items = read_items(
            plan,
            self._words,
            agency=self._office,
            subject=self._subjects[subject],
            owner=owner,
            problems=self._problems,
        )
        if agency is None or pic is None or scope is None or year is None:
            return
        source = f"{ACTION_PLANS} {rows_text(one.number for one in plan)}"
        self._drafts[reference] = Draft(reference, party, subject, year, scope, agency, pic, items, source)

    def _take(self, cell: Cell, read: Callable[[CellValue], T], owner: str) -> T | None:
        return take(cell, read, owner, self._problems)

    def _parse_year(self, value: CellValue) -> int:
        year = self._programme.fiscal_year
        if value != str(year):
            raise Unreadable("fiscal_year_unknown", f"the programme's year {year}")
        return year

    def _refuse_twice(self, row: Row, owner: str, party: str | None, subject: str | None) -> None:
        if owner in self._drafts:
            twice = Unreadable("commitment_twice", "an id that no row above has")
            self._problems.append(problem_at(row["id"], owner, twice))
        elif (
            party
            and subject
            and any(self._is_beside(owner, draft, (party, subject)) for draft in self._drafts.values())
        ):
            twice = Unreadable("commitment_twice", "a region and innovation that no row above has together")
            self._problems.append(problem_at(row["innovation"], owner, twice))

    def _is_beside(self, reference: str, other: Draft, placed: tuple[str | None, str | None]) -> bool:
        """Whether both would be one party's to one subject, and don't count on from one another."""
        if (other.party, other.subject) != placed:
            return False
        first = reference_of(self._programme.programme, other.party, other.subject)
        return None in (number_of(first, reference), number_of(first, other.reference))
