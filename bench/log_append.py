"""How fast the log appends, as a ratio to the least that the same database must do for a durable row.

The floor is a single-row INSERT of the same size in a transaction of its own, by the bare driver. Floor and append
alternate in short rounds, so that a change of the machine's mood hits both; what is printed is the median of ratios.

    python -m bench.log_append --engine sqlite
    python -m bench.log_append --engine postgresql [--url postgresql://...]

PostgreSQL without --url is the embedded one, flushing for real.
"""

import argparse
import multiprocessing
import os
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from events.append import Appender
from events.engine import make_engine, write_queue
from events.envelope import EMPTY, Actor, Append, NewEvent
from events.store import LogStore
from events.tables import create_log
from tests.support.postgres import Cluster

ACTOR = Actor(office="61.01.sekda", person="p-7", capacity="definitive", on_behalf_of=None, signin="password:s-1")
BODY = b"x" * 700
Step = Callable[[], None]
FORK = multiprocessing.get_context("fork")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], required=True)
    parser.add_argument("--url", help="an empty PostgreSQL database to measure in")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seconds", type=float, default=1.0, help="of each half of a round")
    parser.add_argument("--directory", help="where SQLite's file stands (default: a temporary directory)")
    arguments = parser.parse_args()
    with database(arguments.engine, arguments.url, directory=arguments.directory) as url:
        create_log(make_engine(url), "real")
        for clients in (1, 8):
            measure(url, clients, rounds=arguments.rounds, seconds=arguments.seconds)


def measure(url: str, clients: int, *, rounds: int, seconds: float) -> None:
    """Alternate floor and append with this many client processes, and print the median rates and their ratio."""
    pairs = [
        (
            rate(lambda _: floor(url), clients, seconds=seconds),
            rate(lambda index: append(url, index), clients, seconds=seconds),
        )
        for _ in range(rounds)
    ]
    ratio = statistics.median(done / least for least, done in pairs)
    least, done = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"{clients} client(s): floor {least:7.0f}/s  append {done:7.0f}/s  ratio {ratio:.2f}  ({rounds} rounds)")


def rate(client: Callable[[int], Step], clients: int, *, seconds: float) -> float:
    """Run each client's step over and over in a process of its own, and give how many were done a second."""
    counts, start = FORK.Queue(), FORK.Barrier(clients)

    def work(index: int) -> None:
        step, count = client(index), 0
        step()
        start.wait()
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            step()
            count += 1
        counts.put(count / (time.perf_counter() - began))

    processes = [FORK.Process(target=work, args=(index,)) for index in range(clients)]
    for process in processes:
        process.start()
    total = sum(counts.get(timeout=seconds + 60) for _ in processes)
    for process in processes:
        process.join()
    return float(total)


def append(url: str, index: int) -> Step:
    """Give one client's append: a stream of its own, the head kept from the last answer."""
    engine = make_engine(url)
    store, appender = LogStore(engine), Appender(engine)
    stream, fact = (
        f"bench-{index}-{os.getpid()}",
        NewEvent("request-approved", 1, {"request": "r-1", "note": "n" * 120}),
    )
    head, at, number = EMPTY, store.now(), 0

    def step() -> None:
        nonlocal head, at, number
        at, number = max(at, store.now()), number + 1
        key = f"http:61.01.sekda:p-7:{stream}:{number}"
        head = appender.append(Append(stream, head, (fact,), ACTOR, key, b"\x01" * 32, at, None)).head

    return step


def floor(url: str) -> Step:
    """Give the least that one durable row costs."""
    return sqlite_floor(url) if url.startswith("sqlite") else postgresql_floor(url)


def sqlite_floor(url: str) -> Step:
    """One INSERT in a transaction of its own, in the same fair queue: without it eight writers starve each other."""
    engine = make_engine(url)
    connection = sqlite3.connect(str(make_url(url).database), isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA busy_timeout = 5000")
    connection.execute("CREATE TABLE IF NOT EXISTS floor (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def step() -> None:
        with write_queue(engine):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO floor (body) VALUES (?)", (BODY,))
            connection.execute("COMMIT")

    return step


def postgresql_floor(url: str) -> Step:
    """One INSERT by a bare psycopg connection in autocommit."""
    conninfo = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg.connect(conninfo, autocommit=True)
    connection.execute("CREATE TABLE IF NOT EXISTS floor (id bigserial PRIMARY KEY, body bytea NOT NULL)")
    cursor = connection.cursor(binary=True)

    def step() -> None:
        cursor.execute("INSERT INTO floor (body) VALUES (%b)", (BODY,))

    return step


@contextmanager
def database(engine: str, url: str | None, *, directory: str | None) -> Iterator[str]:
    """Give the database to measure in, and take it away again."""
    if engine == "sqlite":
        with tempfile.TemporaryDirectory(dir=directory) as home:
            yield f"sqlite:///{Path(home) / 'log.db'}"
        return
    if url is not None:
        yield url
        return
    cluster = Cluster(fsync="on", wal_writer_delay="200ms")
    try:
        cluster.start()
        yield cluster.url()
    finally:
        cluster.remove()


if __name__ == "__main__":
    main()
