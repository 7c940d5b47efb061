"""Sending what is due: claimed, sent, recorded, and tried again when it didn't work."""

from __future__ import annotations

import logging
import os
import random
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from service.notifications.channel import Channel, Send, Undeliverable
from service.notifications.claims import LEASE, Claimed, claim_due, record_failed, record_sent, release
from service.notifications.letters import letter

_log = logging.getLogger("kawal.mail")
SAFETY = 0.4
"""No letter is begun when less of its lease is left: handing one over may take as long as all of SMTP's timeouts."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did: handed over, put off to another attempt, given up."""

    sent: int = 0
    put_off: int = 0
    dead: int = 0

    @property
    def tried(self) -> int:
        """How many were tried, whatever came of it."""
        return self.sent + self.put_off + self.dead

    def __add__(self, other: Sent) -> Sent:
        return Sent(self.sent + other.sent, self.put_off + other.put_off, self.dead + other.dead)


def machine_time() -> datetime:
    """The machine's time."""
    return datetime.now(UTC)


def send_due(
    engine: Engine,
    channel: Channel,
    *,
    limit: int = 10_000,
    now: Callable[[], datetime] = machine_time,
    worker: str = "",
    lease: timedelta = LEASE,
    chance: Callable[[], float] = random.random,
) -> Sent:
    """Send every delivery of the channel that is due, at least once each, until none is left or `limit` were claimed.

    Safe to run anywhere, any number of times at once, and to be killed at any point.
    now     the machine's clock, never the log's: a demo that jumps a week must not end a lease
    worker  a name for people, to find who has a claim; without one host and pid
    raises  events.errors.Unavailable when the database is away; what was sent and not recorded is then sent again
    """
    total, left = Sent(), limit
    worker = worker or f"{socket.gethostname()}:{os.getpid()}"
    while left > 0:
        most = min(channel.batch, left)
        claimed = claim_due(engine, channel.name, now=now(), limit=most, worker=worker, lease=lease)
        if not claimed:
            break
        left -= len(claimed)
        total += _Round(engine, channel, now, chance, lease * SAFETY).send(claimed)
    return total


class _Round:
    """One batch of claims on its way out."""

    def __init__(
        self,
        engine: Engine,
        channel: Channel,
        now: Callable[[], datetime],
        chance: Callable[[], float],
        spare: timedelta,
    ) -> None:
        self._engine = engine
        self._channel = channel
        self._now = now
        self._chance = chance
        self._spare = spare

    def send(self, claimed: list[Claimed]) -> Sent:
        waiting = deque(claimed)
        handed_over: list[Claimed] = []
        done = Sent()
        try:
            with self._channel.session() as send:
                while waiting and self._has_time(waiting[0]):
                    done += self._one(waiting.popleft(), send, handed_over)
        except Undeliverable as error:
            # The session couldn't make sure of what it took: none of it counts as handed over.
            return sum((self._failed(one, error) for one in handed_over), done)
        finally:
            release(self._engine, waiting)
        record_sent(self._engine, handed_over, now=self._now())
        return done + Sent(sent=len(handed_over))

    def _has_time(self, one: Claimed) -> bool:
        return one.claimed_until - self._now() >= self._spare

    def _one(self, one: Claimed, send: Send, handed_over: list[Claimed]) -> Sent:
        try:
            send(letter(one, self._channel.sender))
        except Undeliverable as error:
            return self._failed(one, error)
        if not self._channel.records_each:
            handed_over.append(one)
            return Sent()
        record_sent(self._engine, [one], now=self._now())
        return Sent(sent=1)

    def _failed(self, one: Claimed, error: Undeliverable) -> Sent:
        status = record_failed(
            self._engine,
            one,
            error=error.reason,
            permanent=error.permanent,
            now=self._now(),
            chance=self._chance(),
        )
        if status == "dead":
            _log.error("delivery %s is given up after attempt %d: %s", one.id, one.attempt, error.reason)
            return Sent(dead=1)
        _log.warning("delivery %s waits after attempt %d: %s", one.id, one.attempt, error.reason)
        return Sent(put_off=1)
