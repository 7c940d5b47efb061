"""Read models and telling: the fold of the log on both time axes, once, whoever works, dies or loses its jobs."""

from __future__ import annotations

import fcntl
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Table, delete, select, text

from events.engine import write_transaction
from events.subscriptions import checkpoints, run_batch, start_checkpoint
from events.tables import checkpoint
from service import reactions
from service.catalog import commitment_stream
from service.cli.root import kawal
from service.demo.material import COORDINATOR
from service.drain import Drain
from service.notifications.tables import delivery, notice
from service.queue import open_queue
from service.read_models.commitment_queries import Past, list_past_commitments
from service.read_models.commitments import Commitments, commitment_table, state_known_table, state_true_table
from service.read_models.histories import Histories
from service.read_models.model import History, Key, Row, Rows, differences, key_of
from service.read_models.projection import MODELS, projections
from service.read_models.scope import Scope, scope_of
from service.replaying import AsOf, history_as_of
from service.runtime import Runtime
from service.verification import verify
from tests.support.comparing import deliveries_of, notices_of, views_of
from tests.support.crowd import in_threads
from tests.support.databases import ENGINES
from tests.support.importing import ask
from tests.support.played import NOBODY_LISTENS, a_file, copied, copied_files, opened, restored
from tests.support.processes import Up, environment, eventually
from tests.support.valkey import config_for
from workflows.commands import OpenRequest
from workflows.commitment import Recorded, replay
from workflows.context import Acting

SECOND = timedelta(seconds=1)
TELLING = (reactions.NAME, reactions.VERSION)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Told:
    """A played log, read once: what it says of each commitment, and the moments at which anything changed."""

    runtime: Runtime
    histories: dict[str, list[Recorded]]
    scope: Scope
    head: int
    moments: list[datetime]


@pytest.fixture(scope="module")
def log(played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    with opened(copied(played, tmp_path_factory.mktemp("as-of"))) as runtime:
        streams = runtime.store.streams("commitment-")
        histories = {stream.removeprefix("commitment-"): runtime.history(stream[11:]) for stream in streams}
        facts = [event for events in histories.values() for event in events]
        moments = sorted({moment for one in facts for moment in (one.recorded_at, one.valid_at)})
        directory = runtime.basis(fresh=True).directory
        scope = scope_of(directory, COORDINATOR, on=runtime.now().date(), private=())
        yield Told(runtime, histories, scope, max(one.position for one in facts), moments)


def positions(log: Told) -> st.SearchStrategy[int]:
    return st.integers(0, log.head + 3)


def moments(log: Told) -> st.SearchStrategy[datetime]:
    """Moments at, right before and right after a change, and any between."""
    tick = timedelta(microseconds=1)
    between = st.datetimes(
        log.moments[0].replace(tzinfo=None) - SECOND, log.moments[-1].replace(tzinfo=None), timezones=st.just(UTC)
    )
    return between | st.builds(lambda at, by: at + by * tick, st.sampled_from(log.moments), st.integers(-1, 1))


def state_of(events: list[Recorded]) -> str | None:
    state = replay(events)
    return None if state is None else state.state


@FEW
@given(data=st.data())
def test_the_state_that_was_known_at_a_position_is_the_fold_of_that_prefix(log: Told, data: st.DataObject) -> None:
    at = data.draw(positions(log))
    prefixes = {name: [one for one in events if one.position <= at] for name, events in log.histories.items()}
    assert listed(log, Past(position=at)) == folded(prefixes)


@settings(FEW, max_examples=25)
@given(data=st.data())
def test_the_state_that_was_true_at_a_moment_is_the_fold_of_what_was_true(log: Told, data: st.DataObject) -> None:
    on = data.draw(moments(log))
    true = {name: history_as_of(log.runtime, name, AsOf(true_on=on)) for name in log.histories}
    assert listed(log, Past(true_on=on)) == folded(true)


@settings(FEW, max_examples=15)
@given(data=st.data())
def test_both_axes_at_once_are_the_fold_of_what_was_known_to_be_true(log: Told, data: st.DataObject) -> None:
    at, on = data.draw(positions(log)), data.draw(moments(log))
    both = {name: history_as_of(log.runtime, name, AsOf(position=at, true_on=on)) for name in log.histories}
    assert listed(log, Past(position=at, true_on=on)) == folded(both)


def listed(log: Told, past: Past) -> dict[str, str]:
    """What the read model answers, in one query."""
    with log.runtime.engine.connect() as connection:
        found = list_past_commitments(connection, log.scope, past, limit=None)
    assert len({one.commitment for one in found}) == len(found)
    return {one.commitment: one.state for one in found}


def folded(histories: dict[str, list[Recorded]]) -> dict[str, str]:
    states = {name: state_of(events) for name, events in histories.items()}
    return {name: state for name, state in states.items() if state is not None}


@FEW
@given(data=st.data())
def test_what_was_known_stays_known_however_long_the_log_grows(log: Told, data: st.DataObject) -> None:
    """Intervals built from a prefix say of every earlier position what those of the whole log say."""
    name = data.draw(st.sampled_from(sorted(log.histories)))
    events = log.histories[name]
    prefix = events[: data.draw(st.integers(1, len(events)))]
    early, late = (rows_of(some)[state_known_table] for some in (prefix, events))
    at = data.draw(st.integers(0, prefix[-1].position))
    assert [row["state"] for row in early if covers(row, at)] == [row["state"] for row in late if covers(row, at)]
    assert [row["to_position"] for row in early].count(None) == 1


@FEW
@given(data=st.data())
def test_the_intervals_of_any_prefix_neither_overlap_nor_leave_a_gap(log: Told, data: st.DataObject) -> None:
    events = log.histories[data.draw(st.sampled_from(sorted(log.histories)))]
    rows = rows_of(events[: data.draw(st.integers(1, len(events)))])
    for table, start, end in (
        (state_known_table, "from_position", "to_position"),
        (state_true_table, "from_at", "to_at"),
    ):
        spans = [(row[start], row[end]) for row in rows[table]]
        assert [end for _, end in spans] == [*(start for start, _ in spans[1:]), None]
        assert [start for start, _ in spans] == sorted(start for start, _ in spans)


@FEW
@given(data=st.data())
def test_batches_cut_anywhere_write_what_one_fold_of_all_would(log: Told, data: st.DataObject) -> None:
    events = log.histories[data.draw(st.sampled_from(sorted(log.histories)))]
    cuts = sorted(data.draw(st.sets(st.integers(1, len(events)))) | {len(events)})
    model = data.draw(st.sampled_from(MODELS))
    tables: dict[Table, dict[Key, Row]] = {table: {} for table in model.tables}
    before: Rows = {}
    for cut in cuts:
        after = model.rows(history(events[:cut]))
        for one in differences(before, after):
            for key in one.gone:
                del tables[one.table][key]
            tables[one.table] |= {key_of(one.table, row): row for row in (*one.new, *one.changed)}
        before = after
    assert tables == {table: {key_of(table, row): row for row in rows} for table, rows in before.items()}


def history(events: list[Recorded]) -> History:
    state = replay(events)
    assert state is not None
    return History(events, state)


def rows_of(events: list[Recorded]) -> Rows:
    return Commitments().rows(history(events))


def covers(row: Row, at: int) -> bool:
    start, end = row["from_position"], row["to_position"]
    assert isinstance(start, int)
    return start <= at and (end is None or at < end)


@dataclass(frozen=True)
class Unfolded:
    """A log with everything in it, of which no worker has seen anything yet."""

    folder: Path
    url: str | None
    open: Callable[[], Runtime]


@pytest.fixture(params=ENGINES)
def unfolded(request: pytest.FixtureRequest, played: Path, tmp_path: Path) -> Iterator[Unfolded]:
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        restored(played, url)
        copied_files(played, tmp_path)
    else:
        copied(played, tmp_path)
    with opened(tmp_path, url) as runtime:
        with write_transaction(runtime.engine) as connection:
            for table in (delivery, notice, *(table for model in MODELS for table in model.tables), checkpoint):
                connection.execute(delete(table))
            # Telling too stands at the beginning, as in a log that a worker follows from its first event.
            for name, version in (*((model.name, model.version) for model in MODELS), TELLING):
                start_checkpoint(connection, name, version)
        yield Unfolded(tmp_path, url, lambda: runtime)


def check_whole(runtime: Runtime, played: Path) -> None:
    """Read models agree with the log, and everybody was told exactly once what they were told in the play."""
    head = runtime.store.log_head()
    assert head is not None
    report = verify(runtime)
    assert report.agrees, report.findings[:5]
    with runtime.engine.connect() as connection:
        assert {one.position for one in checkpoints(connection)} == {head.position}
    with opened(played) as reference:
        assert views_of(runtime) == views_of(reference)
        assert notices_of(runtime) == notices_of(reference)
        assert [row[:-1] for row in deliveries_of(runtime)] == [row[:-1] for row in deliveries_of(reference)]


def test_workers_that_drain_at_once_apply_every_event_once(unfolded: Unfolded, played: Path) -> None:
    with opened(unfolded.folder, unfolded.url) as other:
        workers = (unfolded.open(), other)
        in_threads(4, lambda number: drain_in_small_batches(workers[number % 2], 40 + number))
        check_whole(other, played)


def drain_in_small_batches(runtime: Runtime, size: int) -> None:
    histories = Histories(runtime.store)
    subscriptions = (*projections(histories), reactions.Telling(runtime, histories))
    while sum(run_batch(runtime.engine, runtime.store, one, limit=size).applied for one in subscriptions):
        continue


def test_a_worker_killed_amid_its_batch_leaves_nothing_half_done(unfolded: Unfolded, played: Path) -> None:
    runtime = unfolded.open()
    for _ in range(2):
        worker = start_worker(unfolded)
        try:
            await_writing(unfolded, worker)
        finally:
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        assert verify(runtime).agrees
        assert len(set(stands(runtime).values())) == 1
    Drain(runtime).catch_up()
    check_whole(runtime, played)


def start_worker(unfolded: Unfolded) -> subprocess.Popen[bytes]:
    """A process that does what a worker's job does, and ends."""
    more = {"REDIS_URL": NOBODY_LISTENS} | ({"DATABASE_URL": unfolded.url} if unfolded.url else {})
    program = "from service.jobs import drain; drain()"
    return subprocess.Popen([sys.executable, "-c", program], env=environment(unfolded.folder, 1, more))


def await_writing(unfolded: Unfolded, worker: subprocess.Popen[bytes]) -> None:
    """Return as soon as the worker is inside a write transaction."""
    is_writing = holds_the_lock if unfolded.url is None else has_written
    while worker.poll() is None and not is_writing(unfolded):
        time.sleep(0.001)


def holds_the_lock(unfolded: Unfolded) -> bool:
    with open(unfolded.folder / "kawal.db.lock", "a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def has_written(unfolded: Unfolded) -> bool:
    """Whether another backend has a transaction that wrote."""
    query = text(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_xid IS NOT NULL"
    )
    with unfolded.open().engine.connect() as connection:
        return bool(connection.execute(query).scalar_one())


def test_without_valkey_writes_go_on_and_views_follow_when_a_worker_comes(played: Path, tmp_path: Path) -> None:
    with opened(copied(played, tmp_path)) as runtime:
        begun = time.monotonic()
        written = ask_to_cancel(runtime, "61.05")
        assert time.monotonic() - begun < 5
        assert not runtime.queue.is_reachable()
        assert set(stands(runtime).values()) == {written - 3}
        Drain(runtime).run()
        assert set(stands(runtime).values()) == {written}


@pytest.mark.serial
def test_losing_every_job_only_delays(played: Path, tmp_path: Path) -> None:
    """The writer's wake-ups reach nobody, and Valkey is emptied again and again: the clock's own round finds all."""
    folder = copied(played, tmp_path / "data")
    with Up(folder) as up, opened(folder) as runtime:
        up.wait_ready()
        for party in ("61.05", "61.03", "61.72"):
            written = ask_to_cancel(runtime, party)
            flush(up)
            eventually(lambda position=written: set(stands(runtime).values()) == {position}, 20, up.output)
        assert verify(runtime).agrees
        # Valkey forgot who works for it: they sign on again.
        eventually(lambda: open_queue(config_for(folder)).workers() == 1, 20, up.output)


def flush(up: Up) -> None:
    open_queue(config_for(up.data_dir)).connection.flushall()


def stands(runtime: Runtime) -> dict[str, int]:
    with runtime.engine.connect() as connection:
        return {one.name: one.position for one in checkpoints(connection)}


def ask_to_cancel(runtime: Runtime, party: str) -> int:
    """The province asks to cancel a draft of that party; the log's last position then."""
    with runtime.engine.connect() as connection:
        query = select(commitment_table.c.commitment).where(
            commitment_table.c.party == party, commitment_table.c.open_request.is_(None)
        )
        commitment = connection.execute(query.limit(1)).scalar_one()
    holder = runtime.basis(fresh=True).directory.holders(COORDINATOR, runtime.now().date())[0]
    why = OpenRequest("cancel", "digabung", "Digabung dengan program lain.", a_file(runtime))
    ask(runtime, why, commitment_stream(commitment), by=Acting(COORDINATOR, holder.person, holder.capacity))
    head = runtime.store.log_head()
    assert head is not None
    return head.position


def test_a_new_logs_first_facts_are_told_however_late_the_first_worker_comes(tmp_path: Path) -> None:
    """Migrating makes the log, and telling begins with it, not with the first job that happens to run."""
    made = CliRunner().invoke(kawal, ["migrate"], env={"KAWAL_DATA_DIR": str(tmp_path)})
    assert made.exit_code == 0, made.output
    with opened(tmp_path) as runtime:
        assert stands(runtime) == {reactions.NAME: 0}
