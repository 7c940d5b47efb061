"""The connections that the log may be trusted with: set up alike everywhere, writers in a fair queue."""

import os
import sqlite3
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from events.errors import OutcomeUnknown, Unavailable, UnfitDatabase
from events.turn import Turn

C = TypeVar("C")

LOCK_TIMEOUT_S = 2
_WAL_LIMIT_BYTES = 64 * 1024 * 1024
_SQLITE_PRAGMAS = (
    f"PRAGMA busy_timeout = {LOCK_TIMEOUT_S * 1000}",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Without it INSERT OR REPLACE deletes rows behind the back of the DELETE trigger.
    "PRAGMA recursive_triggers = ON",
    f"PRAGMA journal_size_limit = {_WAL_LIMIT_BYTES}",
)
# A database or role set to "off" or "local" would answer before a claim, a session or a reaction is durable. Only the
# append turns it off, for the first of its two transactions.
_DURABLE = """
SELECT set_config('synchronous_commit', CASE WHEN 'remote_apply' IN
  (current_setting('synchronous_commit'), current_setting('kawal.synchronous_commit', true))
  THEN 'remote_apply' ELSE 'on' END, false)
"""
_held = threading.local()
_inherited: list[object] = []


def make_engine(url: str) -> Engine:
    """Open a database so that every connection keeps the log's promises.

    url       sqlite:////path/to/file (never in memory) or postgresql://...
    SQLite    reads are autocommit and refuse to write; whatever writes goes through `write_transaction`
    fork      a child process starts with an empty pool of its own
    """
    parsed = make_url(url)
    engine = _sqlite_engine(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql_engine(parsed)
    reference = weakref.ref(engine)
    os.register_at_fork(after_in_child=lambda: _forget_inherited(reference))
    return engine


@contextmanager
def write_transaction(engine: Engine) -> Iterator[Connection]:
    """Run one transaction that writes outside the log (read models, deliveries); it is durable on leaving.

    On SQLite it queues fairly behind all other writers of every process and begins IMMEDIATE: fold and render before
    entering, and hold it for milliseconds. On PostgreSQL it is an ordinary transaction. It doesn't nest.
    raises   Unavailable: nothing was written (also when its turn didn't come within 4 s);
             OutcomeUnknown: the connection broke while committing
    """
    with answering(), engine.connect() as connection, write_queue(engine):
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = OFF")
            connection.rollback()
            connection.execution_options(writes=True)
        transaction = connection.begin()
        try:
            yield connection
        except BaseException:
            transaction.rollback()
            raise
        _commit(transaction)


@contextmanager
def write_queue(engine: Engine) -> Iterator[None]:
    """Wait for this process's turn to write; on PostgreSQL there is no queue but the server's.

    SQLite's own busy wait starves all but one writer; a blocking flock beside the file doesn't.
    """
    if engine.dialect.name != "sqlite":
        yield
        return
    path = f"{engine.url.database}.lock"
    paths: set[str] = _held.__dict__.setdefault("paths", set())
    assert path not in paths, "a write transaction is open in this thread already; they don't nest"
    turn = Turn(path)
    turn.take()
    try:
        paths.add(path)
        yield
    finally:
        paths.discard(path)
        turn.give_back()


@contextmanager
def answering() -> Iterator[None]:
    """Turn a database that is locked, full or away into `Unavailable`; every other error passes unchanged."""
    try:
        yield
    except (PoolTimeout, DBAPIError) as error:
        refusal = refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def refusal_of(error: PoolTimeout | DBAPIError) -> Unavailable | None:
    """What `answering` makes of an error; None for one of a database that did answer."""
    if isinstance(error, PoolTimeout):
        return Unavailable(1, "away")
    refusal = why_unavailable(error.orig) if error.orig is not None else None
    if refusal is None and error.connection_invalidated:
        return Unavailable(2, "away")
    return refusal


def why_unavailable(error: BaseException) -> Unavailable | None:
    """Tell a database that can't answer now from one that answered; None for the latter.

    Sound only where the failed statement can't have been a COMMIT that went through.
    """
    if isinstance(error, sqlite3.OperationalError):
        match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return Unavailable(1, "locked")
            case sqlite3.SQLITE_FULL:
                return Unavailable(30, "disk_full")
            case sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_IOERR:
                return Unavailable(2, "away")
        return None
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return Unavailable(1, "locked")
    if isinstance(error, psycopg.errors.DiskFull):
        return Unavailable(30, "disk_full")
    if isinstance(error, psycopg.OperationalError):
        return Unavailable(2, "away")
    return None


def is_io_error(error: BaseException) -> bool:
    """Whether the disk failed under SQLite, a quota included: what was being committed may be there all the same."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_IOERR


class Pinned(Generic[C]):
    """Keeps one open connection a thread, outside the pool; a forked child opens its own."""

    def __init__(self, open_connection: Callable[[], C], close_connection: Callable[[C], None]) -> None:
        self._open, self._close = open_connection, close_connection
        self._lock = threading.Lock()
        self._process = os.getpid()
        self._connections: dict[int, tuple[threading.Thread, C]] = {}

    def get(self) -> C:
        """Give this thread's connection, opened on first use."""
        if self._process != os.getpid():
            _inherited.append(self._connections)
            self._connections, self._lock, self._process = {}, threading.Lock(), os.getpid()
        found = self._connections.get(threading.get_ident())
        if found is not None and found[0] is threading.current_thread():
            return found[1]
        return self._pin(self._open())

    def drop(self) -> None:
        """Close this thread's connection; the next `get` opens another."""
        with self._lock:
            found = self._connections.pop(threading.get_ident(), None)
        if found is not None:
            self._close(found[1])

    def close(self) -> None:
        """Close every thread's connection; only once no thread uses them."""
        with self._lock:
            connections, self._connections = list(self._connections.values()), {}
        for _, connection in connections:
            self._close(connection)

    def _pin(self, connection: C) -> C:
        with self._lock:
            gone = [ident for ident, (thread, _) in self._connections.items() if not thread.is_alive()]
            dead = [self._connections.pop(ident)[1] for ident in gone]
            self._connections[threading.get_ident()] = (threading.current_thread(), connection)
        for left in dead:
            self._close(left)
        return connection


def detached(engine: Engine) -> object:
    """Take a driver's connection, set up like every other, out of the pool's count for good."""
    proxied = engine.raw_connection()
    connection: object = proxied.driver_connection
    proxied.detach()
    return connection


def truncate_wal(engine: Engine) -> None:
    """Give SQLite's write-ahead log back to the disk; for the clock process when idle. Nothing on PostgreSQL."""
    if engine.dialect.name == "sqlite":
        with answering(), engine.connect() as connection, write_queue(engine):
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def wal_bytes(engine: Engine) -> int:
    """Measure SQLite's write-ahead log file, for the watchman; 0 on PostgreSQL."""
    path = f"{engine.url.database}-wal"
    return os.path.getsize(path) if engine.dialect.name == "sqlite" and os.path.exists(path) else 0


def _commit(transaction: RootTransaction) -> None:
    try:
        transaction.commit()
    except DBAPIError as error:
        # A server that stopped answering may have committed; a library in this process knows what it did, as long as
        # the disk does what it says.
        if isinstance(error.orig, psycopg.OperationalError) or (error.orig is not None and is_io_error(error.orig)):
            raise OutcomeUnknown("write transaction") from error
        raise


def _sqlite_engine(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        raise UnfitDatabase("SQLite needs a file: a log in memory isn't durable")
    # The driver begins nothing by itself: a read that turns into a write would fail at once (SQLITE_BUSY_SNAPSHOT).
    engine = create_engine(url, pool_size=16, max_overflow=16, pool_timeout=5, connect_args={"isolation_level": None})

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        for pragma in _SQLITE_PRAGMAS:
            connection.execute(pragma)
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with write_queue(engine):
                connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    @event.listens_for(engine, "checkin")
    def _read_only_again(connection: sqlite3.Connection | None, _entry: ConnectionPoolEntry) -> None:
        if connection is not None:
            connection.execute("PRAGMA query_only = ON")

    return engine


def _postgresql_engine(url: URL) -> Engine:
    if url.get_backend_name() != "postgresql":
        raise UnfitDatabase(f"the log lives in SQLite or PostgreSQL, not in {url.get_backend_name()}")
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=8,
        max_overflow=24,
        pool_timeout=5,
        pool_pre_ping=True,
        pool_use_lifo=True,
        connect_args={"connect_timeout": 5, "application_name": "kawal"},
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: psycopg.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.autocommit = True
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(_DURABLE)
        row = connection.execute("SHOW default_transaction_isolation").fetchone()
        connection.autocommit = False
        # Under a snapshot older than the head lock the append would check its conditions against the past.
        if row != ("read committed",):
            raise UnfitDatabase(f"default_transaction_isolation is {row[0] if row else None}, not read committed")

    return engine


def _forget_inherited(reference: "weakref.ref[Engine]") -> None:
    engine = reference()
    if engine is not None:
        # Kept alive on purpose: closing the parent's connections here would disturb the parent.
        _inherited.append(engine.pool)
        engine.dispose(close=False)
