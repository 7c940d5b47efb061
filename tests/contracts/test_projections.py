"""What a read model may rely on in both databases: every event once, in order, whoever tries."""

import os
import signal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, Text, delete, insert, select, update

from events.engine import write_transaction
from events.envelope import Event
from events.errors import BrokenLog, Unavailable, UnknownType
from events.subscriptions import (
    Checkpoint,
    Failure,
    compare_and_set,
    failures,
    read_checkpoint,
    reset_checkpoint,
    run_batch,
    start_checkpoint,
)
from events.tables import checkpoint
from events.together import run_together
from tests.support.crowd import crowd, in_processes, in_threads
from tests.support.log import Log, a_fact

NOON = datetime(2022, 10, 17, 12, 0, tzinfo=UTC)
tables = MetaData()
tally = Table(
    "tally",
    tables,
    Column("stream", Text, primary_key=True),
    Column("seen", Integer, nullable=False),
    Column("total", Integer, nullable=False),
)


@dataclass
class Tally:
    """Counts each stream's events and sums their numbers; fails where it is told to."""

    name: str = "tally"
    version: int = 1
    partition: Literal["stream", "log"] = "stream"
    fails_at: int | None = None
    error: Exception | None = None
    dies_while_writing: bool = False

    def prepare(self, events: Sequence[Event], connection: Connection) -> dict[str, tuple[int, int]]:
        rows = connection.execute(select(tally.c.stream, tally.c.seen, tally.c.total))
        sums = {row.stream: (row.seen, row.total) for row in rows}
        changed = {}
        for event in events:
            if event.position == self.fails_at:
                raise self.error or ValueError(f"can't count {event.position}")
            count, total = sums.get(event.stream, (0, 0))
            number = event.data.get("n", 0)
            assert isinstance(number, int)
            changed[event.stream] = sums[event.stream] = (count + 1, total + number)
        return changed

    def write(self, connection: Connection, changes: dict[str, tuple[int, int]]) -> None:
        connection.execute(delete(tally).where(tally.c.stream.in_(changes)))
        if self.dies_while_writing:
            os.kill(os.getpid(), signal.SIGKILL)
        rows = [{"stream": stream, "seen": count, "total": total} for stream, (count, total) in changes.items()]
        connection.execute(insert(tally), rows)


@pytest.fixture
def log(database_log: Log) -> Log:
    """A real log with the read model's table beside it."""
    with write_transaction(database_log.engine) as connection:
        tables.create_all(connection)
    return database_log


def test_read_model_equals_the_fold_of_the_log(log: Log) -> None:
    fill(log, 7)
    result = run_batch(log.engine, log.reader, Tally())
    assert (result.applied, result.position, result.failure) == (7, 7, None)
    assert rows(log) == folded(log)

    fill(log, 3)
    assert [run_batch(log.engine, log.reader, Tally(), limit=2).applied for _ in range(3)] == [2, 1, 0]
    assert rows(log) == folded(log)
    head = log.reader.log_head()
    assert head is not None
    assert stands(log) == Checkpoint("tally", 1, head.position, 3, head.leaf_hash)


def test_workers_in_threads_never_apply_an_event_twice(log: Log) -> None:
    def work(index: int) -> None:
        if index == 0:
            fill(log, 25)
        for _ in range(20):
            run_batch(log.engine, log.reader, Tally(), limit=3)

    in_threads(4, work)
    drain(log)
    assert rows(log) == folded(log)


def test_workers_in_processes_never_apply_an_event_twice(log: Log) -> None:
    fill(log, 40)
    in_processes(4, lambda _: drain(log, limit=2))
    assert rows(log) == folded(log)
    assert stands(log).revision == 20


def test_worker_killed_between_fold_and_commit_leaves_nothing_behind(log: Log) -> None:
    fill(log, 5)
    run_batch(log.engine, log.reader, Tally(), limit=2)
    before = rows(log), stands(log)

    def die(_: int) -> None:
        run_batch(log.engine, log.reader, Tally(dies_while_writing=True))

    with crowd(1, die) as workers:
        workers[0].join(timeout=20)
        assert workers[0].exitcode == -signal.SIGKILL

    assert (rows(log), stands(log)) == before
    drain(log)
    assert rows(log) == folded(log)


def test_change_that_does_not_move_the_position_is_not_lost(log: Log) -> None:
    """A batch folds on rows that a retry changes meanwhile: the position alone would let it overwrite them."""
    fill(log, 2, stream="s")
    drain(log)
    fill(log, 1, stream="s")
    with log.engine.connect() as connection:
        seen = read_checkpoint(connection, "tally", 1)
        assert seen is not None
        stale = Tally().prepare(log.reader.read_all(seen.position), connection)

    with write_transaction(log.engine) as retry:
        assert compare_and_set(retry, seen, seen.position, seen.leaf_hash)
        retry.execute(update(tally).values(total=tally.c.total + 100))
    with write_transaction(log.engine) as late:
        assert not compare_and_set(late, seen, seen.position + 1, b"")
    assert stale["s"][0] == 3

    drain(log)
    assert rows(log)["s"] == (3, folded(log)["s"][1] + 100)


def test_event_that_fails_halts_the_read_model_before_it(log: Log) -> None:
    fill(log, 9)
    broken = Tally(fails_at=6)
    results = [run_batch(log.engine, log.reader, broken, now=NOON) for _ in range(4)]

    assert sum(result.applied for result in results) == 5
    assert stands(log).position == 5
    failure = Failure("tally", 1, 6, "ValueError: can't count 6", 1, NOON, NOON + timedelta(seconds=5))
    assert results[-1].failure == failure
    assert shown(log) == [failure]
    assert rows(log) == folded(log, up_to=5)


def test_halted_read_model_is_tried_again_with_growing_patience(log: Log) -> None:
    fill(log, 2)
    broken, now, waits = Tally(fails_at=1), NOON, []
    for _ in range(9):
        failure = run_batch(log.engine, log.reader, broken, now=now).failure
        assert failure is not None
        waits.append((failure.retry_at - now).seconds)
        early = run_batch(log.engine, log.reader, Tally(), now=failure.retry_at - timedelta(seconds=1))
        assert (early.applied, early.failure) == (0, failure)
        now = failure.retry_at
    assert waits == [5, 10, 20, 40, 80, 160, 300, 300, 300]

    assert run_batch(log.engine, log.reader, Tally(), now=now).applied == 2
    assert shown(log) == []
    assert rows(log) == folded(log)


def test_unknown_event_halts_like_any_other_failure(log: Log) -> None:
    fill(log, 3)
    broken = Tally(fails_at=2, error=UnknownType("request-approved", 9))
    for _ in range(3):
        run_batch(log.engine, log.reader, broken, now=NOON)
    assert [failure.position for failure in shown(log)] == [2]
    assert "request-approved" in shown(log)[0].error


def test_database_that_can_not_answer_is_no_fault_of_the_event(log: Log) -> None:
    fill(log, 2)
    for error in (Unavailable(1, "locked"), OSError("no space"), MemoryError()):
        with pytest.raises(type(error)):
            run_batch(log.engine, log.reader, Tally(fails_at=1, error=error))
    assert shown(log) == []
    assert run_batch(log.engine, log.reader, Tally()).applied == 2


def test_checkpoint_on_a_vanished_event_is_a_broken_log(log: Log) -> None:
    fill(log, 3)
    drain(log)
    with write_transaction(log.engine) as connection:
        connection.execute(update(checkpoint).values(leaf_hash=b"\x00" * 32))
    fill(log, 1)
    with pytest.raises(BrokenLog) as broken:
        run_batch(log.engine, log.reader, Tally())
    assert broken.value.position == 3


def test_reset_read_model_is_built_again_from_the_beginning(log: Log) -> None:
    fill(log, 4)
    drain(log)
    with write_transaction(log.engine) as connection:
        connection.execute(delete(tally))
        reset_checkpoint(connection, "tally", 1)
    assert stands(log).revision == 2
    drain(log)
    assert rows(log) == folded(log)


def test_reaction_starts_at_the_head_and_never_sees_the_past(log: Log) -> None:
    fill(log, 4)
    head = log.reader.log_head()
    assert head is not None
    with write_transaction(log.engine) as connection:
        started = start_checkpoint(connection, "tally", 1, position=head.position, leaf_hash=head.leaf_hash)
        assert start_checkpoint(connection, "tally", 1) == started
    fill(log, 2)
    drain(log)
    assert sum(count for count, _ in rows(log).values()) == 2


def test_read_models_that_go_together_each_hold_what_they_would_alone(log: Log) -> None:
    fill(log, 5)
    first, second = Tally(), Tally(name="checkpoint-only", fails_at=None)
    assert run_together(log.engine, log.reader, [first]) is None, "it has no checkpoint yet"
    run_batch(log.engine, log.reader, first, limit=2)
    assert run_together(log.engine, log.reader, [first]) == 3
    assert run_together(log.engine, log.reader, [first]) == 0
    assert rows(log) == folded(log)
    assert run_together(log.engine, log.reader, [first, second]) is None


def test_failure_together_is_left_to_each_alone(log: Log) -> None:
    fill(log, 2)
    drain(log)
    fill(log, 2)
    for error in (ValueError("broken"), UnknownType("request-approved", 9)):
        assert run_together(log.engine, log.reader, [Tally(fails_at=4, error=error)]) is None
    assert stands(log).position == 2


def fill(log: Log, count: int, *, stream: str | None = None) -> None:
    for number in range(count):
        log.append(stream or f"s-{number % 3}", a_fact({"n": number + 1}))


def drain(log: Log, *, limit: int = 5000) -> None:
    while run_batch(log.engine, log.reader, Tally(), limit=limit).applied:
        pass


def rows(log: Log) -> dict[str, tuple[int, int]]:
    with log.engine.connect() as connection:
        return {
            row.stream: (row.seen, row.total)
            for row in connection.execute(select(tally.c.stream, tally.c.seen, tally.c.total))
        }


def folded(log: Log, *, up_to: int | None = None) -> dict[str, tuple[int, int]]:
    sums: dict[str, tuple[int, int]] = {}
    for event in log.reader.read_all(limit=10_000, up_to=up_to):
        count, total = sums.get(event.stream, (0, 0))
        number = event.data["n"]
        assert isinstance(number, int)
        sums[event.stream] = (count + 1, total + number)
    return sums


def stands(log: Log) -> Checkpoint:
    with log.engine.connect() as connection:
        found = read_checkpoint(connection, "tally", 1)
    assert found is not None
    return found


def shown(log: Log) -> list[Failure]:
    with log.engine.connect() as connection:
        return failures(connection)
