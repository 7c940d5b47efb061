"""Bring one database to this version: the log first, then the service's own tables, in one turn each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.engine import make_url

from events.engine import make_engine, write_transaction
from events.store import LogStore
from events.tables import create_log, grant_app_role, log
from service.config import Config

Kind = Literal["real", "demo"]
_DIRECTORY = Path(__file__).resolve().parent
_LOCK = text("SELECT pg_advisory_xact_lock(7021, 1)")
OF_THE_LOG = frozenset({"event", "log", "checkpoint", "subscription_failure", "demo_clock"})
"""Tables that the room events/ owns: its own code makes and grants them."""
_GRANT_TABLE = "GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO {role}"
_GRANT_REVISION = "GRANT SELECT ON alembic_version TO {role}"


@dataclass(frozen=True, slots=True)
class Migrated:
    """What an upgrade found and left: revisions (None: a new database), and the log's id and kind."""

    before: str | None
    after: str | None
    log_id: str
    kind: str


def upgrade(config: Config, *, new_kind: Kind = "real", app_role: str | None = None) -> Migrated:
    """Migrate the database to the newest revision; again is nothing new, and two at once take turns.

    new_kind  the kind that a log gets when there is none yet; an existing log keeps its own
    app_role  PostgreSQL: the role that web, workers and clock use; it gets exactly what they need
    raises    events.errors.Unavailable
    """
    _make_room(config)
    engine = make_engine(config.database_url)
    try:
        with _turn(engine) as connection:
            before = revision(connection)
            command.upgrade(alembic_config(connection), "head")
            after = revision(connection)
            has_log = connection.execute(log.select()).first() is not None
        if not has_log:
            create_log(engine, new_kind)
        if app_role is not None:
            with _turn(engine) as connection:
                _grant(connection, app_role)
        store = LogStore(engine)
        return Migrated(before, after, store.log_id, store.kind)
    finally:
        engine.dispose()


def alembic_config(connection: Connection) -> AlembicConfig:
    """Alembic's own settings, made here rather than read from a file: it works on the given connection."""
    found = AlembicConfig()
    found.set_main_option("script_location", str(_DIRECTORY))
    found.set_main_option("path_separator", "os")
    found.attributes["connection"] = connection
    return found


def revision(connection: Connection) -> str | None:
    """The revision that the database is at; None for a database that was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


@contextmanager
def _turn(engine: Engine) -> Iterator[Connection]:
    with write_transaction(engine) as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(_LOCK)
        yield connection


def _make_room(config: Config) -> None:
    config.data_dir.mkdir(parents=True, exist_ok=True)
    url = make_url(config.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _grant(connection: Connection, role: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    grant_app_role(connection, role)
    quote = connection.dialect.identifier_preparer.quote
    for table in sorted(set(inspect(connection).get_table_names()) - OF_THE_LOG - {"alembic_version"}):
        connection.execute(text(_GRANT_TABLE.format(table=quote(table), role=quote(role))))
    connection.execute(text(_GRANT_REVISION.format(role=quote(role))))
