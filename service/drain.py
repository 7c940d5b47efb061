"""What a worker does with a wake-up: catch up, tell, take what is due, send, until nothing is left."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from events.subscriptions import Projection, run_batch
from events.together import run_together
from service import clock, migrating, reactions, terms, timers
from service.housekeeping import keep_house
from service.notifications.channels import open_channel
from service.notifications.deliver import send_due
from service.read_models.histories import Histories
from service.read_models.projection import projections
from service.runtime import Runtime

BATCH = 5_000
ROUNDS = 10_000
SENT_AT_ONCE = 10
MIGRATED_AT_ONCE = 100
BEAT_EVERY = timedelta(seconds=5)


class Drain:
    """One worker process's hands and its projections' shared folds; safe to run twice, late, or beside others."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        reactions.start(runtime.engine, runtime.store)
        shared = Histories(runtime.store)
        self._subscriptions: tuple[Projection[Any], ...] = (
            *projections(shared),
            reactions.Telling(runtime, shared),
        )
        self._channel = open_channel(runtime.config)
        self._carrying: Iterator[migrating.Tried] | None = None
        self._beaten: datetime | None = None
        self._name = f"{socket.gethostname()}.{os.getpid()}"

    def catch_up(self) -> int:
        """Bring every read model and reaction to the log's head; returns how many events were applied, in all."""
        applied = 0
        while True:
            batch = run_together(self.runtime.engine, self.runtime.store, self._subscriptions, limit=BATCH)
            if batch is None:
                return applied + sum(self._exhaust(subscription) for subscription in self._subscriptions)
            if batch == 0:
                return applied
            applied += batch

    def _exhaust(self, subscription: Projection[Any]) -> int:
        applied = 0
        while batch := run_batch(self.runtime.engine, self.runtime.store, subscription, limit=BATCH).applied:
            applied += batch
        return applied

    def beat(self) -> None:
        """Note that the clock's job looked, every few seconds; a heartbeat says "looked", a checkpoint "advanced"."""
        now = self.runtime.now()
        if self._beaten is None or abs(now - self._beaten) >= BEAT_EVERY:
            clock.beat(self.runtime.engine, now)
            self._beaten = now
            keep_house(self.runtime, now=datetime.now(UTC))

    def tick(self) -> int:
        """Take the levels that are due, and say what delegations begin and end; returns how many."""
        return timers.tick(self.runtime) + terms.say_terms(self.runtime)

    def migrate(self) -> int:
        """Carry out some of a confirmed migration; returns how many commitments were tried."""
        if self._carrying is None:
            name = migrating.confirmed(self.runtime.basis())
            self._carrying = None if name is None else migrating.carrying_out(self.runtime, name)
        carrying, self._carrying = self._carrying, None
        if carrying is None:
            return 0
        tried = sum(1 for _ in islice(carrying, MIGRATED_AT_ONCE))
        # An error ends it here: it begins anew, and what was done is done.
        self._carrying = carrying if tried == MIGRATED_AT_ONCE else None
        return tried

    def send(self) -> int:
        """Send some of what waits to be sent; returns how many were handed over."""
        return send_due(
            self.runtime.engine, self._channel, now=lambda: datetime.now(UTC), worker=self._name, limit=SENT_AT_ONCE
        ).sent

    def run(self) -> None:
        """Go on until nothing is left to fold and to take; then send a slice, and more while no other wake-up waits.

        So a view never waits long for a mail server, and mail never waits for ever for a busy log.
        """
        for _ in range(ROUNDS):
            if self.catch_up() + self.tick() + self.migrate() == 0 and (
                self.send() == 0 or self.runtime.queue.waiting() > 0
            ):
                return
