"""What an office and its assistants note beside the things that wait: a star to sort by, and a line of advice.

Working notes that decide nothing: they are kept beside the log, change in place, and are forgotten after a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Engine,
    RowMapping,
    String,
    Table,
    and_,
    delete,
    insert,
    or_,
    select,
)

from events.engine import write_transaction
from events.tables import UtcTime
from service.db import metadata

LONGEST = 200
KEPT_FOR = timedelta(days=365)

advice_table = Table(
    "advice",
    metadata,
    Column("office", String, primary_key=True),
    Column("commitment", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("starred", Boolean, nullable=False),
    Column("text", String(LONGEST), nullable=False),
    Column("written_by", String, nullable=False),
    Column("person", String, nullable=False),
    Column("written_at", UtcTime, nullable=False),
)
"""office: whose inbox; written_by, person: the own office and the pseudonym of who noted it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A thing that waits: in whose inbox, and which."""

    office: str
    commitment: str
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A note beside something that waits. text: one line, may be empty"""

    place: Place
    starred: bool
    text: str
    written_by: str
    person: str
    written_at: datetime


def write_advice(engine: Engine, note: Advice) -> None:
    """Make this the note of its place; without star and text there is none."""
    table, place = advice_table, note.place
    mine = _at(place)
    with write_transaction(engine) as connection:
        connection.execute(delete(table).where(mine))
        if note.starred or note.text:
            connection.execute(
                insert(table).values(
                    office=place.office,
                    commitment=place.commitment,
                    kind=place.kind,
                    key=place.key,
                    starred=note.starred,
                    text=note.text,
                    written_by=note.written_by,
                    person=note.person,
                    written_at=note.written_at,
                )
            )


def advice_at(connection: Connection, places: Iterable[Place]) -> Mapping[Place, Advice]:
    """The notes of these places, where there are any."""
    wanted = [_at(place) for place in places]
    if not wanted:
        return {}
    found = (_note(row) for row in connection.execute(select(advice_table).where(or_(*wanted))).mappings())
    return {note.place: note for note in found}


def sweep(engine: Engine, *, now: datetime) -> int:
    """Forget notes of a year ago and more; returns how many."""
    with write_transaction(engine) as connection:
        return connection.execute(delete(advice_table).where(advice_table.c.written_at < now - KEPT_FOR)).rowcount


def _at(place: Place) -> ColumnElement[bool]:
    columns = advice_table.c
    return and_(
        columns.office == place.office,
        columns.commitment == place.commitment,
        columns.kind == place.kind,
        columns.key == place.key,
    )


def _note(row: RowMapping) -> Advice:
    place = Place(row["office"], row["commitment"], row["kind"], row["key"])
    return Advice(place, row["starred"], row["text"], row["written_by"], row["person"], row["written_at"])
