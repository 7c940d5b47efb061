"""Other values for a read model's columns, and rows to put them in."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Table

from service.read_models.model import Key, Row


def as_told(key: Key) -> tuple[str, ...]:
    """A row's key as `verify --json` writes it."""
    return tuple(part.isoformat() if isinstance(part, datetime) else str(part) for part in key)


def changed(value: object, column: Any) -> object:
    """Another value that the column can hold."""
    match value:
        case bool():
            return not value
        case int():
            return value + 1_000_000
        case datetime():
            return value + timedelta(seconds=1)
        case date():
            return value + timedelta(days=1)
        case str():
            return f"{value}x"
        case None:
            return changed(column.type.python_type(2022, 1, 1) if "Time" in repr(column.type) else "", column)
        case _:
            raise AssertionError(f"no other value for {value!r}")


def chosen_rows(table: Table, rows: list[Row]) -> dict[str, Row]:
    """A row of its own for each column, one that has a value there if any has; for the key's, of other commitments."""
    free, chosen, taken = list(rows), {}, set()
    rarest_first = sorted(table.columns, key=lambda column: (-column.primary_key, filled(rows, column)))
    for column in rarest_first:
        apart = [row for row in free if not column.primary_key or row["commitment"] not in taken]
        row = next((row for row in apart if row[column.name] is not None), apart[0])
        free.remove(row)
        taken.add(row["commitment"])
        chosen[column.name] = row
    return chosen


def filled(rows: list[Row], column: Column[Any]) -> int:
    return sum(row[column.name] is not None for row in rows)
