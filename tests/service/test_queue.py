import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from service.clockwork import pace
from service.embedded import EmbeddedValkey
from service.queue import DRAIN, TICK, JobQueue, open_queue
from tests.support.processes import environment, eventually
from tests.support.valkey import config_for, running_queue, running_valkey


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[JobQueue]:
    with running_queue(tmp_path / "data") as opened:
        yield opened


def waiting(queue: JobQueue) -> int:
    return queue.connection.llen("rq:queue:kawal")


def test_many_wake_ups_are_one_job(queue: JobQueue) -> None:
    assert all(queue.wake(DRAIN) for _ in range(50))
    assert waiting(queue) == 1


def test_a_job_that_began_lets_the_next_wake_up_through(queue: JobQueue) -> None:
    queue.wake(DRAIN)
    queue.begin(DRAIN)
    queue.wake(DRAIN)
    assert waiting(queue) == 2


def test_wake_ups_of_different_jobs_do_not_hide_each_other(queue: JobQueue) -> None:
    queue.wake(DRAIN)
    queue.wake(TICK)
    assert waiting(queue) == 2


def test_an_insisting_wake_up_ignores_the_flag_but_never_fills_the_queue(queue: JobQueue) -> None:
    for _ in range(100):
        queue.wake(DRAIN, again=True)
    assert waiting(queue) == 20


def test_a_flag_whose_job_was_lost_expires(queue: JobQueue) -> None:
    queue.wake(DRAIN)
    assert 0 < queue.connection.ttl("kawal:pending:service.jobs.drain") <= 10


def test_without_valkey_every_call_answers_soon_and_says_no(tmp_path: Path) -> None:
    queue = open_queue(config_for(tmp_path))
    begun = time.monotonic()
    assert not queue.wake(DRAIN)
    assert not queue.enqueue(DRAIN)
    assert not queue.beat(datetime.now(UTC))
    assert queue.last_beat() is None
    assert not queue.is_reachable()
    queue.begin(DRAIN)
    assert time.monotonic() - begun < 1


def test_a_valkey_that_hangs_costs_a_writer_half_a_second(tmp_path: Path) -> None:
    with running_valkey(tmp_path) as server:
        pid = server.start().pid
        queue = open_queue(config_for(tmp_path))
        assert queue.is_reachable()
        os.kill(pid, signal.SIGSTOP)
        try:
            begun = time.monotonic()
            assert not queue.wake(DRAIN)
            assert time.monotonic() - begun < 2
        finally:
            os.kill(pid, signal.SIGCONT)


def test_the_clock_ticks_and_drains_and_notes_that_it_looked(queue: JobQueue) -> None:
    stop = threading.Event()
    clock = threading.Thread(target=pace, args=(queue, stop), kwargs={"every_s": 0.01})
    before = datetime.now(UTC)
    clock.start()
    eventually(lambda: waiting(queue) >= 4, what="a tick and some drains")
    stop.set()
    clock.join()
    beat = queue.last_beat()
    assert beat is not None
    assert before <= beat <= datetime.now(UTC)
    names = [
        queue.connection.hget(f"rq:job:{job.decode()}", "description")
        for job in queue.connection.lrange("rq:queue:kawal", 0, -1)
    ]
    assert names.count(TICK.encode()) == 1
    assert names.count(DRAIN.encode()) == len(names) - 1


@pytest.mark.serial
def test_worker_and_clock_outlive_a_long_absence_of_valkey(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    valkey = EmbeddedValkey(data_dir)
    valkey.start()
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "service.cli", name], env=environment(data_dir, 1), stderr=subprocess.DEVNULL
        )
        for name in ("worker", "clock")
    ]
    try:
        queue = open_queue(config_for(data_dir))
        eventually(queue.last_beat, what="the clock's beat")
        noted = tmp_path / "noted"
        queue.enqueue("tests.support.jobs.note", str(noted))
        eventually(noted.exists, what="a job before")
        valkey.stop()
        time.sleep(4)  # longer than the client's own retries
        assert [child.poll() for child in children] == [None, None]
        valkey.start()
        queue.connection.flushall()
        again = tmp_path / "again"
        assert queue.enqueue("tests.support.jobs.note", str(again))
        eventually(again.exists, what="a job after")
        assert int(again.read_text()) == children[0].pid
        eventually(queue.last_beat, what="the clock's beat after")
    finally:
        for child in children:
            child.terminate()
        codes = [child.wait(20) for child in children]
        valkey.stop()
    assert codes == [0, 0]
