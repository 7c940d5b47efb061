"""What the log promises on SQLite when the file is locked, full or away, and across forks."""

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.pool import ConnectionPoolEntry

from events.append import Appender
from events.append_sqlite import _FIND
from events.engine import LOCK_TIMEOUT_S, make_engine, truncate_wal, wal_bytes, write_queue, write_transaction
from events.envelope import EMPTY, Append
from events.errors import Unavailable, UnfitDatabase
from events.store import LogStore
from events.tables import create_log
from events.turn import TURN_TIMEOUT_S
from tests.support.crowd import in_processes
from tests.support.log import Log, a_fact, an_append


def test_connection_keeps_the_settings_that_durability_rests_on(sqlite_log: Log) -> None:
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "recursive_triggers": 1,
        "foreign_keys": 1,
        "journal_size_limit": 64 * 1024 * 1024,
        "busy_timeout": LOCK_TIMEOUT_S * 1000,
        "query_only": 1,
    }
    with sqlite_log.engine.connect() as connection:
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in expected}
    assert found == expected


def test_log_in_memory_is_refused() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(UnfitDatabase):
            make_engine(url)
    with pytest.raises(UnfitDatabase):
        make_engine("mysql+pymysql://root@/kawal")


def test_database_locked_by_a_stranger_is_unavailable_and_writes_nothing(sqlite_log: Log) -> None:
    sqlite_log.append("s")
    request = an_append(sqlite_log.reader, "s")
    with closing(stranger(sqlite_log)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as refusal:
            sqlite_log.write(request)
        assert (refusal.value.reason, refusal.value.retry_after_s) == ("locked", 1)
        assert len(sqlite_log.reader.read_all()) == 1
        with pytest.raises(Unavailable), write_transaction(sqlite_log.engine):
            pytest.fail("the transaction can't begin")
        connection.rollback()

    assert sqlite_log.write(request).first_position == 2


def test_writer_that_keeps_its_turn_leaves_the_others_with_an_answer(sqlite_log: Log) -> None:
    request = an_append(sqlite_log.reader, "s")
    is_held, is_over = threading.Event(), threading.Event()

    def stand_still() -> None:
        with write_queue(sqlite_log.engine):
            is_held.set()
            is_over.wait(TURN_TIMEOUT_S + 20)

    holder = threading.Thread(target=stand_still)
    holder.start()
    is_held.wait(5)
    began = time.monotonic()
    with pytest.raises(Unavailable) as refusal:
        sqlite_log.write(request)
    assert refusal.value.reason == "locked"
    assert TURN_TIMEOUT_S - 0.5 < time.monotonic() - began < TURN_TIMEOUT_S + 5
    is_over.set()
    holder.join()

    # Also the turn that came too late was handed on.
    assert [sqlite_log.append("s").first_position for _ in range(2)] == [1, 2]


def test_write_transaction_does_not_nest(sqlite_log: Log) -> None:
    request = an_append(sqlite_log.reader, "s")
    with write_transaction(sqlite_log.engine), pytest.raises(AssertionError, match="nest"):
        sqlite_log.write(request)
    sqlite_log.write(request)


def test_failed_write_transaction_leaves_nothing(sqlite_log: Log) -> None:
    insert = text("INSERT INTO checkpoint VALUES ('p', 1, 0, 0, x'')")

    def write_and_fail() -> None:
        with write_transaction(sqlite_log.engine) as connection:
            connection.execute(insert)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    with sqlite_log.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM checkpoint")).scalar_one() == 0


def test_full_disk_is_unavailable_and_leaves_the_log_whole(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/log.db"
    engine = make_engine(url)
    pages = {"limit": 10_000}

    @event.listens_for(engine, "connect")
    def _limit(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.execute(f"PRAGMA max_page_count = {pages['limit']}")

    create_log(engine, "real")
    with engine.connect() as connection:
        pages["limit"] = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + 40
    engine.dispose()
    appender, reader = Appender(engine), LogStore(engine)
    acknowledged: list[int] = []
    requests: list[Append] = []

    def fill() -> None:
        while len(requests) < 200:
            requests.append(an_append(reader, "s", a_fact({"text": "a" * 30_000}), a_fact()))
            acknowledged.append(appender.append(requests[-1]).last_position)

    with pytest.raises(Unavailable) as refusal:
        fill()
    assert refusal.value.reason == "disk_full"
    assert len(reader.read_all()) == acknowledged[-1] == 2 * len(acknowledged)
    with pytest.raises(Unavailable, match="disk_full"), write_transaction(engine) as connection:
        connection.execute(text("INSERT INTO checkpoint VALUES ('p', 1, 0, 0, zeroblob(2000000))"))

    appender.close()
    roomy = make_engine(url)
    assert Appender(roomy).append(requests[-1]).first_position == acknowledged[-1] + 1
    for each in (engine, roomy):
        each.dispose()


def test_directory_that_is_away_is_unavailable(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/missing/log.db")
    with pytest.raises(Unavailable) as refusal:
        create_log(engine, "real")
    assert refusal.value.reason == "away"
    with pytest.raises(Unavailable):
        LogStore(engine).log_head()


def test_forked_child_opens_connections_of_its_own(sqlite_log: Log) -> None:
    sqlite_log.append("s")
    parent = id(sqlite_log.engine.pool)

    def child(index: int) -> None:
        assert id(sqlite_log.engine.pool) != parent
        assert len(sqlite_log.reader.read_all()) >= 1
        sqlite_log.append(f"child-{index}")

    in_processes(2, child)
    sqlite_log.append("s")
    assert len(sqlite_log.reader.read_all()) == 4


def test_write_ahead_log_is_given_back_to_the_disk(sqlite_log: Log) -> None:
    head = EMPTY
    for _ in range(20):
        head = sqlite_log.append("s", a_fact({"text": "a" * 10_000}), expected=head).head
    assert wal_bytes(sqlite_log.engine) > 200_000
    truncate_wal(sqlite_log.engine)
    assert wal_bytes(sqlite_log.engine) == 0
    assert len(sqlite_log.reader.read_all()) == 20


def test_look_ups_under_the_lock_use_an_index(sqlite_log: Log) -> None:
    with sqlite_log.engine.connect() as connection:
        plan = connection.execute(text(f"EXPLAIN QUERY PLAN {_FIND}"), {"stream": "s", "operation": "o"}).all()
    steps = [str(row[3]) for row in plan if "event" in str(row[3])]
    assert len(steps) == 4
    assert any("event_basis" in step for step in steps)
    assert any("event_receipt" in step for step in steps)


def stranger(log: Log) -> sqlite3.Connection:
    return sqlite3.connect(log.url.removeprefix("sqlite:///"), isolation_level=None)
