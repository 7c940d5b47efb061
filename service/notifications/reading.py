"""What people and operators ask about telling: a person's notices, and what became of deliveries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select, update

from events.engine import answering, write_transaction
from service.notifications.tables import delivery, notice

STATUSES = ("waiting", "claimed", "sent", "dead", "dropped")
_READ = (
    notice.c.id,
    notice.c.commitment,
    notice.c.position,
    notice.c.version,
    notice.c.fact,
    notice.c.why,
    notice.c.urgency,
    notice.c.action,
    notice.c.language,
    notice.c.subject,
    notice.c.body,
    notice.c.path,
    notice.c.created_at,
    notice.c.read_at,
)
_DELIVERED = (
    delivery.c.id,
    delivery.c.notice,
    delivery.c.channel,
    delivery.c.address,
    delivery.c.status,
    delivery.c.attempts,
    delivery.c.next_at,
    delivery.c.sent_at,
    delivery.c.error,
    notice.c.office,
    notice.c.subject,
    notice.c.created_at,
)


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """A notice as its reader sees it; `read_at` is None until it was opened."""

    id: str
    commitment: str | None
    position: int
    version: int
    fact: str
    why: str
    urgency: str
    action: bool
    language: str
    subject: str
    body: str
    path: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivered:
    """A delivery as an operator sees it. status: one of STATUSES; `error` is the last attempt's"""

    id: str
    notice: str
    channel: str
    address: str
    status: str
    attempts: int
    next_at: datetime | None
    sent_at: datetime | None
    error: str | None
    office: str
    subject: str
    created_at: datetime


def notices_of(
    engine: Engine, *, office: str, person: str, unread: bool = False, before: str | None = None, limit: int = 50
) -> list[ReadNotice]:
    """A person's notices in one office, the newest first.

    before  the id of the last notice of the page before
    """
    mine = select(*_READ).where(notice.c.office == office, notice.c.person == person)
    if unread:
        mine = mine.where(notice.c.read_at.is_(None))
    if before is not None:
        mine = mine.where(notice.c.id < before)
    with answering(), engine.connect() as connection:
        rows = connection.execute(mine.order_by(notice.c.id.desc()).limit(limit))
        return [ReadNotice(*tuple(row)) for row in rows]


def count_unread(engine: Engine, *, office: str, person: str) -> int:
    """How many of a person's notices in one office were never opened; those that are for pages alone don't count."""
    mine = select(func.count()).where(
        notice.c.office == office, notice.c.person == person, notice.c.read_at.is_(None), notice.c.urgency != "page"
    )
    with answering(), engine.connect() as connection:
        return connection.execute(mine).scalar_one()


def mark_read(engine: Engine, name: str, *, office: str, person: str, now: datetime) -> bool:
    """Note that a notice was opened; the first time counts.

    now      by the log's clock
    returns  False where this person in this office has no such notice
    """
    its = (notice.c.id == name, notice.c.office == office, notice.c.person == person)
    with write_transaction(engine) as connection:
        connection.execute(update(notice).where(*its, notice.c.read_at.is_(None)).values(read_at=now))
        return connection.execute(select(notice.c.id).where(*its)).first() is not None


def counts(engine: Engine) -> Mapping[str, int]:
    """How many deliveries there are of each status."""
    by_status = select(delivery.c.status, func.count()).group_by(delivery.c.status)
    with answering(), engine.connect() as connection:
        found = {row[0]: row[1] for row in connection.execute(by_status)}
    return {status: found.get(status, 0) for status in STATUSES}


def deliveries(engine: Engine, *, status: str | None = None, limit: int = 100) -> list[Delivered]:
    """Deliveries of one status or all, the newest first."""
    wanted = select(*_DELIVERED).join_from(delivery, notice)
    if status is not None:
        wanted = wanted.where(delivery.c.status == status)
    with answering(), engine.connect() as connection:
        return [
            Delivered(*tuple(row)) for row in connection.execute(wanted.order_by(delivery.c.id.desc()).limit(limit))
        ]


def retry(engine: Engine, names: Sequence[str]) -> list[str]:
    """Let dead deliveries wait again, with all their attempts before them and the same Message-ID.

    returns  the ids that were dead and now wait
    """
    with write_transaction(engine) as connection:
        revived = connection.execute(
            update(delivery)
            .where(delivery.c.id.in_(names), delivery.c.status == "dead")
            .values(status="waiting", attempts=0, next_at=None)
            .returning(delivery.c.id)
        )
        return sorted(revived.scalars())
