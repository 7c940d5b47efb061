"""A read model that can't fold an event halts before it, says so everywhere, and goes on once it is repaired."""

from __future__ import annotations

import json
from collections.abc import Sequence

import pytest
from sqlalchemy import Connection

from events.envelope import Event
from events.subscriptions import failures, run_batch
from service.read_models.histories import Histories
from service.read_models.inbox import Inbox
from service.read_models.model import Difference
from service.read_models.projection import ModelProjection
from tests.support.live import Live, crowded_draft
from tests.support.processes import eventually, run_kawal
from tests.support.world import HEAD, REGION

pytestmark = pytest.mark.serial


class Poisoned(ModelProjection):
    """The inbox with a fault: it falls over when somebody asks for something."""

    def prepare(self, events: Sequence[Event], connection: Connection) -> list[Difference]:
        """Fold, or fall over."""
        if any(event.type == "request-opened" for event in events):
            raise ZeroDivisionError("no such luck")
        return super().prepare(events, connection)


def test_a_poisoned_read_model_halts_alone_is_shown_and_goes_on_after_the_repair(on_sqlite: Live) -> None:
    live = on_sqlite
    live.caught_up()
    with live.paused("worker-1"):
        drafted = live.wire.post(REGION, "/commitments", crowded_draft(55))
        commitment = drafted.json["commitment"]
        asked = live.wire.post(HEAD, f"/commitments/{commitment}/requests", {"move": "sign"})
        assert asked.status == 201
        broken = Poisoned(Inbox(), Histories(live.runtime.store))
        results = [run_batch(live.runtime.engine, live.runtime.store, broken) for _ in range(3)]
        with live.runtime.engine.connect() as connection:
            halted = failures(connection)
        assert [(one.name, one.error) for one in halted] == [("inbox", "ZeroDivisionError: no such luck")]
        # The draft before it was folded; the batch after it wasn't tried again before its time.
        assert [result.applied for result in results][1:] == [0, 0]
        assert results[-1].position == halted[0].position - 1 >= drafted.json["position"]
    eventually(lambda: set_of_laggards(live) == {"inbox"}, 20, "the other read models at the head")
    ready = live.wire.ready()
    assert ready["ready"] is True
    assert any(warning.startswith(f"inbox halted at {halted[0].position}") for warning in ready["warnings"])
    told = run_kawal(["ready", "--json"], data_dir=live.data_dir, env=live.env)
    assert told.returncode == 1
    assert any("inbox halted" in warning for warning in json.loads(told.stdout)["warnings"])
    assert live.wire.send("GET", "/metrics").body.decode().count("kawal_projections_halted 1.0") == 1
    assert live.wire.post(REGION, "/commitments", crowded_draft(56)).status == 201

    # The workers run the sound one: its next attempt after the pause is the repair.
    eventually(lambda: not live.wire.ready()["warnings"], 30, "the repair")
    live.caught_up()
    live.verify()
    assert live.wire.get(REGION, "/inbox").json["total"] >= 1
    assert run_kawal(["ready"], data_dir=live.data_dir, env=live.env).returncode == 0


def set_of_laggards(live: Live) -> set[str]:
    """The read models that are behind."""
    return {name for name, count in live.wire.ready()["lag"].items() if count}
