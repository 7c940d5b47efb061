"""A database that is locked, or gone and back: said with a code and a time to wait, and nothing is lost."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from service import process
from tests.support.live import Answer, Live, crowded_draft, new_key
from tests.support.persistent import PHOTO, AtWork, Persistent, approvals, assert_kept, claims
from tests.support.postgres import Cluster
from tests.support.processes import eventually, run_kawal
from tests.support.visitor import Visitor
from tests.support.world import HEAD, PIC, REGION

pytestmark = pytest.mark.serial
TRANSACTION = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""
QUEUE = """
import fcntl, sys
lock = open(sys.argv[1] + ".lock", "a")
fcntl.flock(lock, fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def held(script: str, database: Path) -> Iterator[None]:
    """Another process holds the database, in its own way, during the block."""
    holder = subprocess.Popen(
        [sys.executable, "-c", script, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdin is not None
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == "held\n"
        yield
    finally:
        holder.stdin.close()
        assert holder.wait(10) == 0
        holder.stdout.close()


@pytest.mark.parametrize("way", [TRANSACTION, QUEUE], ids=["in a transaction", "in the writers' queue"])
def test_a_locked_database_is_said_in_time_and_the_same_request_passes_later(on_sqlite: Live, way: str) -> None:
    live, wire = on_sqlite, on_sqlite.wire
    photo = wire.upload(PIC, PHOTO, "foto.png").json["digest"]
    key, path = new_key(), f"/commitments/{live.commitment}/claims"
    body = {"item": 3, "value": 2, "evidence": [photo], "note": way[:20]}
    before = live.position()
    with held(way, live.data_dir / "kawal.db"):
        with ThreadPoolExecutor(2) as at_once:
            claim = at_once.submit(wire.post, PIC, path, body, key=key)
            upload = at_once.submit(wire.upload, HEAD, b"%PDF-1.7 " + way.encode(), "sk.pdf")
        refused = [claim.result(), upload.result()]
        assert [answer.code for answer in refused] == ["database_locked"] * 2
        assert [answer.status for answer in refused] == [503] * 2
        assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
        assert all(answer.took_s < 9 for answer in refused)
        assert wire.get(HEAD, f"/commitments/{live.commitment}").status == 200
        assert wire.get(HEAD, "/inbox").status == 200
        assert live.position() == before
        assert live.operations(f":{key}") == {}
    claimed = eventually(lambda: unless_away(wire.post(PIC, path, body, key=key)), 20, "the claim")
    assert claimed.status == 201
    assert wire.upload(HEAD, b"%PDF-1.7 " + way.encode(), "sk.pdf").status == 201
    assert [len(positions) for positions in live.operations(f":{key}").values()] == [1]
    reason = {"reason": "bukti_tidak_sesuai", "text": "Foto tidak terbaca sama sekali."}
    assert wire.post(REGION, f"/claims/{claimed.json['claim']['id']}/returns", reason).status == 201
    live.caught_up()
    live.verify()


def test_a_crashed_postgresql_is_said_and_found_again_without_a_restart_of_ours(
    on_postgresql: Live, cluster: Cluster
) -> None:
    live, wire, client = on_postgresql, on_postgresql.wire, Persistent(on_postgresql.wire)
    pids = {name: live.up.pid(name) for name in ("web", "worker-1", "clock")}
    visitor = Visitor(wire).enter(HEAD)
    photo = wire.upload(PIC, PHOTO, "foto.png").json["digest"]
    work = AtWork(client, lambda: approvals(client, range(15)), lambda: claims(client, live.commitment, photo))
    for _ in range(2):
        work.wait(12)
        cluster.stop(immediate=True)
        away = [wire.get(HEAD, "/inbox"), wire.get(HEAD, f"/commitments/{live.commitment}")]
        away += [wire.post(REGION, "/commitments", crowded_draft(59)), wire.upload(HEAD, b"%PDF-1.7 away", "sk.pdf")]
        assert {(answer.status, answer.code) for answer in away} == {(503, "database_away")}
        assert all(int(answer.headers["retry-after"]) > 0 for answer in away)
        assert wire.send("GET", "/healthz").status == 200
        assert wire.send("GET", "/readyz").status == 503
        assert wire.ready()["reasons"][0].startswith("database")
        page = visitor.send("GET", "/")
        assert page.status == 503
        assert page.headers["content-type"].startswith("text/html")
        said = run_kawal(["verify"], data_dir=live.data_dir, env=live.env)
        assert (said.returncode, said.stdout) == (5, ""), said.stderr
        assert said.stderr.startswith("kawal: the database is away")
        cluster.start()
        eventually(lambda: wire.send("GET", "/readyz").status == 200, 20, "readiness")
        work.wait(6)
    work.finish()
    assert {code for code, _ in client.away} <= {"database_away", "outcome_unknown"}
    assert visitor.read("/").status == 200
    assert_kept(live, client)
    live.caught_up()
    live.verify()
    assert {name: live.up.pid(name) for name in pids} == pids
    assert all(process.is_running(pid) for pid in pids.values())


def unless_away(answer: Answer) -> Answer | None:
    """The answer, once the database gives one."""
    return None if answer.status == 503 else answer
