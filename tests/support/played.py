"""The demo's story, or a part of it, played once into a log that tests copy.

What workers and clock do between two steps is done here in turn, in the player's own process; that separate processes
come to the same end is what tests/scenarios/test_story_survives.py shows.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, Table, insert, select, update

from events.engine import make_engine, truncate_wal, write_transaction
from events.tables import create_log, demo_clock, log, log_metadata
from service import config, db, evidence
from service.config import Config
from service.demo import BEGINS, ENDS, Player, story
from service.demo.people import appoint_holders
from service.demo.programme import adopted_calendar, import_structure
from service.demo.steps import Step
from service.drain import Drain
from service.migrations import upgrade
from service.migrations.schema import whole_metadata
from service.runtime import Runtime
from workflows.facts import Evidence

SIGNER, UNSIGNED = "61.02", "61.71"
PARTIES = frozenset({SIGNER, UNSIGNED})
NOBODY_LISTENS = "redis://127.0.0.1:1/0"
_DATABASE = "kawal.db"


class LonePlayer(Player):
    """Plays without any other process: at rest it does itself what the workers would do."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        self._hands = Drain(runtime)

    def rest(self) -> None:
        """Fold, tell and take what is due until nothing is left."""
        while self._hands.catch_up() + self._hands.tick():
            continue


def settings(folder: Path, url: str | None = None) -> Config:
    """Settings of a log in that folder, or behind that URL, for which no Valkey runs."""
    environment = {"KAWAL_DATA_DIR": str(folder), "REDIS_URL": NOBODY_LISTENS, "KAWAL_DECISION_HOLD_S": "0"}
    return config.load(environment | ({"DATABASE_URL": url} if url else {}))


@contextmanager
def opened(folder: Path, url: str | None = None) -> Iterator[Runtime]:
    """A log that is there, opened as a process would."""
    runtime = Runtime(settings(folder, url))
    try:
        yield runtime
    finally:
        runtime.close()


def play_alone(folder: Path, parties: frozenset[str] | None) -> tuple[Step, ...]:
    """Play the parties' part of the story (None: all of it) into a new demo log in SQLite; the steps."""
    upgrade(settings(folder), new_kind="demo")
    with opened(folder) as runtime:
        runtime.store.set_clock(BEGINS)
        import_structure(runtime)
        appoint_holders(runtime)
        steps = story(adopted_calendar(runtime), parties=parties)
        LonePlayer(runtime).play(steps, until=ENDS)
        truncate_wal(runtime.engine)
    return steps


def a_file(runtime: Runtime) -> tuple[Evidence, ...]:
    """A file that the played log has."""
    with runtime.engine.connect() as connection:
        found = evidence.find(connection, evidence.digests(runtime.engine)[0])
    assert found is not None
    return (found.evidence,)


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a log into which two parties' part was played, one that signed and one that did not: read only."""
    return _played_once(tmp_path_factory, "played", PARTIES)


@pytest.fixture(scope="session")
def whole_story(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a log into which the whole story was played: read only."""
    return _played_once(tmp_path_factory, "whole-story", None)


def _played_once(factory: pytest.TempPathFactory, name: str, parties: frozenset[str] | None) -> Path:
    """The processes of a parallel run share what the first of them played; the others wait for it."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, done = shared / name, shared / f"{name}.done"
    with open(shared / f"{name}.lock", "w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not done.exists():
            play_alone(folder, parties)
            done.touch()
    return folder


def copied(played: Path, folder: Path) -> Path:
    """A copy of a played log that a test may change."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(played / _DATABASE, folder / _DATABASE)
    copied_files(played, folder)
    return folder


def copied_files(played: Path, folder: Path) -> None:
    """A copy of a played log's evidence, where it stands in that folder."""
    shutil.copytree(settings(played).evidence_dir, settings(folder).evidence_dir, dirs_exist_ok=True)


def restored(played: Path, url: str) -> None:
    """Put a played log with all its tables into an empty PostgreSQL database, as a restore would."""
    whole_metadata()
    with opened(played) as source:
        engine = make_engine(url)
        create_log(engine, "demo", source.store.log_id)
        db.create_schema(engine, kind="demo")
        with write_transaction(engine) as connection, source.engine.connect() as reading:
            copy = (table for table in log_metadata.sorted_tables if table is not log)
            for table in (*copy, *db.metadata.sorted_tables):
                _copy(table, reading, connection)
            connection.execute(update(demo_clock).values(reading.execute(select(demo_clock)).one()._asdict()))
        engine.dispose()


def _copy(table: Table, reading: Connection, connection: Connection) -> None:
    rows = [dict(row) for row in reading.execute(select(table)).mappings()]
    if rows:
        connection.execute(insert(table), rows)
