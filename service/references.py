"""Which id a commitment's reference has: reserved before its first event, so that one never makes two streams."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, Engine, String, Table, insert, select
from sqlalchemy.exc import IntegrityError
from uuid6 import uuid7

from events.engine import answering, write_transaction
from events.tables import UtcTime
from service.db import metadata

reference_table = Table(
    "reference",
    metadata,
    Column("reference", String, primary_key=True),
    Column("commitment", String, nullable=False, unique=True),
    Column("reserved_at", UtcTime, nullable=False),
)


def commitment_of(connection: Connection, reference: str) -> str | None:
    """The id reserved for a reference; its stream may still be empty."""
    return connection.execute(
        select(reference_table.c.commitment).where(reference_table.c.reference == reference)
    ).scalar_one_or_none()


def reserve(engine: Engine, reference: str, *, now: datetime) -> str:
    """The id of a reference, made (UUIDv7) at the first call and the same at every later one, from any process."""
    with answering(), engine.connect() as connection:
        known = commitment_of(connection, reference)
    if known is not None:
        return known
    try:
        with write_transaction(engine) as connection:
            known = str(uuid7())
            connection.execute(insert(reference_table).values(reference=reference, commitment=known, reserved_at=now))
        return known
    except IntegrityError:
        with answering(), engine.connect() as connection:
            taken = commitment_of(connection, reference)
        assert taken is not None
        return taken
