"""What the log promises on PostgreSQL: durable before it answers, and honest when it can't know."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.pool import ConnectionPoolEntry

from events.append import Appender
from events.append_postgresql import PostgresAppend
from events.clock import clock_of
from events.engine import LOCK_TIMEOUT_S, make_engine, write_transaction
from events.envelope import EMPTY, Receipt, build_leaves
from events.errors import ClockRefused, LogError, OutcomeUnknown, Unavailable, UnfitDatabase, WrongVersion
from events.store import LogStore
from tests.support.log import Log, a_fact, an_append, open_log
from tests.support.postgres import Cluster

FLUSHED = text("SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()")
WAITING = text("SELECT pid FROM pg_stat_activity WHERE query LIKE 'CALL append%' AND wait_event = :event")


@pytest.fixture
def spare_log(spare_url: str) -> Iterator[Log]:
    """A fresh real log on the server that may be reconfigured and crashed."""
    log = open_log(spare_url)
    yield log
    log.engine.dispose()


@pytest.mark.parametrize("whose", ["DATABASE", "ROLE"])
def test_what_is_written_beside_the_log_is_durable_whatever_the_server_is_set_to(spare_log: Log, whose: str) -> None:
    """Claims, sessions and reactions: a database or role set to "off" doesn't answer before the flush."""
    with admin(spare_log) as connection:
        set_for(connection, whose, "synchronous_commit", "off")
    fresh = make_engine(spare_log.url)
    try:
        with psycopg.connect(spare_log.url) as plain:
            assert plain.execute("SHOW synchronous_commit").fetchone() == ("off",)
        for _ in range(3):
            with write_transaction(fresh) as connection:
                assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
                connection.exec_driver_sql("CREATE TABLE IF NOT EXISTS claimed (n int)")
                connection.exec_driver_sql("INSERT INTO claimed VALUES (1)")
            with admin(spare_log) as connection:
                assert connection.execute(FLUSHED).scalar_one()
    finally:
        with admin(spare_log) as connection:
            reset_for(connection, whose, "synchronous_commit")
        fresh.dispose()


@pytest.mark.parametrize("setting", ["synchronous_commit", "kawal.synchronous_commit"])
def test_commits_that_wait_for_a_standby_go_on_waiting_for_it(spare_log: Log, setting: str) -> None:
    with admin(spare_log) as connection:
        set_for(connection, "DATABASE", setting, "remote_apply")
    fresh = make_engine(spare_log.url)
    with fresh.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "remote_apply"
    fresh.dispose()


@pytest.fixture
def careless_log(spare_log: Log) -> Iterator[Log]:
    """The same log by sessions that are set to answer before the flush, after we set them up."""
    fresh = make_engine(spare_log.url)

    @event.listens_for(fresh, "connect")
    def _answer_early(connection: psycopg.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.autocommit = True
        connection.execute("SET synchronous_commit = off")
        connection.autocommit = False

    appender = Appender(fresh)
    yield Log("postgresql", LogStore(fresh), appender.append, spare_log.url, fresh)
    appender.close()
    fresh.dispose()


def test_append_is_flushed_when_it_returns_whatever_the_session_says(careless_log: Log) -> None:
    log = careless_log
    with admin(log) as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "off"
        request = an_append(log.reader, "s", a_fact(), a_fact())
        for send in (request, request, an_append(log.reader, "t")):
            connection.exec_driver_sql("SELECT pg_logical_emit_message(false, 'test', 'unflushed')")
            assert not connection.execute(FLUSHED).scalar_one()
            log.write(send)
            assert connection.execute(FLUSHED).scalar_one()


@pytest.mark.parametrize("sessions", ["spare_log", "careless_log"])
def test_one_clients_rate_is_bounded_by_the_flush(sessions: str, request: pytest.FixtureRequest) -> None:
    """Each flush is made to take 20 ms: appends that are answered faster were answered without one."""
    log: Log = request.getfixturevalue(sessions)
    with admin(log) as connection:
        set_for(connection, "DATABASE", "commit_siblings", "0")
        set_for(connection, "DATABASE", "commit_delay", "20000")
    log.engine.dispose()
    log.append("s")
    appends = [an_append(log.reader, f"s-{number}") for number in range(20)]
    began = time.monotonic()
    for one in appends:
        log.write(one)
    assert time.monotonic() - began >= len(appends) * 0.015


def test_settle_flushes_what_another_session_left_unflushed(spare_log: Log) -> None:
    with admin(spare_log) as connection:
        connection.exec_driver_sql("SET synchronous_commit = off")
        connection.exec_driver_sql("CREATE TABLE unflushed AS SELECT 1")
        assert not connection.execute(FLUSHED).scalar_one()
        spare_log.reader.settle()
        assert connection.execute(FLUSHED).scalar_one()


def test_refusals_leave_no_trace_in_server_log_or_session(spare_log: Log, spare_cluster: Cluster) -> None:
    spare_log.append("s")
    before = len(spare_cluster.log_file.read_bytes())
    for _ in range(10):
        with pytest.raises(WrongVersion):
            spare_log.append("s", expected=EMPTY)
    assert b"ERROR" not in spare_cluster.log_file.read_bytes()[before:]
    with admin(spare_log) as connection:
        states = connection.execute(
            text("SELECT state FROM pg_stat_activity WHERE query LIKE 'CALL append%' AND datname = current_database()")
        )
        assert states.scalars().all() == ["idle"]


def test_log_held_by_another_session_is_unavailable(postgres_log: Log) -> None:
    request = an_append(postgres_log.reader, "s")
    with held(postgres_log):
        began = time.monotonic()
        with pytest.raises(Unavailable) as refusal:
            postgres_log.write(request)
        assert refusal.value.reason == "locked"
        assert time.monotonic() - began >= LOCK_TIMEOUT_S
    assert postgres_log.write(request).first_position == 1


def test_append_that_lost_its_connection_is_repeated_once(postgres_log: Log) -> None:
    postgres_log.append("s")
    request = an_append(postgres_log.reader, "s")
    with held(postgres_log):
        sent = in_background(lambda: postgres_log.write(request))
        first = end_backend(postgres_log, "advisory")
        wait_for(lambda: backends(postgres_log, "advisory") not in ([], [first]))
    assert (sent().repeated, sent().first_position) == (False, 2)
    assert len(postgres_log.reader.read_all()) == 2


def test_append_that_lost_its_connection_twice_is_unknown_and_can_be_repeated(postgres_log: Log) -> None:
    request = an_append(postgres_log.reader, "s")
    with held(postgres_log):
        sent = in_background(lambda: postgres_log.write(request))
        first = end_backend(postgres_log, "advisory")
        wait_for(lambda: backends(postgres_log, "advisory") not in ([], [first]))
        end_backend(postgres_log, "advisory")
        with pytest.raises(OutcomeUnknown) as unknown:
            sent()
        assert unknown.value.operation == request.operation
    assert postgres_log.write(request).first_position == 1


def test_wait_for_a_standby_that_is_given_up_is_unknown(spare_log: Log) -> None:
    """The server answers "appended" with a mere warning, though nothing was replicated."""
    request = an_append(spare_log.reader, "s")
    with standby_away(spare_log):
        sent = in_background(lambda: spare_log.write(request))
        wait_for(lambda: backends(spare_log, "SyncRep") != [])
        assert [event.operation for event in spare_log.reader.read_all()] == [request.operation]
        with admin(spare_log) as connection:
            for pid in backends(spare_log, "SyncRep"):
                connection.execute(text("SELECT pg_cancel_backend(:pid)"), {"pid": pid})
        with pytest.raises(OutcomeUnknown):
            sent()
    assert spare_log.write(request).repeated


def test_connection_lost_between_the_commits_is_answered_by_the_receipt(spare_log: Log) -> None:
    request = an_append(spare_log.reader, "s")
    with standby_away(spare_log):
        sent = in_background(lambda: spare_log.write(request))
        first = end_backend(spare_log, "SyncRep")
        wait_for(lambda: backends(spare_log, "SyncRep") not in ([], [first]))
    assert sent().repeated
    assert len(spare_log.reader.read_all()) == 1


def test_server_that_is_away_is_unavailable_and_the_next_call_finds_it_again(
    spare_log: Log, spare_cluster: Cluster
) -> None:
    request = an_append(spare_log.reader, "s")
    spare_log.write(request)
    spare_cluster.stop()
    elsewhere = Appender(make_engine(spare_log.url))
    try:
        with pytest.raises(LogError) as refusal:
            elsewhere.append(request)
        assert isinstance(refusal.value, Unavailable)
        for ask in (spare_log.reader.log_head, spare_log.reader.settle, lambda: spare_log.reader.read_all()):
            with pytest.raises(Unavailable) as away:
                ask()
            assert away.value.reason == "away"
        with pytest.raises(Unavailable), write_transaction(spare_log.engine):
            pytest.fail("there is no server")
        with pytest.raises(OutcomeUnknown):
            spare_log.write(request)
    finally:
        spare_cluster.start()
    assert spare_log.write(request).repeated
    assert spare_log.append("s").first_position == 2


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
def test_database_with_another_isolation_level_is_refused(postgres_log: Log, level: str) -> None:
    """Its snapshots would be older than the head lock."""
    with admin(postgres_log) as connection:
        set_for(connection, "DATABASE", "default_transaction_isolation", level)
    engine = make_engine(postgres_log.url)
    with pytest.raises(UnfitDatabase, match=level):
        LogStore(engine).log_head()
    with pytest.raises(UnfitDatabase, match=level):
        Appender(engine).append(an_append(postgres_log.reader, "s"))


def test_leaf_hash_is_computed_again_under_the_lock(postgres_log: Log) -> None:
    request = an_append(postgres_log.reader, "s", a_fact(), a_fact(), a_fact())
    leaves = build_leaves(request, postgres_log.reader.log_id)
    writer = PostgresAppend(postgres_log.engine, clock_of(postgres_log.engine))
    for wrong in range(3):
        forged = tuple(replace(leaf, body=leaf.body + b" ") if n == wrong else leaf for n, leaf in enumerate(leaves))
        with pytest.raises(AssertionError, match="wrong_leaf"):
            writer.write(request, forged)
    assert postgres_log.reader.log_head() is None
    writer.write(request, leaves)
    writer.close()


def test_clock_that_was_learnt_wrong_is_learnt_again_from_a_reply(postgres_log: Log) -> None:
    clock = clock_of(postgres_log.engine)
    assert abs(postgres_log.reader.now() - datetime.now(UTC)) < timedelta(seconds=1)
    now = datetime.now(UTC)
    clock.renew(now, now + timedelta(milliseconds=10), clock=now + timedelta(hours=1))
    assert postgres_log.reader.now() - datetime.now(UTC) > timedelta(minutes=59)

    with pytest.raises(ClockRefused):
        postgres_log.append("s")
    assert abs(postgres_log.reader.now() - datetime.now(UTC)) < timedelta(seconds=1)
    postgres_log.append("s")


def test_clock_ignores_what_a_slow_reply_can_not_prove(postgres_log: Log) -> None:
    clock, now = clock_of(postgres_log.engine), datetime.now(UTC)
    second = timedelta(seconds=1)
    clock.renew(now, now, clock=now + 10 * second)
    clock.renew(now, now + 4 * second, clock=now + 12 * second)
    assert abs(clock.now() - datetime.now(UTC) - 10 * second) < second / 10
    clock.renew(now, now + 4 * second, clock=now + 8 * second)
    assert abs(clock.now() - datetime.now(UTC) - 8 * second) < second / 10


@contextmanager
def admin(log: Log) -> Iterator[Connection]:
    with log.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def set_for(connection: Connection, whose: str, setting: str, value: str) -> None:
    connection.exec_driver_sql(f"ALTER {named(connection, whose)} SET {setting} = '{value}'")


def reset_for(connection: Connection, whose: str, setting: str) -> None:
    connection.exec_driver_sql(f"ALTER {named(connection, whose)} RESET {setting}")


def named(connection: Connection, whose: str) -> str:
    name = "current_database()" if whose == "DATABASE" else "current_user"
    return f'{whose} "{connection.exec_driver_sql(f"SELECT {name}").scalar_one()}"'


@contextmanager
def held(log: Log) -> Iterator[None]:
    """Hold the head lock from another session, as a writer that stands still would."""
    with admin(log) as connection:
        connection.exec_driver_sql("SELECT pg_advisory_lock(27489, 7823724)")
        try:
            yield
        finally:
            connection.exec_driver_sql("SELECT pg_advisory_unlock(27489, 7823724)")


@contextmanager
def standby_away(log: Log) -> Iterator[None]:
    """Make every synchronous commit of the server wait for a standby that isn't there."""
    with admin(log) as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET synchronous_standby_names = 'away'")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        wait_for(lambda: shown(log, "synchronous_standby_names") == "away")
        try:
            yield
        finally:
            connection.exec_driver_sql("ALTER SYSTEM RESET synchronous_standby_names")
            connection.exec_driver_sql("SELECT pg_reload_conf()")


def in_background(send: Callable[[], Receipt]) -> Callable[[], Receipt]:
    """Send from another thread; what is given waits for its answer, and raises what it raised."""
    answers: list[Receipt] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            answers.append(send())
        except (LogError, psycopg.Error) as error:
            errors.append(error)

    thread = threading.Thread(target=run)

    def answer() -> Receipt:
        thread.join(timeout=20)
        if errors:
            raise errors[0]
        return answers[0]

    thread.start()
    return answer


def backends(log: Log, wait_event: str) -> list[int]:
    with admin(log) as connection:
        return list(connection.execute(WAITING, {"event": wait_event}).scalars())


def end_backend(log: Log, wait_event: str) -> int:
    """Terminate the backend that waits in the append, as a broken connection would; give its pid."""
    wait_for(lambda: backends(log, wait_event) != [])
    pid = backends(log, wait_event)[0]
    with admin(log) as connection:
        connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})
    return pid


def shown(log: Log, setting: str) -> str:
    with admin(log) as connection:
        value: str = connection.exec_driver_sql(f"SHOW {setting}").scalar_one()
        return value


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline, "what was waited for didn't come"
        time.sleep(0.01)
