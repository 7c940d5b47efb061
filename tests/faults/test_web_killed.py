"""The web process is killed while programs write: what was acknowledged stays, once, and nothing is half there."""

from __future__ import annotations

import os
import random
import signal

import pytest

from service import process
from tests.support.live import Live
from tests.support.persistent import PHOTO, AtWork, Persistent, approvals, assert_kept, claims
from tests.support.processes import children_of, eventually
from tests.support.world import PIC

pytestmark = pytest.mark.serial
SEED = 20221017
VICTIMS = {"sqlite": ("child", "both", "child", "master"), "postgresql": ("child", "both")}


def test_what_a_killed_web_acknowledged_is_recorded_once_and_answered_alike(live: Live) -> None:
    """Three programs write until every victim was killed in the midst of it and requests passed after each."""
    chance, client = random.Random(SEED), Persistent(live.wire)
    photo = live.wire.upload(PIC, PHOTO, "foto.png").json["digest"]
    work = AtWork(
        client,
        lambda: approvals(client, range(60, 90)),
        lambda: approvals(client, range(90, 120)),
        lambda: claims(client, live.commitment, photo),
    )
    for victim in VICTIMS[live.runtime.engine.dialect.name]:
        work.wait(chance.randint(3, 9))
        kill_web(live, victim)
    work.wait(6)
    work.finish()
    assert client.broken > 0, f"no kill struck a request in hand (seed {SEED})"
    assert_kept(live, client)
    live.caught_up()
    live.verify()


def kill_web(live: Live, victim: str) -> None:
    """SIGKILL gunicorn's only worker, its master, or both at once."""
    master = live.up.pid("web")
    children = eventually(lambda: children_of(master), 20, "gunicorn's worker")
    doomed = {"child": children, "master": [master], "both": [master, *children]}[victim]
    for pid in doomed:
        os.kill(pid, signal.SIGKILL)
    for pid in doomed:
        assert process.wait_gone(pid, within_s=10)
    if victim != "child":
        live.up.wait_replaced("web", master)
