"""What is recorded can't be changed in either database, by whichever statement."""

import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from events.append import Appender
from events.engine import make_engine, write_transaction
from events.errors import KindFixed, LogMissing, OutcomeUnknown
from events.store import LogStore
from events.tables import create_log, grant_app_role
from tests.support.log import Log, a_fact

COLUMNS = (
    "position, stream, version, operation, request_hash, basis, type, schema_version, valid_at, recorded_at, known_at,"
    " body, leaf_hash"
)
FORGED = f"SELECT {COLUMNS.replace('body,', 'leaf_hash,')} FROM event WHERE position = 2"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET body = body",
        "UPDATE event SET type = 'x' WHERE position = 1",
        "DELETE FROM event WHERE position = 3",
        "DELETE FROM event",
        "UPDATE log SET kind = 'demo'",
        "DELETE FROM log",
        f"INSERT INTO event ({COLUMNS}) {FORGED} ON CONFLICT (position) DO UPDATE SET body = excluded.body",
    ],
)
def test_statement_that_would_change_the_past_is_refused(database_log: Log, statement: str) -> None:
    before = filled(database_log)
    with pytest.raises(DBAPIError), write_transaction(database_log.engine) as connection:
        connection.exec_driver_sql(statement)
    assert database_log.reader.read_all() == before


def test_truncate_is_refused_also_for_a_replication_session(postgres_log: Log) -> None:
    before = filled(postgres_log)
    for preparation in ("SELECT 1", "SET session_replication_role = replica"):
        for statement in ("TRUNCATE event", "TRUNCATE event CASCADE", "UPDATE event SET basis = true", "TRUNCATE log"):
            both = f"{preparation}; {statement}"
            with pytest.raises(DBAPIError, match="the log only grows"), postgres_log.engine.begin() as connection:
                connection.exec_driver_sql(both)
    assert postgres_log.reader.read_all() == before


@pytest.fixture(params=["ours", "foreign"])
def sqlite_connection(request: pytest.FixtureRequest, sqlite_log: Log) -> Iterator[sqlite3.Connection]:
    """A connection that may write: set up by us, or by a stranger who set nothing."""
    connection = sqlite3.connect(sqlite_log.url.removeprefix("sqlite:///"), isolation_level=None)
    if request.param == "ours":
        connection.execute("PRAGMA recursive_triggers = ON")
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("position", "version", "operation"),
    [
        ("1", "1", "'new'"),  # the event itself
        ("2", "2", "'new'"),
        ("4", "2", "'new'"),  # the next position, a taken version
        ("4", "3", "(SELECT operation FROM event WHERE position = 1)"),  # a taken operation
        ("5", "3", "'new'"),  # a gap
        ("4", "4", "'new'"),
        ("NULL", "3", "'new'"),
    ],
)
@pytest.mark.parametrize("verb", ["INSERT", "INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"])
def test_insert_beside_the_next_place_is_refused(
    sqlite_log: Log, sqlite_connection: sqlite3.Connection, verb: str, position: str, version: str, operation: str
) -> None:
    before = filled(sqlite_log)
    place = FORGED.replace("position,", f"{position},", 1).replace("version,", f"{version},", 1)
    with pytest.raises(sqlite3.IntegrityError):
        sqlite_connection.execute(f"{verb} INTO event ({COLUMNS}) {place.replace('operation,', f'{operation},', 1)}")
    assert sqlite_log.reader.read_all() == before


def test_update_or_replace_is_refused(sqlite_log: Log, sqlite_connection: sqlite3.Connection) -> None:
    before = filled(sqlite_log)
    for statement in (
        "UPDATE OR REPLACE event SET position = 1 WHERE position = 2",
        "REPLACE INTO log SELECT * FROM log",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            sqlite_connection.execute(statement)
    assert sqlite_log.reader.read_all() == before


def test_plain_connection_refuses_to_write_on_sqlite(sqlite_log: Log) -> None:
    """A write outside of `write_transaction` would begin as a read, pass by the queue, and fail at random."""
    with pytest.raises(DBAPIError, match="readonly"), sqlite_log.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM checkpoint")
    with write_transaction(sqlite_log.engine) as connection:
        connection.exec_driver_sql("DELETE FROM checkpoint")
    with pytest.raises(DBAPIError, match="readonly"), sqlite_log.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM checkpoint")


@pytest.fixture
def role(postgres_log: Log) -> Iterator[str]:
    """A login role with no rights."""
    name = f"kawal_role_{uuid.uuid4().hex[:8]}"
    with postgres_log.engine.begin() as connection:
        connection.exec_driver_sql(f"CREATE ROLE {name} LOGIN")
    yield name
    with postgres_log.engine.begin() as connection:
        connection.exec_driver_sql(f"DROP OWNED BY {name}")
        connection.exec_driver_sql(f"DROP ROLE {name}")


def test_app_role_appends_and_reads_and_nothing_else(postgres_log: Log, role: str) -> None:
    before = filled(postgres_log)
    with postgres_log.engine.begin() as connection:
        grant_app_role(connection, role)
    app = as_role(postgres_log, role)

    receipt = app.append("s")
    assert receipt.first_position == len(before) + 1
    assert app.reader.read_all()[:-1] == before
    app.reader.settle()
    for statement in (
        f"INSERT INTO event ({COLUMNS}) {FORGED}",
        "UPDATE event SET basis = true",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE log SET kind = 'demo'",
        "INSERT INTO log VALUES (1, 'x', 'demo', now())",
        "DROP TABLE event",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "CREATE OR REPLACE FUNCTION log_clock() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'",
    ):
        with pytest.raises(DBAPIError) as refusal, app.engine.begin() as connection:
            connection.exec_driver_sql(statement)
        assert isinstance(refusal.value.orig, psycopg.errors.InsufficientPrivilege), statement
    app.engine.dispose()


def test_role_without_a_grant_can_not_append(postgres_log: Log, role: str) -> None:
    with postgres_log.engine.begin() as connection:
        connection.exec_driver_sql(f"GRANT USAGE ON SCHEMA public TO {role}")
        connection.exec_driver_sql(f"GRANT SELECT ON log, event TO {role}")
    stranger = as_role(postgres_log, role)

    with pytest.raises(OutcomeUnknown) as refusal:
        stranger.append("s")
    assert isinstance(refusal.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert stranger.reader.read_all() == []
    stranger.engine.dispose()


def test_making_the_log_again_changes_nothing_and_its_kind_is_fixed(database_log: Log) -> None:
    before, log_id = filled(database_log), database_log.reader.log_id
    create_log(database_log.engine, "real")
    create_log(database_log.engine, "real", log_id)

    assert (database_log.reader.read_all(), LogStore(database_log.engine).log_id) == (before, log_id)
    with pytest.raises(KindFixed):
        create_log(database_log.engine, "demo")
    with pytest.raises(KindFixed):
        create_log(database_log.engine, "real", "another")


def test_database_without_a_log_says_so(postgres_url: str, tmp_path: Path) -> None:
    for url in (postgres_url, f"sqlite:///{tmp_path}/empty.db"):
        engine = make_engine(url)
        with pytest.raises(LogMissing):
            LogStore(engine).now()
        engine.dispose()


def filled(log: Log) -> list[object]:
    log.append("s", operation="first")
    log.append("s")
    log.append("t", a_fact(basis=True))
    return list(log.reader.read_all())


def as_role(log: Log, role: str) -> Log:
    engine = make_engine(make_url(log.url).set(username=role).render_as_string(hide_password=False))
    return Log("postgresql", LogStore(engine), Appender(engine).append, log.url, engine)
