"""What was acknowledged outlives whatever kills the writers or the server."""

import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from events.append import Appender
from events.append_postgresql import append_arguments
from events.engine import make_engine
from events.envelope import Append, Head, build_leaves
from events.errors import ClockRefused, OutcomeUnknown, Unavailable, WrongVersion
from events.postgresql import PARAMETER_TYPES
from events.store import LogStore
from tests.support.crowd import Acknowledgements, crowd, kill
from tests.support.log import Log, a_fact, an_append, open_log
from tests.support.postgres import Cluster

WRITERS = 4
ENOUGH = 60


def test_killed_writers_lose_nothing_that_sqlite_acknowledged(sqlite_log: Log, tmp_path: Path) -> None:
    acknowledged = Acknowledgements(tmp_path / "acknowledged")
    for round_number in range(1, 4):
        with crowd(WRITERS, lambda index: append_for_ever(sqlite_log, acknowledged, index=index)) as writers:
            wait_for(lambda: len(acknowledged.lines()) >= round_number * ENOUGH)  # noqa: B023 - used up in this round
            for writer in writers:
                kill(writer)
        assert_nothing_lost(sqlite_log, acknowledged)
        sqlite_log.append("after-the-kill")


def test_crashed_postgresql_loses_nothing_that_it_acknowledged(
    spare_cluster: Cluster, spare_url: str, tmp_path: Path
) -> None:
    log = open_log(spare_url)
    acknowledged = Acknowledgements(tmp_path / "acknowledged")
    for round_number in range(1, 3):
        with crowd(WRITERS, lambda index: append_for_ever(log, acknowledged, index=index)):
            wait_for(lambda: len(acknowledged.lines()) >= round_number * ENOUGH)  # noqa: B023 - used up in this round
            spare_cluster.stop(immediate=True)
        spare_cluster.start()
        log.engine.dispose()
        assert_nothing_lost(log, acknowledged)
        fresh = Appender(log.engine)
        acknowledged.note(noted(fresh.append(an_append(log.reader, "after-the-crash")).last_position, log))
        fresh.close()


def test_fold_of_an_event_that_a_crash_removed_is_refused(spare_cluster: Cluster, spare_url: str) -> None:
    """The other half of the proof: without the second commit the same crash does lose an event that others have read,
    and its version comes back with other content. The version alone would accept what was folded from the lost one."""
    log = open_log(spare_url)
    log.append("s", a_fact({"n": 1}))
    lost = append_without_flush(log, an_append(log.reader, "s", a_fact({"n": "lost"})))
    assert log.reader.stream_head("s") == lost
    spare_cluster.stop(immediate=True)
    spare_cluster.start()

    survivors = LogStore(make_engine(spare_url))
    assert [event.data["n"] for event in survivors.read_all()] == [1]
    again = Log("postgresql", survivors, Appender(survivors.engine).append, spare_url, survivors.engine)
    assert again.append("s", a_fact({"n": "other"})).version == lost.version
    with pytest.raises(WrongVersion):
        again.append("s", expected=lost)
    log.engine.dispose()
    survivors.engine.dispose()


def append_without_flush(log: Log, request: Append) -> Head:
    """Run the first half of the procedure alone, as a session would that doesn't wait for the flush."""
    leaves = build_leaves(request, log.reader.log_id)
    inputs = ", ".join(f"%b::{kind}" for kind in PARAMETER_TYPES)
    with psycopg.connect(make_url(log.url).render_as_string(), autocommit=True) as connection:
        connection.execute("SET synchronous_commit = off")
        row = connection.execute(
            f"SELECT status, version, leaf_hash FROM append_now({inputs})".encode(), append_arguments(request, leaves)
        ).fetchone()
    assert row is not None
    assert row[0] == "appended"
    return Head(row[1], row[2])


def append_for_ever(log: Log, acknowledged: Acknowledgements, *, index: int) -> None:
    """Append, note what was acknowledged, send some of it again, note that too; until killed or left alone."""
    try:
        while True:
            request = an_append(log.reader, f"s-{index % 3}", a_fact({"n": index}), *([a_fact()] * (index % 2)))
            for send in (request, request):
                note(log, acknowledged, request=replace(send, recorded_at=log.reader.now()))
    except (OutcomeUnknown, Unavailable):
        os._exit(0)


def note(log: Log, acknowledged: Acknowledgements, *, request: Append) -> None:
    try:
        receipt = log.write(request)
    except (WrongVersion, ClockRefused):
        return
    acknowledged.note(f"{receipt.last_position} {receipt.leaf_hash.hex()}")


def noted(position: int, log: Log) -> str:
    event = log.reader.event_at(position)
    assert event is not None
    return f"{position} {event.leaf_hash.hex()}"


def assert_nothing_lost(log: Log, acknowledged: Acknowledgements) -> None:
    events = LogStore(log.engine).read_all(limit=100_000)
    assert [event.position for event in events] == list(range(1, len(events) + 1))
    leaves = {f"{event.position} {event.leaf_hash.hex()}" for event in events}
    assert set(acknowledged.lines()) <= leaves
    versions: dict[str, int] = {}
    for event in events:
        assert event.version == versions.get(event.stream, 0) + 1
        versions[event.stream] = event.version


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "what was waited for didn't come"
        time.sleep(0.01)
