"""Reading the log from a database."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeAlias, cast

from sqlalchemy import Connection, Engine, Select, bindparam, func, select

from events.clock import clock_of
from events.conditions import receipt_of
from events.engine import answering
from events.envelope import EMPTY, Event, Head, LogHead, Receipt
from events.errors import BrokenLog
from events.reader import Reader as Reader
from events.tables import event

_EVENTS = select(
    event.c.position,
    event.c.stream,
    event.c.version,
    event.c.type,
    event.c.schema_version,
    event.c.valid_at,
    event.c.recorded_at,
    event.c.known_at,
    event.c.operation,
    event.c.request_hash,
    event.c.basis,
    event.c.body,
    event.c.leaf_hash,
)
_STREAM = _EVENTS.where(event.c.stream == bindparam("stream"), event.c.version > bindparam("after"))
_STREAM = _STREAM.order_by(event.c.version)
_ALL = _EVENTS.where(event.c.position > bindparam("after"), event.c.position <= bindparam("up_to"))
_ALL = _ALL.order_by(event.c.position).limit(bindparam("limit"))
_AT = _EVENTS.where(event.c.position == bindparam("position"))
_BASIS = _EVENTS.where(event.c.basis, event.c.position > bindparam("after")).order_by(event.c.position)
_RECEIPT = _EVENTS.where(event.c.operation == bindparam("operation"), event.c.request_hash.is_not(None))
_NEXT_OPERATION = (
    select(event.c.position)
    .where(event.c.position > bindparam("after"), event.c.request_hash.is_not(None))
    .order_by(event.c.position)
    .limit(1)
)
_LAST_BASIS = select(event.c.leaf_hash).where(event.c.basis).order_by(event.c.position.desc()).limit(1)
_STREAM_HEAD = (
    select(event.c.version, event.c.leaf_hash)
    .where(event.c.stream == bindparam("stream"))
    .order_by(event.c.version.desc())
    .limit(1)
)
_LOG_HEAD = select(event.c.position, event.c.leaf_hash, event.c.known_at).order_by(event.c.position.desc()).limit(1)
# Every stream has exactly one version 1.
_STREAMS = (
    select(event.c.stream)
    .where(
        event.c.version == 1,
        event.c.stream > bindparam("after"),
        event.c.stream >= bindparam("prefix"),
        func.substr(event.c.stream, 1, bindparam("length")) == bindparam("prefix"),
    )
    .order_by(event.c.stream)
    .limit(bindparam("limit"))
)
_KNOWN_AT = select(event.c.known_at).where(event.c.position == bindparam("position"))
_END = 2**62
_EventRow: TypeAlias = tuple[
    int, str, int, str, int, datetime, datetime, datetime, str, bytes | None, bool, bytes, bytes
]


class LogStore:
    """Reads the log of one database, and its clock. Safe to share between threads.

    Every call is a transaction of its own (the log never changes, so pages need no snapshot) and raises Unavailable
    when the database can't answer.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._clock = clock_of(engine)

    @property
    def engine(self) -> Engine:
        """The engine that it reads with."""
        return self._engine

    @property
    def log_id(self) -> str:
        """The log's own id; raises LogMissing."""
        return self._clock.identity.log_id

    @property
    def kind(self) -> str:
        """'real' or 'demo'; raises LogMissing."""
        return self._clock.identity.kind

    def now(self) -> datetime:
        """Give the log's clock: the database's, plus the offset that only a demo log has."""
        return self._clock.now()

    def clock_offset(self) -> timedelta:
        """Give how far a demo log's clock runs ahead of (or behind) the database's; zero in a real log."""
        return self._clock.offset()

    def advance_clock(self, *, to: datetime | None = None, by: timedelta | None = None) -> datetime:
        """Move a demo log's clock forward and give where it stands then; raises NotADemo, ValueError."""
        return self._clock.advance(to=to, by=by)

    def set_clock(self, to: datetime) -> datetime:
        """Set a demo log's clock, also back, but never before what the log knows; raises NotADemo, ValueError."""
        return self._clock.set(to)

    def read_stream(
        self, stream: str, after_version: int = 0, *, up_to_version: int | None = None, limit: int | None = None
    ) -> list[Event]:
        """Read one stream in version order, dense from after_version + 1; raises BrokenLog."""
        statement = _STREAM if up_to_version is None else _STREAM.where(event.c.version <= up_to_version)
        with self._reading() as connection:
            rows = connection.execute(statement.limit(limit), {"stream": stream, "after": after_version})
            events = [_event(row) for row in rows]
        for expected, found in enumerate(events, after_version + 1):
            if found.version != expected:
                raise BrokenLog(found.position, f"{stream} goes from version {expected - 1} to {found.version}")
        return events

    def read_all(self, after: int = 0, limit: int = 1000, *, up_to: int | None = None) -> list[Event]:
        """Read a page of the log in position order: begins at after + 1 and is dense, else BrokenLog."""
        parameters = {"after": after, "limit": limit, "up_to": _END if up_to is None else up_to}
        with self._reading() as connection:
            events = [_event(row) for row in connection.execute(_ALL, parameters)]
        for expected, found in enumerate(events, after + 1):
            if found.position != expected:
                raise BrokenLog(expected, "the event is missing")
        return events

    def read_basis(self, after: int = 0) -> list[Event]:
        """Read every basis event above a position, in order."""
        with self._reading() as connection:
            return [_event(row) for row in connection.execute(_BASIS, {"after": after})]

    def last_basis(self) -> bytes | None:
        """Give the leaf hash of the log's last basis event."""
        with self._reading() as connection:
            return connection.execute(_LAST_BASIS).scalar_one_or_none()

    def stream_head(self, stream: str) -> Head:
        """Give where a stream stands; EMPTY if it doesn't exist."""
        with self._reading() as connection:
            row = connection.execute(_STREAM_HEAD, {"stream": stream}).one_or_none()
        return Head(row.version, row.leaf_hash) if row else EMPTY

    def log_head(self) -> LogHead | None:
        """Give where the log stands; None if it is empty."""
        with self._reading() as connection:
            return _log_head(connection)

    def receipt(self, operation: str) -> Receipt | None:
        """Find what an operation key recorded. Settle before answering from it."""
        events = self._operation_ends(operation)
        return receipt_of(*events, repeated=True) if events else None

    def operation_events(self, operation: str) -> list[Event]:
        """Read the events that an operation key recorded, in order."""
        ends = self._operation_ends(operation)
        if ends is None:
            return []
        first, last = ends[0].position, ends[1].position
        return self.read_all(first - 1, last - first + 1)

    def event_at(self, position: int) -> Event | None:
        """Read the event at one position."""
        with self._reading() as connection:
            return _one(connection, _AT, position=position)

    def streams(self, prefix: str = "", after: str = "", *, limit: int = 1000) -> list[str]:
        """List the names of streams that begin with a prefix, in bytewise order, a page after `after`."""
        parameters = {"prefix": prefix, "length": len(prefix), "after": after, "limit": limit}
        with self._reading() as connection:
            return list(connection.execute(_STREAMS, parameters).scalars())

    def position_known_on(self, time: datetime) -> int:
        """Give the last position with known_at <= time; 0 for none. About 20 look-ups in a million events."""
        with self._reading() as connection:
            head = _log_head(connection)
            if head is None:
                return 0

            def known_at(position: int) -> datetime:
                found: datetime | None = connection.execute(_KNOWN_AT, {"position": position}).scalar_one_or_none()
                if found is None:
                    raise BrokenLog(position, "the event is missing")
                return found

            return bisect_right(range(1, head.position + 1), time, key=known_at)

    def settle(self) -> None:
        """Return once all that was read before this call is durable; free when nothing is unflushed.

        On SQLite nothing is visible before it is durable.
        """
        if self._engine.dialect.name == "sqlite":
            return
        with answering(), self._engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT")
            connection.exec_driver_sql("CALL settle()")

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with answering(), self._engine.connect() as connection:
            yield connection

    def _operation_ends(self, operation: str) -> tuple[Event, Event] | None:
        with self._reading() as connection:
            first = _one(connection, _RECEIPT, operation=operation)
            if first is None:
                return None
            # The head first: the statements have a snapshot each, and what is recorded between them is another's.
            head = _log_head(connection)
            assert head is not None
            following = connection.execute(_NEXT_OPERATION, {"after": first.position}).scalar_one_or_none()
            last = _one(connection, _AT, position=head.position if following is None else following - 1)
            if last is None or last.operation != operation:
                raise BrokenLog(first.position, f"operation {operation} isn't whole")
            return first, last


def _event(row: object) -> Event:
    return Event(*cast(_EventRow, row))


def _one(connection: Connection, statement: "Select[tuple[object, ...]]", **parameters: object) -> Event | None:
    row = connection.execute(statement, parameters).one_or_none()
    return None if row is None else _event(row)


def _log_head(connection: Connection) -> LogHead | None:
    row = connection.execute(_LOG_HEAD).one_or_none()
    return LogHead(row.position, row.leaf_hash, row.known_at) if row else None
