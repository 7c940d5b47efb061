"""One clock a log: the database's, plus the offset that only a demo log has."""

import weakref
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from sqlalchemy import Connection, Engine, func, select, type_coerce, update
from sqlalchemy.exc import OperationalError, ProgrammingError

from events.engine import answering, write_transaction
from events.errors import LogMissing, NotADemo
from events.tables import UtcTime, demo_clock, event, log

_LOG = select(log.c.log_id, log.c.kind)
_OFFSET = select(demo_clock.c.offset_us)
_SERVER_TIME = select(type_coerce(func.clock_timestamp(), UtcTime))
_KNOWN_AT = select(event.c.known_at).order_by(event.c.position.desc()).limit(1)
_clocks: "weakref.WeakKeyDictionary[Engine, LogClock]" = weakref.WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class LogIdentity:
    """What a log is, fixed when it was made."""

    log_id: str
    kind: str


class LogClock:
    """Tells the time of one log without asking the server again: the offset to its clock is measured and renewed.

    One object an engine (`clock_of`), so that whoever gets a reply renews it for all. A demo log's clock is read anew
    each time, since another process may have moved it.
    """

    def __init__(self, engine: Engine) -> None:
        self._reference = weakref.ref(engine)
        self._difference: timedelta | None = None if engine.dialect.name == "postgresql" else timedelta(0)

    @property
    def _engine(self) -> Engine:
        engine = self._reference()
        assert engine is not None, "the engine outlives its clock"
        return engine

    @cached_property
    def identity(self) -> LogIdentity:
        """The log's id and kind; raises LogMissing, Unavailable."""
        try:
            with answering(), self._engine.connect() as connection:
                found = connection.execute(_LOG).one_or_none()
        except (OperationalError, ProgrammingError) as error:
            raise LogMissing("the database holds no log") from error
        if found is None:
            raise LogMissing("the log was not made yet")
        return LogIdentity(found.log_id, found.kind)

    def now(self) -> datetime:
        """Give the log's time."""
        if self._difference is None or self.is_demo:
            return self._ask()
        return datetime.now(UTC) + self._difference

    @property
    def is_demo(self) -> bool:
        """Whether the clock can be moved."""
        return self.identity.kind == "demo"

    def offset(self) -> timedelta:
        """Give the log's own offset, zero in a real log."""
        if not self.is_demo:
            return timedelta(0)
        with answering(), self._engine.connect() as connection:
            return self._read_offset(connection)

    def renew(self, sent_at: datetime, answered_at: datetime, *, clock: datetime) -> None:
        """Learn from a reply that carried the server's clock, read somewhere between sending and answering.

        The difference is moved only as far as the reply proves it wrong, so slow replies add no jitter.
        """
        if self._engine.dialect.name == "postgresql" and not self.is_demo:
            low, high = clock - answered_at, clock - sent_at
            difference = low + (high - low) / 2 if self._difference is None else self._difference
            self._difference = min(max(difference, low), high)

    def advance(self, *, to: datetime | None, by: timedelta | None) -> datetime:
        """Move a demo's clock forward; see Reader.advance_clock."""
        assert (to is None) != (by is None), "either to or by"
        return self._move(to, by, may_go_back=False)

    def set(self, to: datetime) -> datetime:
        """Set a demo's clock; see Reader.set_clock."""
        return self._move(to, None, may_go_back=True)

    def _move(self, to: datetime | None, by: timedelta | None, *, may_go_back: bool) -> datetime:
        if not self.is_demo:
            raise NotADemo("the clock of a real log can't be moved")
        with write_transaction(self._engine) as connection:
            server = self._server_time(connection)
            now = server + self._read_offset(connection)
            target = now + by if by is not None else to
            assert target is not None
            known_at = connection.execute(_KNOWN_AT).scalar_one_or_none()
            if target < now and not may_go_back:
                raise ValueError(f"the clock stands at {now.isoformat()} and can't go back to {target.isoformat()}")
            if known_at is not None and target < known_at:
                raise ValueError(f"the log knows of {known_at.isoformat()} already")
            offset_us = (target - server) // timedelta(microseconds=1)
            connection.execute(update(demo_clock).values(offset_us=offset_us))
        return target

    def _ask(self) -> datetime:
        with answering(), self._engine.connect() as connection:
            sent_at = datetime.now(UTC)
            server = self._server_time(connection)
            self.renew(sent_at, datetime.now(UTC), clock=server)
            return server + self._read_offset(connection) if self.is_demo else server

    def _server_time(self, connection: Connection) -> datetime:
        if connection.dialect.name == "sqlite":
            return datetime.now(UTC)
        return connection.execute(_SERVER_TIME).scalar_one()

    def _read_offset(self, connection: Connection) -> timedelta:
        return timedelta(microseconds=connection.execute(_OFFSET).scalar_one())


def clock_of(engine: Engine) -> LogClock:
    """Give the one clock of an engine's log."""
    return _clocks.setdefault(engine, LogClock(engine))
