"""Seconds until the demo's story is played, by the processes that `bin/run` starts, and how long each part of it takes.

    python -m bench.demo_load                     a data directory and a port of its own, gone afterwards
    python -m bench.demo_load --party 61.10       one region's part

The floor is as many durable one-row transactions of SQLite, in the same directory, as the story has operations.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from sqlalchemy import func, select

from bench.measure import Result, options, report
from bench.played import settings
from events.tables import event
from service.demo import ENDS, loading
from service.runtime import Runtime

CHECKOUT = Path(__file__).resolve().parent.parent
GIVE_UP_S = 900.0
PHASES = (
    ("the command line starts; programme, offices and holders", datetime(2021, 11, 29, tzinfo=UTC)),
    ("drafts, sign requests and checks", datetime(2021, 12, 6, tzinfo=UTC)),
    ("signatures, and the weeks until January", datetime(2022, 1, 2, tzinfo=UTC)),
    ("start requests", datetime(2022, 1, 21, tzinfo=UTC)),
    ("claims, amendments and exits until June", datetime(2022, 7, 1, tzinfo=UTC)),
    ("the rest, to October", ENDS),
)
"""Each until a moment of demo time, as the log's last event tells it."""


@dataclass(frozen=True, slots=True)
class Load:
    """One load: seconds from the start to the first answer, and of each phase; operations and events in the log."""

    ready_s: float
    phases_s: tuple[float, ...]
    operations: int
    events: int

    @property
    def story_s(self) -> float:
        """All phases."""
        return sum(self.phases_s)


def main() -> None:
    """Load the demo, several times if asked, beside the floor."""
    parser = options(__doc__ or "", rounds=1)
    parser.add_argument("--party", metavar="ID", help="play only this party's part")
    parser.add_argument("--workers", type=int, default=1, help="worker processes")
    arguments = parser.parse_args()
    pairs = []
    for _ in range(arguments.rounds):
        load, floor_s = _load(arguments)
        pairs.append((load, floor_s))
    report(_results(pairs), as_json=arguments.as_json, notes=_notes(pairs[-1][0]))


def _results(pairs: list[tuple[Load, float]]) -> list[Result]:
    whole = _result("play the whole story", [(load.story_s, floor_s) for load, floor_s in pairs])
    phases = [
        _result(f"- {name}", [(load.phases_s[number], floor_s) for load, floor_s in pairs])
        for number, (name, _) in enumerate(PHASES)
    ]
    return [
        whole,
        *phases,
        _result("from the start to the first answer", [(one.ready_s, floor_s) for one, floor_s in pairs]),
    ]


def _result(what: str, pairs: list[tuple[float, float]]) -> Result:
    ratios = sorted(took_s / floor_s for took_s, floor_s in pairs)
    middle = len(ratios) // 2
    return Result(
        what=what,
        floor="as many durable one-row transactions",
        took_s=sorted(took_s for took_s, _ in pairs)[middle],
        floor_s=sorted(floor_s for _, floor_s in pairs)[middle],
        ratio=ratios[middle],
        lowest=ratios[0],
        highest=ratios[-1],
        rounds=len(pairs),
    )


def _notes(load: Load) -> tuple[str, ...]:
    each_ms = load.story_s / load.operations * 1000
    return (f"{load.operations} operations, {load.events} events; {each_ms:.1f} ms an operation, story and workers",)


def _load(arguments: argparse.Namespace) -> tuple[Load, float]:
    with tempfile.TemporaryDirectory(prefix="kawal-bench-") as name:
        folder = Path(name)
        with _running(folder, arguments) as started_at:
            load = _watched(folder, started_at)
        return load, _floor(folder, load.operations)


@contextmanager
def _running(folder: Path, arguments: argparse.Namespace) -> Iterator[float]:
    """`kawal up` on that directory, with its story; ends with the block, and everything with it."""
    environment = {key: os.environ[key] for key in ("HOME", "PATH", "TMPDIR") if key in os.environ}
    environment |= {
        "KAWAL_DATA_DIR": str(folder),
        "KAWAL_PORT": str(_free_port()),
        "KAWAL_WORKERS": str(arguments.workers),
        "PYTHONPATH": str(CHECKOUT),
    }
    kawal = [sys.executable, "-m", "service.cli"]
    begun = time.perf_counter()
    if arguments.party is not None:
        subprocess.run([*kawal, "migrate", "--demo"], env=environment, check=True, stdout=subprocess.DEVNULL)
    with open(folder / "output.txt", "wb") as output:
        seed = [] if arguments.party is not None else ["--demo"]
        up = subprocess.Popen([*kawal, "up", *seed], env=environment, stdout=output, stderr=output)
        story = None
        try:
            if arguments.party is not None:
                _until_ready(folder, begun)
                play = [*kawal, "demo", "play", "--party", arguments.party]
                story = subprocess.Popen(play, env=environment, stdout=output, stderr=output)
            yield begun
        finally:
            for process in (story, up):
                if process is not None and process.poll() is None:
                    process.send_signal(signal.SIGTERM)
                    process.wait(60)


def _until_ready(folder: Path, begun: float) -> None:
    while "kawal is ready" not in (folder / "output.txt").read_text(errors="replace"):
        _give_up_after(begun, folder)
        time.sleep(0.02)


def _watched(folder: Path, begun: float) -> Load:
    """What an onlooker sees: the demo time of the log's last event, and the row that says that the story is done."""
    _until_ready(folder, begun)
    ready_s = time.perf_counter() - begun
    runtime = Runtime(settings(folder))
    reached = [time.perf_counter()]
    try:
        while len(reached) <= len(PHASES):
            _give_up_after(begun, folder)
            passed = _phases_passed(runtime)
            reached += [time.perf_counter()] * (passed + 1 - len(reached))
            time.sleep(0.05)
        counted = _counted(runtime)
    finally:
        runtime.close()
    return Load(ready_s, tuple(end - start for start, end in pairwise(reached)), *counted)


def _phases_passed(runtime: Runtime) -> int:
    found, head = loading(runtime.engine), runtime.store.log_head()
    if found is not None and found.finished_at is not None:
        return len(PHASES)
    return 0 if head is None else sum(head.known_at >= until for _, until in PHASES[:-1])


def _counted(runtime: Runtime) -> tuple[int, int]:
    with runtime.engine.connect() as connection:
        operations = connection.execute(select(func.count(event.c.request_hash))).scalar_one()
        events = connection.execute(select(func.count()).select_from(event)).scalar_one()
    return operations, events


def _floor(folder: Path, operations: int) -> float:
    """Seconds of that many transactions of one row each, durable like the log's."""
    with closing(sqlite3.connect(folder / "floor.db", isolation_level=None)) as plain:
        plain.execute("PRAGMA journal_mode = WAL")
        plain.execute("PRAGMA synchronous = FULL")
        plain.execute("CREATE TABLE row (n INTEGER PRIMARY KEY, body BLOB NOT NULL)")
        body = bytes(1_000)
        begun = time.perf_counter()
        for n in range(operations):
            plain.execute("BEGIN IMMEDIATE")
            plain.execute("INSERT INTO row VALUES (?, ?)", (n, body))
            plain.execute("COMMIT")
        return time.perf_counter() - begun


def _give_up_after(begun: float, folder: Path) -> None:
    if time.perf_counter() - begun > GIVE_UP_S:
        end = (folder / "output.txt").read_text(errors="replace")[-2_000:]
        raise SystemExit(f"not loaded within {GIVE_UP_S:.0f} s; the processes said:\n{end}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    main()
