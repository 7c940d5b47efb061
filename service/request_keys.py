"""Idempotency keys of requests that write nothing into the log: what was asked under each is remembered for a while."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import Column, Engine, String, Table, delete, insert, select
from sqlalchemy.exc import IntegrityError

from events.engine import answering, write_transaction
from events.envelope import Json, canonical
from events.tables import UtcTime
from service.db import metadata
from service.errors import KeyTaken

KEPT_FOR = timedelta(days=30)

request_key_table = Table(
    "request_key",
    metadata,
    Column("operation", String, primary_key=True),
    Column("request_hash", String(64), nullable=False),
    Column("answered_at", UtcTime, nullable=False, index=True),
)
"""operation: who asked plus what they called it, as the log calls operations."""


def request_hash_of(request: Json) -> str:
    """SHA-256 in hex over what was asked: the same for every repeat."""
    return sha256(canonical(request)).hexdigest()


def was_answered(engine: Engine, operation: str, request_hash: str) -> bool:
    """Whether just this was answered under the key before; raises KeyTaken where something else was."""
    key = request_key_table.c
    with answering(), engine.connect() as connection:
        known = connection.execute(select(key.request_hash).where(key.operation == operation)).scalar_one_or_none()
    if known not in (None, request_hash):
        raise KeyTaken(operation)
    return known is not None


def remember(engine: Engine, operation: str, request_hash: str, *, now: datetime) -> None:
    """Keep what was answered under the key; raises KeyTaken where something else was, in the meantime.

    now  the machine's clock
    """
    row = {"operation": operation, "request_hash": request_hash, "answered_at": now}
    try:
        with write_transaction(engine) as connection:
            connection.execute(insert(request_key_table).values(row))
    except IntegrityError:
        was_answered(engine, operation, request_hash)


def sweep(engine: Engine, *, now: datetime) -> int:
    """Forget keys that were answered 30 days ago and more; returns how many."""
    old = delete(request_key_table).where(request_key_table.c.answered_at < now - KEPT_FOR)
    with write_transaction(engine) as connection:
        return connection.execute(old).rowcount
