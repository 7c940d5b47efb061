"""A log with the demo's story in it, to measure on: played here once, or copied from a data directory."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from service import config
from service.config import Config
from service.demo import BEGINS, ENDS, Player, story
from service.demo.people import appoint_holders
from service.demo.programme import adopted_calendar, import_structure
from service.drain import Drain
from service.migrations import upgrade
from service.runtime import Runtime

NOBODY_LISTENS = "redis://127.0.0.1:1/0"
_DATABASE = "kawal.db"


class LonePlayer(Player):
    """Plays without any other process: at rest it does itself what the workers would do, but for mail."""

    def __init__(self, runtime: Runtime) -> None:
        super().__init__(runtime)
        self._hands = Drain(runtime)

    def rest(self) -> None:
        """Fold, tell and take what is due until nothing is left."""
        while self._hands.catch_up() + self._hands.tick():
            continue


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where the log comes from and where its copy is."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="copy this data directory's SQLite log; else play one")
    parser.add_argument("--party", action="append", metavar="ID", help="play only this party's part; may be repeated")
    parser.add_argument("--memory", action="store_true", help="work in /dev/shm instead of the temporary directory")


@contextmanager
def played(arguments: argparse.Namespace) -> Iterator[Runtime]:
    """A log of its own to measure on, gone afterwards; what it was copied from is only read."""
    with tempfile.TemporaryDirectory(prefix="kawal-bench-", dir="/dev/shm" if arguments.memory else None) as name:
        folder = Path(name)
        if arguments.data is not None:
            _copy(arguments.data / _DATABASE, folder / _DATABASE)
        else:
            _play(folder, frozenset(arguments.party) if arguments.party else None)
        runtime = Runtime(settings(folder))
        try:
            yield runtime
        finally:
            runtime.close()


def settings(folder: Path) -> Config:
    """Settings of a log in SQLite for which no Valkey runs."""
    return config.load({"KAWAL_DATA_DIR": str(folder), "REDIS_URL": NOBODY_LISTENS})


def copy_of(runtime: Runtime, folder: Path) -> Runtime:
    """The same log, copied once more, to change its read models freely."""
    folder.mkdir(parents=True, exist_ok=True)
    _copy(Path(str(runtime.engine.url.database)), folder / _DATABASE)
    return Runtime(settings(folder))


def _play(folder: Path, parties: frozenset[str] | None) -> None:
    upgrade(settings(folder), new_kind="demo")
    runtime = Runtime(settings(folder))
    try:
        runtime.store.set_clock(BEGINS)
        import_structure(runtime)
        appoint_holders(runtime)
        LonePlayer(runtime).play(story(adopted_calendar(runtime), parties=parties), until=ENDS)
    finally:
        runtime.close()


def _copy(source: Path, target: Path) -> None:
    """By SQLite itself, so that a log in use is copied whole, its write-ahead part too."""
    if not source.exists():
        raise SystemExit(f"there is no log at {source}")
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
    shutil.copystat(source, target)
