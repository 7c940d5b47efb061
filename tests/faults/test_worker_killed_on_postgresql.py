"""A worker that is killed inside of its transaction leaves it to the server, which must not keep half of it."""

from __future__ import annotations

import psycopg
import pytest
from sqlalchemy import make_url

from service import process
from tests.support.live import Live, crowded_draft
from tests.support.processes import eventually
from tests.support.world import HEAD, REGION

pytestmark = pytest.mark.serial
WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid)
 WHERE NOT granted AND relation = 'inbox'::regclass AND application_name = 'kawal'
"""
CHECKPOINTS = "SELECT name, position FROM checkpoint ORDER BY name"


def test_a_worker_killed_after_it_moved_the_checkpoint_moved_nothing(on_postgresql: Live) -> None:
    live = on_postgresql
    live.caught_up()
    url = make_url(live.env["DATABASE_URL"]).render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as eyes, psycopg.connect(url) as holder:
        holder.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
        drafted = live.wire.post(REGION, "/commitments", crowded_draft(57))
        path = f"/commitments/{drafted.json['commitment']}/requests"
        assert live.wire.post(HEAD, path, {"move": "sign"}).status == 201
        eventually(lambda: (eyes.execute(WAITING).fetchone() or [0])[0], 20, "a worker in its transaction")
        before = eyes.execute(CHECKPOINTS).fetchall()
        pid = live.up.kill("worker-1")
        assert process.wait_gone(pid, within_s=10)
        assert eyes.execute(CHECKPOINTS).fetchall() == before
        holder.rollback()
    live.up.wait_replaced("worker-1", pid)
    live.caught_up()
    live.verify()
