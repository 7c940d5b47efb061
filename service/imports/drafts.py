"""A commitment as a file wants it, and its plan's rows read alike from every kind of file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from service.imports.cells import key, parse_labelled, parse_one_of, parse_optional_text, parse_text
from service.imports.dates import parse_date
from service.imports.money import parse_count, parse_money, parse_quantity
from service.imports.plan_extras import parse_numbers, parse_targets, parse_weight
from service.imports.problems import Cell, CellValue, Problem, Unreadable, problem_at, take
from workflows.commands import DraftCommitment
from workflows.definition import Definition
from workflows.facts import PlanItem, Subject

REQUIRED = (
    "number",
    "stage",
    "activity",
    "output",
    "indicator",
    "unit",
    "target",
    "starts_on",
    "ends_on",
    "agency",
    "budget",
    "fund",
    "evidence",
)
"""What a plan's row must have a column for; `OPTIONAL` may be absent."""
OPTIONAL = ("component", "value", "depends_on", "weight", "targets")
VALUES = ("cumulative", "per_period")


@dataclass(frozen=True, slots=True)
class Draft:
    """A commitment as a file wants it: typed, whole and without a problem, but not yet held against the log.

    source  where it stands: "action_plans.csv rows 2-8", "sheet Kab. Sambas rows 6-12"
    """

    reference: str
    party: str
    subject: str
    fiscal_year: int
    replication_scope: str
    agency: str
    pic: str
    items: tuple[PlanItem, ...]
    source: str

    def command(self, commitment: str, *, programme: str) -> DraftCommitment:
        """The command that drafts it under this id."""
        return DraftCommitment(
            commitment=commitment,
            reference=self.reference,
            programme=programme,
            party=self.party,
            subject=self.subject,
            fiscal_year=self.fiscal_year,
            replication_scope=self.replication_scope,
            agency=self.agency,
            pic=self.pic,
            items=self.items,
            imported=True,
        )


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The words that a plan's rows may use: a definition's stages and funds."""

    stage: Callable[[CellValue], str]
    fund: Callable[[CellValue], str]


def plan_words(definition: Definition) -> PlanWords:
    """The readers of a definition's own words."""
    return PlanWords(parse_labelled(definition.stages, "stage"), parse_labelled(definition.funds, "fund"))


class PlanRow(NamedTuple):
    """One row: its cells by the names of `REQUIRED` and `OPTIONAL`, and its number on the sheet."""

    number: int
    cells: Mapping[str, Cell]


def read_items(
    rows: Sequence[PlanRow],
    words: PlanWords,
    *,
    agency: Callable[[CellValue], str],
    subject: Subject,
    owner: str,
    problems: list[Problem],
) -> tuple[PlanItem, ...]:
    """The plan in the order of its numbers; every cell that can't be used becomes a problem of `owner`.

    agency  reads an item's responsible office: an id in a csv file, a name in a workbook
    """
    items: dict[int, PlanItem] = {}
    for row in rows:
        item = _read_item(row.cells, words, agency=agency, subject=subject, owner=owner, problems=problems)
        if item is None:
            continue
        if item.number in items:
            twice = Unreadable("number_twice", "a number that no other row of this commitment has")
            problems.append(problem_at(row.cells["number"], owner, twice))
        items[item.number] = item
    return tuple(items[number] for number in sorted(items))


def rows_text(numbers: Iterable[int]) -> str:
    """Rows as a message names them: "rows 6-12"."""
    ordered = sorted(numbers)
    if not ordered:
        return "no rows"
    return f"row {ordered[0]}" if len(ordered) == 1 else f"rows {ordered[0]}-{ordered[-1]}"


class _Dates(NamedTuple):
    starts_on: date
    ends_on: date


def _read_item(
    cells: Mapping[str, Cell],
    words: PlanWords,
    *,
    agency: Callable[[CellValue], str],
    subject: Subject,
    owner: str,
    problems: list[Problem],
) -> PlanItem | None:
    before = len(problems)
    texts = {
        name: take(cells[name], parse_text, owner, problems) or ""
        for name in ("activity", "output", "indicator", "unit")
    }
    days = _read_dates(cells, owner, problems)
    item = PlanItem(
        number=take(cells["number"], parse_count, owner, problems) or 0,
        stage=take(cells["stage"], words.stage, owner, problems) or "",
        activity=texts["activity"],
        output=texts["output"],
        indicator=texts["indicator"],
        unit=texts["unit"],
        target=take(cells["target"], parse_quantity, owner, problems) or Decimal(0),
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        agency=take(cells["agency"], agency, owner, problems) or "",
        budget_idr=take(cells["budget"], parse_money, owner, problems) or 0,
        fund=take(cells["fund"], words.fund, owner, problems) or "",
        evidence_required=take(cells["evidence"], parse_text, owner, problems) or "",
        component=take(cells["component"], _parse_component(subject), owner, problems),
        value=take(cells["value"], _parse_value, owner, problems) or VALUES[0],
        depends_on=take(cells["depends_on"], parse_numbers, owner, problems) or (),
        weight=take(cells["weight"], parse_weight, owner, problems),
        targets=take(cells["targets"], parse_targets, owner, problems) or (),
    )
    return item if len(problems) == before else None


def _read_dates(cells: Mapping[str, Cell], owner: str, problems: list[Problem]) -> _Dates:
    start = take(cells["starts_on"], parse_date, owner, problems)
    end = take(cells["ends_on"], parse_date, owner, problems)
    if start is not None and end is not None and end < start:
        early = Unreadable("end_before_start", f"a day from {start.isoformat()} on, when it starts")
        problems.append(problem_at(cells["ends_on"], owner, early))
    return _Dates(start or date.max, end or date.max)


def _parse_component(subject: Subject) -> Callable[[CellValue], str | None]:
    names = {key(component.name): component.name for component in subject.components}

    def read(value: CellValue) -> str | None:
        text = parse_optional_text(value)
        if not text:
            return None
        if key(text) not in names:
            raise Unreadable("component_unknown", "one of " + ", ".join(names.values()))
        return names[key(text)]

    return read


def _parse_value(value: CellValue) -> str:
    return VALUES[0] if value is None or value == "" else parse_one_of(VALUES, "value")(value)
