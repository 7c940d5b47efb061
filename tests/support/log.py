"""Logs under test: one contract, three stores."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from events.append import Appender
from events.engine import make_engine
from events.envelope import Actor, Append, Given, Head, Json, NewEvent, Receipt
from events.memory import MemoryLog
from events.reader import Reader
from events.store import LogStore
from events.tables import Kind, create_log

ACTOR = Actor(office="61.01.sekda", person="p-7", capacity="definitive", on_behalf_of=None, signin="password:s-1")
STORES = ("memory", "sqlite", "postgresql")
DATABASES = ("sqlite", "postgresql")


@dataclass
class Log:
    """One log of one store: what reads it, what writes it, and where it lives."""

    store: str
    reader: Reader
    write: Callable[[Append], Receipt]
    url: str = ""
    _engine: Engine | None = None

    @property
    def engine(self) -> Engine:
        """The database's engine; only where there is a database."""
        assert self._engine is not None
        return self._engine

    def append(self, stream: str = "s", *events: NewEvent, **fields: object) -> Receipt:
        """Append to a stream as it stands now; see `an_append`."""
        return self.write(an_append(self.reader, stream, *events, **fields))


def an_append(reader: Reader, stream: str = "s", *events: NewEvent, **fields: object) -> Append:
    """Build an append that rests on what the log says now; `fields` replace what it would be built with."""
    last = reader.read_stream(stream)[-1:]
    built: dict[str, object] = {
        "stream": stream,
        "expected": reader.stream_head(stream),
        "events": events or (a_fact(),),
        "actor": ACTOR,
        "operation": f"http:61.01.sekda:p-7:{os.urandom(8).hex()}",
        "request_hash": b"\x01" * 32,
        "recorded_at": max([reader.now(), *(event.recorded_at for event in last)]),
        "seen": reader.last_basis(),
    }
    return Append(**(built | fields))  # type: ignore[arg-type] # fields of Append by name


def a_fact(data: Mapping[str, Json] | None = None, *, type: str = "request-approved", basis: bool = False) -> NewEvent:
    """Build a fact in stored form."""
    return NewEvent(type=type, schema_version=1, data=data or {"request": "r-1"}, basis=basis)


def given(reader: Reader, stream: str) -> Given:
    """Name a stream as it stands now as a condition."""
    head: Head = reader.stream_head(stream)
    return Given(stream, head.leaf_hash or None)


def open_log(url: str, kind: Kind = "real") -> Log:
    """Make, or open, the log of a database."""
    engine = make_engine(url)
    create_log(engine, kind)
    appender = Appender(engine)
    return Log(engine.dialect.name, LogStore(engine), appender.append, url, engine)


def _opened(request: pytest.FixtureRequest, kind: Kind) -> Iterator[Log]:
    if request.param == "memory":
        memory = MemoryLog(kind=kind)
        yield Log("memory", memory, memory.append)
        return
    if request.param == "sqlite":
        url = f"sqlite:///{request.getfixturevalue('tmp_path')}/log.db"
    else:
        url = request.getfixturevalue("postgres_url")
    log = open_log(url, kind)
    yield log
    log.engine.dispose()


@pytest.fixture(params=STORES)
def log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """A fresh real log in each store."""
    yield from _opened(request, "real")


@pytest.fixture(params=STORES)
def demo_log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """A fresh demo log in each store."""
    yield from _opened(request, "demo")


@pytest.fixture(params=DATABASES)
def database_log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """A fresh real log in each database."""
    yield from _opened(request, "real")


@pytest.fixture(params=DATABASES)
def database_demo_log(request: pytest.FixtureRequest) -> Iterator[Log]:
    """A fresh demo log in each database."""
    yield from _opened(request, "demo")


@pytest.fixture
def sqlite_log(tmp_path: Path) -> Iterator[Log]:
    """A fresh real log in SQLite."""
    log = open_log(f"sqlite:///{tmp_path}/log.db")
    yield log
    log.engine.dispose()


@pytest.fixture
def postgres_log(postgres_url: str) -> Iterator[Log]:
    """A fresh real log in PostgreSQL."""
    log = open_log(postgres_url)
    yield log
    log.engine.dispose()
