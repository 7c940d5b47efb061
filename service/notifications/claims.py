"""Who sends which delivery: a claim is a lease, and only who still holds it may record what came of it.

A sender that dies between claim and record leaves the lease to end; the delivery is then claimed and sent again, with
the same Message-ID. Nothing is lost, and nobody else sends what is claimed.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Engine, Select, and_, or_, select, update

from events.engine import write_transaction
from service.notifications.tables import delivery, notice

MAX_ATTEMPTS = 8
BACK_OFF = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
    timedelta(hours=48),
)
"""After each failed attempt but the last: together they outlast a weekend without a mail server."""
JITTER = 0.2
LEASE = timedelta(minutes=10)
ENDED_BEFORE_RECORDING = "the sender ended before it could record the last attempt"
ERROR_CHARS = 500

_CLAIMED = (
    delivery.c.id,
    delivery.c.address,
    delivery.c.message_id,
    delivery.c.attempts,
    delivery.c.claimed_by,
    delivery.c.claimed_until,
    notice.c.office,
    notice.c.language,
    notice.c.subject,
    notice.c.body,
    notice.c.created_at,
)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A delivery that this sender alone may send, until `claimed_until`.

    attempt  1.. MAX_ATTEMPTS, this one included
    """

    id: str
    address: str
    message_id: str
    attempt: int
    claimed_by: str
    claimed_until: datetime
    office: str
    language: str
    subject: str
    body: str
    created_at: datetime


def claim_due(
    engine: Engine, channel: str, *, now: datetime, limit: int, worker: str, lease: timedelta = LEASE
) -> list[Claimed]:
    """Claim up to `limit` deliveries that are due, oldest first, durably, before anything is sent.

    now     the real clock, the same for all senders up to a small part of the lease
    worker  a name for people; a part of its own is added, so that two claims are never one
    """
    token = f"{worker[:60]}/{secrets.token_hex(6)}"
    with write_transaction(engine) as connection:
        _bury_exhausted(connection, channel, now=now)
        names = connection.execute(_due(channel, now).limit(limit)).scalars().all()
        if not names:
            return []
        connection.execute(
            update(delivery)
            .where(delivery.c.id.in_(names))
            .values(
                status="claimed",
                attempts=delivery.c.attempts + 1,
                claimed_by=token,
                claimed_until=now + lease,
                next_at=None,
            )
        )
        mine = select(*_CLAIMED).join_from(delivery, notice).where(delivery.c.id.in_(names)).order_by(delivery.c.id)
        return [Claimed(*row) for row in connection.execute(mine)]


def record_sent(engine: Engine, claimed: Sequence[Claimed], *, now: datetime) -> int:
    """Record in one transaction that these were handed over. Returns how many of them were still this sender's."""
    if not claimed:
        return 0
    with write_transaction(engine) as connection:
        done = connection.execute(
            update(delivery)
            .where(_still_mine(claimed))
            .values(status="sent", sent_at=now, claimed_by=None, claimed_until=None, error=None)
        )
        return done.rowcount


def record_failed(engine: Engine, one: Claimed, *, error: str, permanent: bool, now: datetime, chance: float) -> str:
    """Record a failed attempt: it waits longer than the time before, or is dead after the last or a permanent failure.

    chance   0..1, spreads retries by JITTER around the back-off
    returns  waiting | dead
    """
    status = "dead" if permanent or one.attempt >= MAX_ATTEMPTS else "waiting"
    next_at = None if status == "dead" else now + back_off(one.attempt, chance)
    with write_transaction(engine) as connection:
        connection.execute(
            update(delivery)
            .where(_still_mine([one]))
            .values(status=status, next_at=next_at, claimed_by=None, claimed_until=None, error=error[:ERROR_CHARS])
        )
    return status


def release(engine: Engine, claimed: Sequence[Claimed]) -> None:
    """Give claims back unsent, as if they had never been made."""
    if not claimed:
        return
    with write_transaction(engine) as connection:
        connection.execute(
            update(delivery)
            .where(_still_mine(claimed))
            .values(status="waiting", attempts=delivery.c.attempts - 1, claimed_by=None, claimed_until=None)
        )


def back_off(attempt: int, chance: float) -> timedelta:
    """How long to wait after the `attempt`-th failure, spread by JITTER around its step."""
    return BACK_OFF[attempt - 1] * (1 + JITTER * (2 * chance - 1))


def _due(channel: str, now: datetime) -> Select[str]:
    waiting = and_(delivery.c.status == "waiting", or_(delivery.c.next_at.is_(None), delivery.c.next_at <= now))
    left = and_(delivery.c.status == "claimed", delivery.c.claimed_until <= now)
    return (
        select(delivery.c.id)
        .where(delivery.c.channel == channel, or_(waiting, left))
        .order_by(delivery.c.id)
        .with_for_update(skip_locked=True)
    )


def _bury_exhausted(connection: Connection, channel: str, *, now: datetime) -> None:
    connection.execute(
        update(delivery)
        .where(
            delivery.c.channel == channel,
            delivery.c.status == "claimed",
            delivery.c.claimed_until <= now,
            delivery.c.attempts >= MAX_ATTEMPTS,
        )
        .values(status="dead", claimed_by=None, claimed_until=None, error=ENDED_BEFORE_RECORDING)
    )


def _still_mine(claimed: Sequence[Claimed]) -> ColumnElement[bool]:
    return and_(
        delivery.c.id.in_([one.id for one in claimed]),
        delivery.c.status == "claimed",
        delivery.c.claimed_by.in_({one.claimed_by for one in claimed}),
    )
