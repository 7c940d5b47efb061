"""What a read model is here: rows that are a pure function of one commitment's history.

So a batch writes only what differs between two folds, and verify compares the tables with a fold of the whole log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from sqlalchemy import Connection, Table, and_, delete, insert, update

from workflows.commitment import Commitment, Recorded

Value: TypeAlias = object
Row: TypeAlias = dict[str, Value]
Rows: TypeAlias = dict[Table, list[Row]]
Key: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class History:
    """A commitment's facts up to some version, oldest first, and their fold."""

    events: Sequence[Recorded]
    state: Commitment


class Model(Protocol):
    """A read model: every row belongs to one commitment, and `rows` alone says what is in it."""

    @property
    def name(self) -> str:
        """Its stored name."""

    @property
    def version(self) -> int:
        """Raised when its tables or rows change meaning: it is then built anew."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables; each has the column `commitment` and a primary key."""

    def rows(self, history: History) -> Rows:
        """Every row of one commitment, by table."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What has to be written so that a table's rows of one commitment become the wanted ones."""

    table: Table
    gone: list[Key]
    new: list[Row]
    changed: list[Row]


def key_of(table: Table, row: Mapping[str, Value]) -> Key:
    """A row's primary key."""
    return tuple(row[column.name] for column in table.primary_key.columns)


def differences(before: Rows, after: Rows) -> list[Difference]:
    """Compare two folds' rows, table by table; tables without a difference are left out."""
    found = []
    for table in {**before, **after}:
        old = {key_of(table, row): row for row in before.get(table, [])}
        new = {key_of(table, row): row for row in after.get(table, [])}
        difference = Difference(
            table=table,
            gone=sorted((key for key in old if key not in new), key=repr),
            new=[row for key, row in new.items() if key not in old],
            changed=[row for key, row in new.items() if key in old and old[key] != row],
        )
        if difference.gone or difference.new or difference.changed:
            found.append(difference)
    return found


def write(connection: Connection, found: Sequence[Difference]) -> None:
    """Write differences, one statement a table and kind."""
    for table in dict.fromkeys(difference.table for difference in found):
        mine = [difference for difference in found if difference.table is table]
        _remove(connection, table, [key for difference in mine for key in difference.gone])
        _change(connection, table, [row for difference in mine for row in difference.changed])
        _add(connection, table, [row for difference in mine for row in difference.new])


def _remove(connection: Connection, table: Table, keys: list[Key]) -> None:
    columns = table.primary_key.columns
    for key in keys:
        connection.execute(
            delete(table).where(and_(*(column == value for column, value in zip(columns, key, strict=True))))
        )


def _change(connection: Connection, table: Table, rows: list[Row]) -> None:
    columns = list(table.primary_key.columns)
    for row in rows:
        connection.execute(update(table).where(and_(*(column == row[column.name] for column in columns))).values(row))


def _add(connection: Connection, table: Table, rows: list[Row]) -> None:
    if rows:
        connection.execute(insert(table), rows)
