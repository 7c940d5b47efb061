"""Whatever is asked of it, in whichever order, the log stays whole, and the three stores answer alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from events.append import Appender
from events.engine import make_engine
from events.envelope import EMPTY, Append, Event, Given, Head, Receipt, leaf_hash
from events.errors import Refused
from events.memory import MemoryLog
from events.reader import Reader
from events.store import LogStore
from events.tables import create_log
from tests.support.log import ACTOR, Log, a_fact
from tests.support.postgres import Databases

STREAMS = ("offices", "commitment-1", "commitment-2")
GONE = leaf_hash(b"an event that a crash removed")


@dataclass(frozen=True)
class Ask:
    """One request, stated relative to what the log says when it is made."""

    stream: str
    count: int
    basis: bool
    expected: str  # head | empty | gone
    seen: str  # last | none | gone
    given: tuple[tuple[str, str], ...]
    operation: int
    request: int
    seconds: int


asks = st.lists(
    st.builds(
        Ask,
        stream=st.sampled_from(STREAMS),
        count=st.integers(1, 3),
        basis=st.booleans(),
        expected=st.sampled_from(["head", "head", "head", "empty", "gone"]),
        seen=st.sampled_from(["last", "last", "last", "none", "gone"]),
        given=st.lists(
            st.tuples(st.sampled_from(STREAMS), st.sampled_from(["head", "head", "none", "gone"])), max_size=2
        ).map(tuple),
        operation=st.integers(1, 12),
        request=st.sampled_from([1, 1, 1, 2]),
        seconds=st.sampled_from([0, 0, 1, 3, -1, 60, -60]),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory, postgres_databases: Databases) -> Iterator[list[str]]:
    """One database of each kind; each example begins with an empty log in them."""
    postgresql = postgres_databases.create()
    yield [f"sqlite:///{tmp_path_factory.mktemp('property')}/log.db", postgresql]
    postgres_databases.give_back(postgresql)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asks)
def test_any_sequence_leaves_a_whole_log_and_the_same_answers(databases: list[str], sequence: list[Ask]) -> None:
    start = datetime.now(UTC)
    logs = opened(databases)
    for ask in sequence:
        answers = [answer(log, ask, start=start) for log in logs]
        assert answers[1:] == answers[:1] * 2
    assert_whole(logs[0].reader)
    stored = [log.reader.read_all() for log in logs]
    assert stored[1:] == stored[:1] * 2
    for read in (questions(log.reader, stored[0], start=start) for log in logs[1:]):
        assert read == questions(logs[0].reader, stored[0], start=start)
    for log in logs[1:]:
        log.engine.dispose()


def answer(log: Log, ask: Ask, *, start: datetime) -> Receipt | tuple[str, ...]:
    try:
        return log.write(request_of(log.reader, ask, start=start))
    except Refused as refusal:
        # The clock's own reading differs by microseconds; everything else in a refusal is the same.
        facts = [str(fact) for fact in refusal.args if not isinstance(fact, datetime)]
        return (type(refusal).__name__, *facts)


def request_of(reader: Reader, ask: Ask, *, start: datetime) -> Append:
    head, last = reader.stream_head(ask.stream), reader.last_basis()
    return Append(
        stream=ask.stream,
        expected={"head": head, "empty": EMPTY, "gone": Head(head.version, GONE)}[ask.expected],
        events=tuple(a_fact({"n": number}, basis=ask.basis) for number in range(ask.count)),
        actor=ACTOR,
        operation=f"http:office:person:{ask.operation}",
        request_hash=bytes([ask.request]) * 32,
        recorded_at=start + timedelta(seconds=ask.seconds),
        seen={"last": last, "none": None, "gone": GONE}[ask.seen],
        given=tuple(
            Given(name, {"head": reader.stream_head(name).leaf_hash or None, "none": None, "gone": GONE}[what])
            for name, what in ask.given
        ),
    )


def assert_whole(reader: Reader) -> None:
    heads: dict[str, Head] = {}
    known_at = datetime.min.replace(tzinfo=UTC)
    operations: dict[str, int] = {}
    for expected, event in enumerate(reader.read_all(), 1):
        before = heads.get(event.stream, EMPTY)
        known_at = max(known_at, event.recorded_at)
        assert event.position == expected
        assert event.version == before.version + 1
        assert event.attributes["prevleaf"] == before.leaf_hash.hex()
        assert event.leaf_hash == leaf_hash(event.body)
        assert event.known_at == known_at
        assert (event.request_hash is not None) == (event.operation not in operations)
        assert operations.setdefault(event.operation, expected - 1) == expected - 1
        operations[event.operation] = expected
        heads[event.stream] = event.head


def questions(reader: Reader, events: list[Event], *, start: datetime) -> list[object]:
    times = [start + timedelta(seconds=seconds) for seconds in range(-4, 5)]
    return [
        [reader.receipt(f"http:office:person:{number}") for number in range(1, 13)],
        [reader.operation_events(event.operation) for event in events],
        [reader.read_stream(stream, 1, up_to_version=4) for stream in STREAMS],
        [reader.position_known_on(time) for time in times],
        [reader.read_basis(), reader.last_basis(), reader.log_head(), reader.streams()],
    ]


def opened(databases: list[str]) -> list[Log]:
    memory = MemoryLog(log_id="the-log")
    logs = [Log("memory", memory, memory.append)]
    for url in databases:
        engine = make_engine(url)
        emptied(engine)
        logs.append(Log(engine.dialect.name, LogStore(engine), Appender(engine).append, url, engine))
    return logs


def emptied(engine: Engine) -> None:
    """Begin with an empty log: a new file, or a new schema."""
    if engine.dialect.name == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(f"{engine.url.database}{suffix}").unlink(missing_ok=True)
    else:
        with engine.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
    create_log(engine, "real", "the-log")
