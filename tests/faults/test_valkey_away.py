"""A Valkey that is gone, hangs or forgets: writing goes on within a second, views lag and say so, nothing is lost."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes
from itertools import count

import pytest

from service import embedded, process
from service.embedded import EmbeddedValkey
from tests.support.live import Answer, Live, Prepared, crowded_draft, running
from tests.support.persistent import AtWork, Persistent, approvals, assert_kept
from tests.support.processes import eventually, run_kawal
from tests.support.visitor import Visitor
from tests.support.world import HEAD, REGION

pytestmark = pytest.mark.serial
AT_ONCE_S = 1.5
"""A second, and what a busy machine adds."""
BEHIND = "Belum tampil"
_numbers = count()


class Stage:
    """A kawal and the Valkey that it is told to use, which nobody but the test starts again."""

    def __init__(self, live: Live, server: EmbeddedValkey, pid: int) -> None:
        self.live = live
        self.server = server
        self.pid = pid
        self.pids = {name: live.up.pid(name) for name in ("web", "worker-1", "clock")}

    def start(self) -> None:
        """Start it again."""
        self.pid = self.server.start().pid

    def draft_and_ask(self) -> list[Answer]:
        """Two writes and what they were answered."""
        drafted = self.live.wire.post(REGION, "/commitments", crowded_draft(next(_numbers)))
        asked = self.live.wire.post(HEAD, f"/commitments/{drafted.json['commitment']}/requests", {"move": "sign"})
        return [drafted, asked]

    def says_that_it_lags(self, position: int) -> None:
        """Machines and people are told how far the views are."""
        ready = self.live.wire.ready()
        assert ready["ready"] is True
        assert any("valkey" in warning for warning in ready["warnings"]), ready
        assert ready["lag"]["inbox"] > 0
        listed = self.live.wire.get(REGION, "/inbox")
        assert int(listed.headers["x-kawal-complete-to"]) < position
        visitor = Visitor(self.live.wire).enter(REGION)
        eventually(lambda: BEHIND in visitor.read("/").body.decode(), 10, "the page that says how far it is")

    def recovers(self) -> None:
        """The views catch up, and nobody had to be started again for it."""
        self.live.caught_up()
        self.live.verify()
        assert {name: self.live.up.pid(name) for name in self.pids} == self.pids
        eventually(lambda: not self.live.wire.ready()["warnings"], 10, "the end of the warnings")


@pytest.fixture(scope="module")
def stage(made: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A kawal with a Valkey outside of its supervisor's reach."""
    folder = tmp_path_factory.mktemp("valkey")
    (folder / "queue").mkdir()
    server = EmbeddedValkey(folder / "queue")
    started = server.start()
    try:
        env = {"REDIS_URL": embedded.url(folder / "queue")}
        with running(made.copied(folder / "data"), made, env=env) as live:
            live.caught_up()
            yield Stage(live, server, started.pid)
    finally:
        server.stop()


def test_without_valkey_writes_are_answered_at_once_and_views_catch_up_when_it_is_back(stage: Stage) -> None:
    os.kill(stage.pid, signal.SIGKILL)
    eventually(lambda: not stage.server.is_running(), 5, "its end")
    answers = stage.draft_and_ask()
    assert [answer.status for answer in answers] == [201, 201]
    assert all(answer.took_s < AT_ONCE_S for answer in answers)
    stage.says_that_it_lags(answers[-1].json["position"])
    stage.start()
    stage.recovers()


def test_a_valkey_that_hangs_holds_no_writer_up(stage: Stage) -> None:
    os.kill(stage.pid, signal.SIGSTOP)
    try:
        answers = stage.draft_and_ask()
        assert [answer.status for answer in answers] == [201, 201]
        assert all(answer.took_s < AT_ONCE_S for answer in answers)
        stage.says_that_it_lags(answers[-1].json["position"])
    finally:
        os.kill(stage.pid, signal.SIGCONT)
    assert process.is_running(stage.pid)
    stage.recovers()


def test_a_valkey_that_forgets_everything_loses_nothing(stage: Stage) -> None:
    live, client = stage.live, Persistent(stage.live.wire)
    work = AtWork(client, lambda: approvals(client, range(30, 45)), lambda: approvals(client, range(45, 60)))
    for _ in range(12):
        work.wait(3)
        live.runtime.queue.connection.flushall()
    work.finish()
    live.runtime.queue.connection.flushall()
    assert_kept(live, client)
    stage.recovers()
    alive = ["alive", "worker"]
    eventually(lambda: run_kawal(alive, data_dir=live.data_dir, env=live.env).returncode == 0, 20, "signs of life")
    asked = Counter(one.body.get("move") for one in client.said)["sign"]
    eventually(lambda: len(letters_about(live, "bag")) >= asked, 20, "a letter of every request")
    assert set(Counter(letters_about(live, "bag")).values()) == {1}


def letters_about(live: Live, office: str) -> list[str]:
    """The Message-IDs of the letters to an office."""
    found = (live.data_dir / "mail").rglob(f"*{office}*.eml")
    return [str(message_from_bytes(path.read_bytes())["Message-ID"]) for path in found]
