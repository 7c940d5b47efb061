import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import process
from service.queue import open_queue
from tests.support.processes import Up, environment, eventually, free_port, run_kawal
from tests.support.valkey import config_for

pytestmark = pytest.mark.serial
NAMES = ("up", "valkey", "web", "worker-1", "worker-2", "clock")
TWO_WORKERS = {"KAWAL_WORKERS": "2"}


@pytest.fixture(scope="module")
def up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One `kawal up` for the tests that leave it as they found it."""
    with Up(tmp_path_factory.mktemp("up") / "data", env=TWO_WORKERS) as running:
        yield running.wait_ready()


def test_web_workers_clock_and_valkey_are_processes_of_their_own(up: Up) -> None:
    pids = {name: up.pid(name) for name in NAMES}
    assert len(set(pids.values())) == len(NAMES)
    assert pids["up"] == up.process.pid
    assert all(process.is_running(pid) for pid in pids.values())
    assert up.get("/healthz") == 200


def test_jobs_run_in_the_worker_processes(up: Up, tmp_path: Path) -> None:
    queue = open_queue(config_for(up.data_dir))
    noted = tmp_path / "noted"
    assert queue.enqueue("tests.support.jobs.fail", "on purpose")
    assert queue.enqueue("tests.support.jobs.note", str(noted))
    ran_in = eventually(lambda: noted.exists() and noted.read_text(), what="the job")
    assert int(ran_in) in (up.pid("worker-1"), up.pid("worker-2"))
    eventually(lambda: "on purpose" in up.output, what="the failure of the other job in the log")
    eventually(queue.last_beat, what="the clock's beat")


def test_the_health_checks_tell_what_works(tmp_path: Path) -> None:
    def alive(name: str, port: int) -> bool:
        return run_kawal(["alive", name], data_dir=tmp_path, port=port).returncode == 0

    with Up(tmp_path) as up:
        up.wait_ready()
        eventually(lambda: "worker ready" in up.output and "clock ticks" in up.output, what="all at work")
        assert [alive(name, up.port) for name in ("web", "worker", "clock")] == [True, True, True]
        up.stop()
        assert [alive(name, up.port) for name in ("web", "worker", "clock")] == [False, False, False]


def test_it_says_where_mail_goes_when_none_is_sent(up: Up) -> None:
    assert f"mail is not sent: it is written to {up.data_dir / 'mail'}" in up.output


def test_whatever_is_killed_comes_back_and_the_rest_stays(up: Up, tmp_path: Path) -> None:
    before = {name: up.pid(name) for name in NAMES}
    for name in ("worker-1", "clock", "web", "valkey"):
        old = up.kill(name)
        up.wait_replaced(name, old)
    assert up.pid("worker-2") == before["worker-2"], "workers outlive a Valkey that was lost"
    eventually(lambda: up.get("/healthz") == 200, what="the pages")
    noted = tmp_path / "noted"
    queue = open_queue(config_for(up.data_dir))
    eventually(lambda: queue.enqueue("tests.support.jobs.note", str(noted)), what="the queue")
    eventually(noted.exists, what="a job after all that")
    for name in ("worker-1", "clock", "web"):
        assert f"{name} was ended by SIGKILL" in up.output


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_everything_within_a_bound(tmp_path: Path, number: signal.Signals) -> None:
    with Up(tmp_path, env=TWO_WORKERS) as up:
        up.wait_ready()
        eventually(lambda: up.output.count("worker ready") == 2 and "clock ticks" in up.output, what="all at work")
        pids = [up.pid(name) for name in NAMES]
        begun = time.monotonic()
        up.process.send_signal(number)
        assert up.process.wait(30) == 0
        assert time.monotonic() - begun < 15
        assert not any(process.is_running(pid) for pid in pids)
        assert list((tmp_path / "run").glob("*.pid")) == []
        stopping = up.output.split("stopping", 1)[1]
        assert stopping.index("clock stopped") < stopping.index("worker stopped") < stopping.index("all stopped")


def test_a_job_in_hand_is_finished_before_the_worker_stops(tmp_path: Path) -> None:
    note = tmp_path / "note"
    with Up(tmp_path / "data") as up:
        up.wait_ready()
        open_queue(config_for(up.data_dir)).enqueue("tests.support.jobs.slow_note", str(note), "2")
        eventually(note.exists, what="the job's start")
        assert up.stop() == 0
    assert note.read_text() == "finished\n"


def test_a_second_up_on_the_same_data_is_refused_and_harms_nothing(up: Up) -> None:
    second = run_kawal(["up"], data_dir=up.data_dir, port=free_port())
    assert second.returncode == 4
    assert f"already runs on {up.data_dir} (pid {up.process.pid})" in second.stderr
    assert up.get("/healthz") == 200
    assert up.pid("up") == up.process.pid


def test_a_taken_port_is_named_and_nothing_is_left_running(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        refused = run_kawal(["up"], data_dir=tmp_path / "data", port=port)
    assert refused.returncode == 4
    assert f"KAWAL_PORT={port}" in refused.stderr
    assert list((tmp_path / "data" / "run").glob("*.pid")) == []


def test_a_killed_supervisor_leaves_no_children_and_the_next_one_adopts_valkey(tmp_path: Path) -> None:
    with Up(tmp_path, env=TWO_WORKERS) as first:
        first.wait_ready()
        pids = {name: first.pid(name) for name in NAMES}
        first.kill("up")
        first.process.wait()
        for name in ("web", "worker-1", "worker-2", "clock"):
            assert process.wait_gone(pids[name], within_s=10), name
        assert process.is_running(pids["valkey"])
        with Up(tmp_path, env=TWO_WORKERS) as second:
            eventually(lambda: second.get("/healthz") == 200, what="the pages")
            eventually(lambda: second.output.count("kawal is ready") == 2, what="readiness")
            assert second.pid("valkey") == pids["valkey"]
            assert "Valkey adopted" in second.output
    assert not process.is_running(pids["valkey"])


def test_a_child_of_a_killed_supervisor_that_hangs_is_ended_by_the_next_one(tmp_path: Path) -> None:
    with Up(tmp_path) as first:
        first.wait_ready()
        hanging = first.pid("worker-1")
        os.kill(hanging, signal.SIGSTOP)
        first.kill("up")
        first.process.wait()
        with Up(tmp_path) as second:
            eventually(lambda: second.output.count("kawal is ready") == 2, what="readiness")
            assert not process.is_running(hanging)
            assert second.pid("worker-1") != hanging


def test_processes_started_by_hand_work_together(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    noted = tmp_path / "noted"
    started: list[subprocess.Popen[bytes]] = []
    try:
        port = free_port()
        for name in ("worker", "clock", "web", "valkey"):
            started.append(
                subprocess.Popen([*_kawal(), name], env=environment(data_dir, port), stderr=subprocess.DEVNULL)
            )
        queue = open_queue(config_for(data_dir))
        eventually(lambda: queue.enqueue("tests.support.jobs.note", str(noted)), what="Valkey")
        ran_in = eventually(lambda: noted.exists() and noted.read_text(), what="the job")
        assert int(ran_in) == started[0].pid, "the worker waited for Valkey"
        eventually(queue.last_beat, what="the clock's beat")
    finally:
        for child in started:
            child.terminate()
        assert [child.wait(20) for child in started] == [0, 0, 0, 0]


def test_a_worker_says_that_valkey_is_away_and_stops_when_told(tmp_path: Path) -> None:
    child = subprocess.Popen(
        [*_kawal(), "worker"], env=environment(tmp_path / "data", 1), stderr=subprocess.PIPE, text=True
    )
    assert child.stderr is not None
    assert "Valkey is away" in child.stderr.readline()
    child.terminate()
    assert child.wait(10) == 0


def _kawal() -> list[str]:
    return [sys.executable, "-m", "service.cli"]
