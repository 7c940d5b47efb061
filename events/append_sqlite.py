"""The append on SQLite: in the fair queue, BEGIN IMMEDIATE, one look at everything, INSERT, COMMIT."""

import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from events.conditions import Found, admit, place, receipt_of
from events.engine import Pinned, detached, is_io_error, why_unavailable, write_queue
from events.envelope import EMPTY, Append, Event, Head, Leaf, LogHead, Receipt, rfc3339

_FIND = """
SELECT last.position, last.leaf_hash, last.known_at, s.version, s.leaf_hash, s.recorded_at,
       (SELECT leaf_hash FROM event WHERE basis = 1 ORDER BY position DESC LIMIT 1),
       op.position, op.request_hash
  FROM (SELECT 1) one
  LEFT JOIN (SELECT position, leaf_hash, known_at FROM event ORDER BY position DESC LIMIT 1) last ON true
  LEFT JOIN (SELECT version, leaf_hash, recorded_at FROM event WHERE stream = :stream
             ORDER BY version DESC LIMIT 1) s ON true
  LEFT JOIN (SELECT position, request_hash FROM event
             WHERE operation = :operation AND request_hash IS NOT NULL) op ON true
"""
_NEXT_OPERATION = """
SELECT position FROM event WHERE position > ? AND request_hash IS NOT NULL ORDER BY position LIMIT 1
"""
_LAST_OF_OPERATION = "SELECT position, stream, version, leaf_hash, known_at FROM event WHERE position = ?"
_GIVEN = "SELECT leaf_hash FROM event WHERE stream = ? ORDER BY version DESC LIMIT 1"
_OFFSET = "SELECT offset_us FROM demo_clock"
_INSERT = """
INSERT INTO event (position, stream, version, operation, request_hash, basis, type, schema_version, valid_at,
                   recorded_at, known_at, body, leaf_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqliteAppend:
    """Writes leaves to SQLite; every call is one durable transaction or none."""

    def __init__(self, engine: Engine, *, is_demo: bool) -> None:
        self._engine, self._is_demo = engine, is_demo
        self._pinned = Pinned(self._open, sqlite3.Connection.close)

    def write(self, append: Append, leaves: tuple[Leaf, ...]) -> Receipt:
        """Record the leaves, or give the receipt of the operation they repeat.

        raises   Refused, Unavailable; sqlite3.Error when the outcome is unknown
        """
        connection = self._pinned.get()
        try:
            with write_queue(self._engine):
                connection.execute("BEGIN IMMEDIATE")
                try:
                    return self._write(connection, append, leaves=leaves)
                except BaseException:
                    with suppress(sqlite3.Error):
                        connection.rollback()
                    raise
        except sqlite3.OperationalError as error:
            refusal = None if is_io_error(error) else why_unavailable(error)
            if refusal is None:
                raise
            raise refusal from error

    def forget(self) -> None:
        """Open this thread's connection anew at the next write."""
        self._pinned.drop()

    def close(self) -> None:
        """Close every thread's connection."""
        self._pinned.close()

    def _open(self) -> sqlite3.Connection:
        connection = detached(self._engine)
        assert isinstance(connection, sqlite3.Connection)
        connection.execute("PRAGMA query_only = OFF")
        return connection

    def _write(self, connection: sqlite3.Connection, append: Append, *, leaves: tuple[Leaf, ...]) -> Receipt:
        found = self._find(connection, append)
        repeated = admit(append, found)
        if repeated is not None:
            connection.rollback()
            return repeated
        events = place(append, leaves, log=found.log)
        for event in events:
            connection.execute(_INSERT, _row(event))
        connection.commit()
        return receipt_of(events[0], events[-1], repeated=False)

    def _find(self, connection: sqlite3.Connection, append: Append) -> Found:
        names = {"stream": append.stream, "operation": append.operation}
        row = connection.execute(_FIND, names).fetchone()
        position, log_hash, known_at, version, stream_hash, recorded_at, basis, first, request_hash = row
        log = None if position is None else LogHead(position, log_hash, datetime.fromisoformat(known_at))
        given = [connection.execute(_GIVEN, (given.stream,)).fetchone() for given in append.given]
        receipt = None
        if log is not None and first is not None:
            receipt = _receipt(connection, append.operation, first=first, last=log.position, request_hash=request_hash)
        return Found(
            receipt=receipt,
            log=log,
            stream=EMPTY if version is None else Head(version, stream_hash),
            stream_recorded_at=None if recorded_at is None else datetime.fromisoformat(recorded_at),
            last_basis=basis,
            given=tuple(row[0] if row else None for row in given),
            clock=self._now(connection),
        )

    def _now(self, connection: sqlite3.Connection) -> datetime:
        if not self._is_demo:
            return datetime.now(UTC)
        return datetime.now(UTC) + timedelta(microseconds=connection.execute(_OFFSET).fetchone()[0])


def _receipt(connection: sqlite3.Connection, operation: str, *, first: int, last: int, request_hash: bytes) -> Receipt:
    following = connection.execute(_NEXT_OPERATION, (first,)).fetchone()
    ends_at = following[0] - 1 if following else last
    position, stream, version, leaf_hash, known_at = connection.execute(_LAST_OF_OPERATION, (ends_at,)).fetchone()
    return Receipt(
        repeated=True,
        operation=operation,
        request_hash=request_hash,
        stream=stream,
        first_position=first,
        last_position=position,
        version=version,
        leaf_hash=leaf_hash,
        known_at=datetime.fromisoformat(known_at),
    )


def _row(event: Event) -> tuple[object, ...]:
    return (
        event.position,
        event.stream,
        event.version,
        event.operation,
        event.request_hash,
        event.basis,
        event.type,
        event.schema_version,
        rfc3339(event.valid_at),
        rfc3339(event.recorded_at),
        rfc3339(event.known_at),
        event.body,
        event.leaf_hash,
    )
