"""The supervisor is killed: nothing of it stays behind, and the next start goes on with the same data."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from service import process
from service.runtime import Runtime
from tests.support.live import Live, Prepared, Wire
from tests.support.persistent import AtWork, Persistent, approvals, assert_kept
from tests.support.processes import Up, eventually, free_port
from tests.support.valkey import config_for

pytestmark = pytest.mark.serial
CHILDREN = ("web", "worker-1", "clock")


def test_a_killed_supervisor_takes_its_children_along_and_the_next_start_loses_nothing(
    made: Prepared, tmp_path: Path
) -> None:
    data, port = made.copied(tmp_path / "data"), free_port()
    client = Persistent(Wire(port, made.tokens))
    with Up(data, port=port) as first:
        first.wait_ready()
        work = AtWork(client, lambda: approvals(client, range(20)), lambda: approvals(client, range(20, 40)))
        work.wait(5)
        valkey = end_by_force(first, "up")
        assert process.is_running(valkey), "it waits for the next start"
        with Up(data, port=port) as second:
            eventually(lambda: second.output.count("kawal is ready") == 2, 40, second.output)
            assert second.pid("valkey") == valkey
            assert "Valkey adopted" in second.output
            work.wait(5)
            end_by_force(second, "up", "valkey")
            assert not process.is_running(valkey)
            with Up(data, port=port) as third:
                eventually(lambda: third.output.count("kawal is ready") == 3, 40, third.output)
                assert third.pid("valkey") != valkey
                work.wait(5)
                work.finish()
                assert client.broken > 0
                runtime = Runtime(config_for(data))
                live = Live(third, client.wire, runtime, made.commitment, 0)
                assert_kept(live, client)
                live.caught_up()
                live.verify()
                runtime.close()
                pids = [third.pid(name) for name in (*CHILDREN, "valkey")]
                assert third.stop() == 0
                assert not any(process.is_running(pid) for pid in pids)


def end_by_force(up: Up, *names: str) -> int:
    """SIGKILL the supervisor, and whoever else is named; its children must be gone soon. Valkey's pid."""
    children, valkey = [up.pid(name) for name in CHILDREN], up.pid("valkey")
    for pid in [up.pid(name) for name in names]:
        os.kill(pid, signal.SIGKILL)
    up.process.wait(10)
    for pid in children:
        assert process.wait_gone(pid, within_s=15), pid
    return valkey
