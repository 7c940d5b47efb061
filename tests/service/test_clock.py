"""A start on a clock that can't be believed waits for an operator, whose word stands in the log."""

import http.client
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import Engine

from events.engine import make_engine
from events.store import LogStore
from service import clock
from service.catalog import CLOCK
from service.cli.root import kawal
from service.config import load
from service.db import create_schema
from service.dispatch import Ask, Caller, dispatch
from service.migrations.schema import whole_metadata
from service.runtime import Runtime
from tests.support.played import NOBODY_LISTENS
from tests.support.processes import environment, eventually, free_port, run_kawal
from workflows.commands import CorrectClock
from workflows.context import Acting


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runtime:
    monkeypatch.setenv("KAWAL_DATA_DIR", str(tmp_path))
    config = load({"KAWAL_DATA_DIR": str(tmp_path)})
    engine = make_engine(config.database_url)
    whole_metadata()
    create_schema(engine)
    return Runtime(config, engine=engine)


def invoke(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(kawal, list(arguments))
    return result.exit_code, result.output


def test_a_new_log_has_no_doubt(runtime: Runtime) -> None:
    assert clock.doubt(runtime.engine, runtime.store) is None
    assert invoke("check-clock")[0] == 0


def test_a_recent_look_leaves_no_doubt(runtime: Runtime) -> None:
    _say_something(runtime)
    clock.beat(runtime.engine, runtime.now() - timedelta(hours=23))
    assert clock.doubt(runtime.engine, runtime.store) is None


def test_over_a_day_of_silence_stops_a_start_until_an_operator_accepts_the_time(runtime: Runtime) -> None:
    _say_something(runtime)
    clock.beat(runtime.engine, runtime.now() - timedelta(hours=25))
    code, output = invoke("check-clock")
    assert code == 1
    assert "accept-clock" in output
    assert invoke("accept-clock", "--reason", "The machine was off for the holidays")[0] == 0
    assert invoke("check-clock")[0] == 0
    (*_, last) = runtime.store.read_stream(CLOCK)
    assert last.type == "clock-corrected"
    assert last.data["text"] == "The machine was off for the holidays"
    assert last.actor.office == "operator"


@pytest.mark.parametrize("name", ["web", "worker", "clock"])
def test_no_process_starts_alone_on_a_clock_that_cant_be_believed(runtime: Runtime, tmp_path: Path, name: str) -> None:
    _say_something(runtime)
    clock.beat(runtime.engine, runtime.now() - timedelta(hours=25))
    done = run_kawal([name], data_dir=tmp_path, env={"REDIS_URL": NOBODY_LISTENS})
    assert done.returncode == 1, done.stderr
    assert "kawal: nobody looked since" in done.stderr
    assert "accept-clock" in done.stderr


@pytest.mark.serial
def test_a_child_that_up_starts_again_comes_back_after_a_days_silence(runtime: Runtime, tmp_path: Path) -> None:
    """A machine that slept wakes up with all of `up`'s processes: the first look makes the heartbeat fresh again."""
    _say_something(runtime)
    clock.beat(runtime.engine, runtime.now() - timedelta(hours=25))
    port = free_port()
    child = subprocess.Popen(
        [sys.executable, "-m", "service.cli", "--supervised", f"web:{os.getpid()}", "web"],
        env=environment(tmp_path, port, {"REDIS_URL": NOBODY_LISTENS}),
        cwd=tmp_path,
    )
    try:
        eventually(lambda: child.poll() is not None or _answers(port), what="web")
        assert child.poll() is None
    finally:
        child.terminate()
        child.wait(20)


def test_a_clock_before_the_logs_head_stops_a_start(runtime: Runtime) -> None:
    _say_something(runtime)
    behind = _Behind(runtime.engine, by=timedelta(hours=2))
    found = clock.doubt(runtime.engine, behind)
    assert found is not None
    assert found.why == "behind"
    assert found.now < found.since


def test_accepting_without_doubt_writes_nothing(runtime: Runtime) -> None:
    code, output = invoke("accept-clock", "--reason", "just so")
    assert code == 0
    assert "nothing was written" in output
    assert runtime.store.log_head() is None


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def test_a_clock_that_was_set_back_starts_once_an_operator_accepted_it(runtime: Runtime) -> None:
    """After a jump ahead the log's head lies in the future: accepting the right time must be enough."""
    _say_something(runtime)
    behind = _Behind(runtime.engine, by=timedelta(days=200))
    found = clock.doubt(runtime.engine, behind)
    assert found is not None
    caller = Caller(Acting("operator", "operator"), "cli:test")
    command = CorrectClock(found.since, found.now, "NTP")
    dispatch(runtime, Ask(command, CLOCK, caller, "cli:operator:1", {"reason": "NTP"}))
    clock.beat(runtime.engine, found.now)
    head = runtime.store.log_head()
    assert head is not None
    assert clock.is_accepted(behind, found.since, found.now)
    assert not clock.is_accepted(behind, head.known_at + timedelta(days=1), found.now), "a later jump is another doubt"
    assert not clock.is_accepted(behind, found.since, found.now - timedelta(days=9)), "nor any earlier time"


class _Behind(LogStore):
    """The log as a machine sees it whose clock is behind."""

    def __init__(self, engine: Engine, *, by: timedelta) -> None:
        super().__init__(engine)
        self._by = by

    def now(self) -> datetime:
        return super().now() - self._by


def _say_something(runtime: Runtime) -> None:
    province = ("61", "--name", "Provinsi Kalimantan Barat", "--kind", "provinsi")
    code, output = invoke("office", "add-organisation", *province, "--zone", "Asia/Pontianak", "--calendar", "id")
    assert code == 0, output
