"""A process that is asked to stop many times at once stops once, as if it had been asked once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rq.exceptions import StopRequested

from service.process import StopSign
from service.queue import JobQueue
from service.worker import JobWorker
from tests.support.processes import environment, eventually
from tests.support.valkey import config_for, running_queue

pytestmark = pytest.mark.serial
SIGNALS = 300


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the processes' Valkey lives."""
    return tmp_path_factory.mktemp("signals") / "data"


@pytest.fixture(scope="module")
def queue(data_dir: Path) -> Iterator[JobQueue]:
    """A queue for one worker."""
    with running_queue(data_dir) as jobs:
        yield jobs


@contextmanager
def started(data_dir: Path, said: str) -> Iterator[subprocess.Popen[bytes]]:
    """A worker alone, once it has said what is waited for."""
    output = data_dir / "output.txt"
    with open(output, "wb") as log:
        child = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "worker"], env=environment(data_dir, 1), stdout=log, stderr=log
        )
    try:
        eventually(lambda: said in output.read_text(), 30, said)
        yield child
    finally:
        if child.poll() is None:
            child.kill()
        child.wait()


def ask_many_times(child: subprocess.Popen[bytes]) -> None:
    """SIGTERM and SIGINT over and over, faster than they are dealt with."""
    for number in range(SIGNALS):
        if child.poll() is not None:
            return
        child.send_signal((signal.SIGTERM, signal.SIGINT)[number % 2])


def test_a_worker_finishes_its_job_however_often_it_is_asked_to_stop(
    data_dir: Path, queue: JobQueue, tmp_path: Path
) -> None:
    note = tmp_path / "note"
    with started(data_dir, "worker ready") as child:
        queue.enqueue("tests.support.jobs.busy_note", str(note), "1")
        eventually(note.exists, 20, "the job's start")
        begun = time.monotonic()
        while time.monotonic() - begun < 0.8:
            os.kill(child.pid, signal.SIGTERM)
        assert child.wait(15) == 0
    assert note.read_text() == "finished\n"


def test_an_idle_worker_stops_at_once_however_often_it_is_asked(data_dir: Path, queue: JobQueue) -> None:
    with started(data_dir, "worker ready") as child:
        ask_many_times(child)
        assert child.wait(10) == 0


def test_a_signal_that_was_lost_ends_an_idle_worker_before_its_next_wait(data_dir: Path, queue: JobQueue) -> None:
    stop = StopSign()
    worker = JobWorker(config_for(data_dir), stop)
    worker.heartbeat()
    stop.set()
    with pytest.raises(StopRequested):
        worker.heartbeat()
    assert worker.dequeue_timeout == 5
