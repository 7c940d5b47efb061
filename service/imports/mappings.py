"""Other people's columns: what their files call ours, kept by name for each programme."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from sqlalchemy import Column, Engine, String, Table, delete, insert, select

from events.engine import answering, write_transaction
from events.tables import UtcTime
from service.db import metadata
from service.imports import drafts, history_file, plan_files
from service.imports.cells import key, tidy
from service.imports.csv_tables import NO_NAMES, decoded
from service.imports.problems import ImportRefused

column_mapping_table = Table(
    "column_mapping",
    metadata,
    Column("programme", String, primary_key=True),
    Column("mapping", String, primary_key=True),
    Column("theirs", String, primary_key=True),
    Column("ours", String, nullable=False),
    Column("set_at", UtcTime, nullable=False),
)
OURS = tuple(
    dict.fromkeys(
        (
            *history_file.REQUIRED,
            *history_file.OPTIONAL,
            *plan_files.COMMITMENT_COLUMNS,
            *plan_files.COLUMNS.values(),
            "commitment",
            *drafts.REQUIRED,
            *drafts.OPTIONAL,
            "scope",
            "reference",
        )
    )
)
"""Every column that an import knows by name."""
MOST_COLUMNS = 200
LONGEST_NAME = 200


def columns(engine: Engine, programme: str, mapping: str | None) -> Mapping[str, str]:
    """A programme's mapping, from their columns (by `cells.key`) to ours; nothing where none is named.

    raises  ImportRefused mapping_unknown
    """
    if mapping is None:
        return NO_NAMES
    kept = all_mappings(engine, programme)
    if mapping not in kept:
        known = ", ".join(kept) or "none"
        raise ImportRefused("mapping_unknown", f"{programme} has no column mapping {mapping}; it has: {known}")
    return {key(theirs): ours for theirs, ours in kept[mapping].items()}


def all_mappings(engine: Engine, programme: str) -> Mapping[str, Mapping[str, str]]:
    """Every mapping of a programme by name: from their columns, as they were written, to ours."""
    row = column_mapping_table.c
    query = select(row.mapping, row.theirs, row.ours).where(row.programme == programme)
    found: dict[str, dict[str, str]] = {}
    with answering(), engine.connect() as connection:
        for mapping, theirs, ours in connection.execute(query.order_by(row.mapping, row.theirs)):
            found.setdefault(mapping, {})[theirs] = ours
    return found


def keep(engine: Engine, programme: str, mapping: str, named: Mapping[str, str], *, now: datetime) -> None:
    """Keep a mapping, whole, in place of an earlier one of that name; an empty one is forgotten."""
    row = column_mapping_table.c
    rows = [
        {"programme": programme, "mapping": mapping, "theirs": theirs, "ours": ours, "set_at": now}
        for theirs, ours in named.items()
    ]
    with write_transaction(engine) as connection:
        connection.execute(delete(column_mapping_table).where(row.programme == programme, row.mapping == mapping))
        if rows:
            connection.execute(insert(column_mapping_table), rows)


def read_mapping(path: Path) -> Mapping[str, str]:
    """A mapping from a csv file without a header: their column, ours; a line each.

    raises  ImportRefused as a csv file does, and mapping_malformed naming the line
    """
    found: dict[str, str] = {}
    lines = decoded(path).splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip():
            theirs, ours = _pair(path.name, number, line)
            _check(path.name, number, theirs, ours, found)
            found[theirs] = ours
    if not found:
        raise ImportRefused("mapping_malformed", f"{path.name}: no line names a column")
    return found


def _pair(file: str, number: int, line: str) -> tuple[str, str]:
    delimiter = ";" if ";" in line and "," not in line else ","
    try:
        (cells,) = csv.reader([line], delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise ImportRefused("mapping_malformed", f"{file}: line {number} can't be split ({error})") from error
    if len(cells) != 2:
        raise ImportRefused("mapping_malformed", f"{file}: line {number} has {len(cells)} cells, expected theirs, ours")
    return tidy(cells[0]), tidy(cells[1])


def _check(file: str, number: int, theirs: str, ours: str, found: Mapping[str, str]) -> None:
    if ours not in OURS:
        raise ImportRefused("column_unknown", f"{file}: line {number} names {ours!r}; ours are: {', '.join(OURS)}")
    if not 0 < len(theirs) <= LONGEST_NAME or len(found) >= MOST_COLUMNS:
        limits = f"at most {MOST_COLUMNS} columns of 1 to {LONGEST_NAME} characters"
        raise ImportRefused("mapping_malformed", f"{file}: line {number}: {limits}")
    if key(theirs) in {key(one) for one in found}:
        raise ImportRefused("column_twice", f"{file}: line {number} names {theirs!r} again")
