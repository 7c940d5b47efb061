"""The append on PostgreSQL: one CALL on a psycopg cursor pinned to the thread, past SQLAlchemy's Connection."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeAlias

import psycopg
from psycopg.errors import Diagnostic
from psycopg.rows import TupleRow
from sqlalchemy import Engine

from events.clock import LogClock
from events.engine import LOCK_TIMEOUT_S, Pinned, answering, detached
from events.envelope import Append, Head, Leaf, Receipt
from events.errors import BasisMoved, ClockRefused, GivenMoved, KeyReused, OutcomeUnknown, Unavailable, WrongVersion
from events.postgresql import PARAMETER_TYPES

_OUTPUTS = "NULL::text, NULL::text, NULL::bigint, NULL::bigint, NULL::int, NULL::bytea, NULL::timestamptz"
_INPUTS = ", ".join(f"%b::{kind}" for kind in PARAMETER_TYPES)
_CALL = f"CALL append({_INPUTS}, {_OUTPUTS}, NULL::timestamptz)".encode()
_WARNING = "01000"

_Connection: TypeAlias = "psycopg.Connection[TupleRow]"


class _Line:
    """A thread's own connection, and what the server warned of during the last call."""

    def __init__(self, connection: _Connection) -> None:
        self.connection = connection
        self.cursor = connection.cursor(binary=True)
        self.was_warned = False
        connection.add_notice_handler(self._hear)

    def _hear(self, notice: Diagnostic) -> None:
        # "canceling wait for synchronous replication": committed here, but not where the answer promises.
        if notice.sqlstate == _WARNING and "synchronous replication" in (notice.message_primary or ""):
            self.was_warned = True

    def close(self) -> None:
        self.connection.close()


class PostgresAppend:
    """Writes leaves to PostgreSQL; what it answers has been flushed."""

    def __init__(self, engine: Engine, clock: LogClock) -> None:
        self._engine, self._clock = engine, clock
        self._pinned = Pinned(self._open, _Line.close)

    def write(self, append: Append, leaves: tuple[Leaf, ...]) -> Receipt:
        """Record the leaves, or give the receipt of the operation they repeat.

        raises   Refused, Unavailable; OutcomeUnknown, psycopg.Error when the outcome is unknown
        """
        with answering():
            line = self._pinned.get()
        line.was_warned = False
        sent_at = datetime.now(UTC)
        try:
            row = line.cursor.execute(_CALL, append_arguments(append, leaves)).fetchone()
        except psycopg.errors.LockNotAvailable as error:
            raise Unavailable(1, "locked") from error
        assert row is not None
        if line.was_warned:
            raise OutcomeUnknown(append.operation)
        self._clock.renew(sent_at, datetime.now(UTC), clock=row[7])
        return _answer(append, row)

    def forget(self) -> None:
        """Open this thread's connection anew at the next write."""
        self._pinned.drop()

    def close(self) -> None:
        """Close every thread's connection."""
        self._pinned.close()

    def _open(self) -> _Line:
        connection = detached(self._engine)
        assert isinstance(connection, psycopg.Connection)
        connection.autocommit = True
        # Never a statement_timeout: it could strike between the two commits.
        connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT_S}s'".encode())
        connection.execute(b"SET statement_timeout = 0")
        return _Line(connection)


def append_arguments(append: Append, leaves: tuple[Leaf, ...]) -> Sequence[object]:
    """Give the procedure's inputs in their order: scalars for the first event, arrays for those after it."""
    first, others = leaves[0], leaves[1:]
    several: tuple[object, ...] = (None,) * 6
    if others:
        several = (
            [leaf.type for leaf in others],
            [leaf.schema_version for leaf in others],
            [leaf.valid_at for leaf in others],
            [leaf.basis for leaf in others],
            [leaf.body for leaf in others],
            [leaf.leaf_hash for leaf in others],
        )
    given: tuple[object, ...] = (None, None)
    if append.given:
        given = ([given.stream for given in append.given], [given.leaf_hash for given in append.given])
    return (
        append.stream,
        append.expected.version,
        append.expected.leaf_hash,
        append.operation,
        append.request_hash,
        append.seen,
        append.recorded_at,
        first.type,
        first.schema_version,
        first.valid_at,
        first.basis,
        first.body,
        first.leaf_hash,
        *several,
        *given,
    )


def _answer(append: Append, row: TupleRow) -> Receipt:
    status, stream, first, last, version, leaf_hash, known_at, clock = row
    match status:
        case "appended" | "repeated":
            return Receipt(
                repeated=status == "repeated",
                operation=append.operation,
                request_hash=append.request_hash,
                stream=stream,
                first_position=first,
                last_position=last,
                version=version,
                leaf_hash=leaf_hash,
                known_at=known_at.astimezone(UTC),
            )
        case "key_reused":
            raise KeyReused(append.operation)
        case "wrong_version":
            raise WrongVersion(append.stream, append.expected, Head(version, leaf_hash))
        case "basis_moved":
            raise BasisMoved(append.seen, leaf_hash)
        case "given_moved":
            raise GivenMoved(stream)
        case "clock":
            raise ClockRefused(append.recorded_at, clock.astimezone(UTC))
    raise AssertionError(f"the log answered {status}")
