"""The matrix: how many commitments stand where, two dimensions against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, cast, false, func, not_, or_, select

from service.read_models.commitment_queries import (
    NO_FILTER,
    Filters,
    Past,
    list_past_commitments,
    narrowed,
)
from service.read_models.commitments import commitment_table
from service.read_models.scope import Scope, sees

_C = commitment_table.c
DIMENSIONS = ("programme", "party", "subject", "state", "agency", "fiscal_year")
NO_DAYS: Mapping[str, date | None] = {}
PAST_DIMENSIONS = ("programme", "party", "subject", "state", "fiscal_year")


@dataclass(slots=True)
class Cell:
    """The commitments of one row and column.

    states       how many stand in each state
    commitment   the only one, where it is alone
    newest       the one that was drafted last, and newest_state where it stands; its open_move where that is known
    signed, open, overdue   how many are signed, have an open request, are past a due moment; None in a past view
    findings, held          how many findings are open on them, how many are on hold; None in a past view
    definitions  the definitions that name the states
    """

    row: str
    col: str
    count: int = 0
    states: dict[str, int] = field(default_factory=dict)
    definitions: set[tuple[str, int]] = field(default_factory=set)
    commitment: str | None = None
    newest: str = ""
    newest_state: str = ""
    signed: int | None = None
    open: int | None = None
    overdue: int | None = None
    findings: int | None = None
    held: int | None = None
    open_move: str | None = None
    open_step: str | None = None
    open_office: str | None = None


def read_matrix(
    connection: Connection,
    scope: Scope,
    *,
    rows: str,
    cols: str,
    now: datetime,
    filters: Filters = NO_FILTER,
    go_live: Mapping[str, date | None] = NO_DAYS,
) -> list[Cell]:
    """The cells that hold any commitment that the scope sees, by row, then column.

    rows, cols  two of DIMENSIONS
    now         what lies before it is overdue
    go_live     by programme: what was due before that day isn't overdue
    cost        one grouped query; rows as many as cells and states
    """
    cells: dict[tuple[str, str], Cell] = {}
    for line in connection.execute(_grouped(scope, filters, _C[rows], _C[cols], late=_late(now, go_live))):
        (at_row, at_col, state, definition, version, count, commitment, signed, asked, late, found, held, *step) = line
        cell = _cell(cells, str(at_row), str(at_col))
        _count(cell, state, (definition, version), count=count, commitment=commitment)
        cell.signed = (cell.signed or 0) + int(signed)
        cell.open = (cell.open or 0) + asked
        cell.overdue = (cell.overdue or 0) + late
        cell.findings = (cell.findings or 0) + int(found)
        cell.held = (cell.held or 0) + int(held)
        if cell.newest == commitment:
            cell.open_move, cell.open_step, cell.open_office = step if count == 1 else (None, None, None)
    return list(cells.values())


def read_past_matrix(
    connection: Connection, scope: Scope, past: Past, *, rows: str, cols: str, filters: Filters = NO_FILTER
) -> list[Cell]:
    """As `read_matrix`, with the states of a past: one indexed query. rows, cols: two of PAST_DIMENSIONS."""
    listed = list_past_commitments(connection, scope, past, filters, limit=None)
    cells: dict[tuple[str, str], Cell] = {}
    for one in sorted(listed, key=lambda one: (str(getattr(one, rows)), str(getattr(one, cols)), one.state)):
        cell = _cell(cells, str(getattr(one, rows)), str(getattr(one, cols)))
        _count(cell, one.state, (one.definition, one.definition_version), count=1, commitment=one.commitment)
    return list(cells.values())


def seen_values(connection: Connection, scope: Scope, dimension: str, filters: Filters = NO_FILTER) -> list[str]:
    """Every value of a dimension among the commitments that the scope sees."""
    column = _C[dimension]
    query = select(column).where(sees(scope), narrowed(filters)).distinct().order_by(column)
    return [str(value) for value in connection.execute(query).scalars()]


def totals(cells: Iterable[Cell]) -> dict[str, int]:
    """How many commitments of all cells stand in each state."""
    total: dict[str, int] = {}
    for cell in cells:
        for state, count in cell.states.items():
            total[state] = total.get(state, 0) + count
    return total


def _grouped(
    scope: Scope, filters: Filters, row: ColumnElement[Any], col: ColumnElement[Any], *, late: ColumnElement[bool]
) -> Select[Any]:
    return (
        select(
            row,
            col,
            _C.state,
            _C.definition,
            _C.definition_version,
            func.count(),
            func.max(_C.commitment),
            func.sum(cast(_C.signed, Integer)),
            func.count(_C.open_request),
            func.count().filter(late),
            func.sum(_C.findings_open),
            func.sum(cast(_C.on_hold, Integer)),
            func.min(_C.open_move),
            func.min(_C.open_step),
            func.min(_C.open_office),
        )
        .where(sees(scope), narrowed(filters))
        .group_by(row, col, _C.state, _C.definition, _C.definition_version)
        .order_by(row, col, _C.state)
    )


def _late(now: datetime, go_live: Mapping[str, date | None]) -> ColumnElement[bool]:
    before = [and_(_C.programme == name, _C.next_due_on < day) for name, day in go_live.items() if day is not None]
    return and_(_C.next_due_at < now, not_(or_(false(), *before)))


def _cell(cells: dict[tuple[str, str], Cell], row: str, col: str) -> Cell:
    return cells.setdefault((row, col), Cell(row, col))


def _count(cell: Cell, state: str, definition: tuple[str, int], *, count: int, commitment: str) -> None:
    cell.count += count
    cell.states[state] = cell.states.get(state, 0) + count
    cell.definitions.add(definition)
    cell.commitment = commitment if cell.count == 1 else None
    if commitment > cell.newest:
        cell.newest, cell.newest_state = commitment, state
