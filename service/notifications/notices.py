"""Writing down who is told what, in the transaction of whoever knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import uuid6
from sqlalchemy import ColumnElement, Connection, Table, and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from service.notifications.tables import delivery, notice
from workflows.facts import NAMES, EscalationRaised

EMAIL = "email"
ON_PAGES_ALONE = "page"
"""How long the notices of a decision that may still be taken back wait: who errs mostly sees it at once."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One fact told to one person in one office, rendered.

    fact        the stored name
    why         a stable word: a role, approver, asker, heard, claimant, verifier, escalation, settled
    urgency     now | daily | weekly | page: the last is shown on pages and pushed to nobody
    commitment  None where it is about an office
    path        where the link leads, below the base URL
    created_at  by the log's clock; it becomes the mail's date
    address     None: the person has no mail address, the notice stays on the pages
    held_for    the decision that it tells may still be taken back: so long it waits before it is sent
    takes_back  versions of the commitment's facts, from the first to before the last, that are taken back: whoever was
                sent one of their notices is sent this one, and what of them wasn't sent yet is dropped
    """

    commitment: str | None
    position: int
    version: int
    fact: str
    office: str
    person: str
    why: str
    urgency: str
    action: bool
    language: str
    subject: str
    body: str
    path: str
    created_at: datetime
    address: str | None
    held_for: timedelta = timedelta(0)
    takes_back: tuple[int, int] | None = None


def write_notices(connection: Connection, notices: Iterable[Notice], *, domain: str, now: datetime) -> int:
    """Write notices and their deliveries down with the caller's transaction; what is there already stays as it is.

    domain   the right side of the Message-IDs: the sender's mail domain
    now      the machine's clock
    returns  how many notices are new
    """
    waiting = list(notices)
    count = 0
    # A batch may hold a decision and what takes it back: what is taken back is written before it is looked for.
    for part in ([one for one in waiting if one.takes_back is None], [one for one in waiting if one.takes_back]):
        told = _told_before(connection, part)
        fresh = {str(uuid6.uuid7()): one for one in part}
        if not fresh:
            continue
        written = _insert_new(connection, [_row(name, one) for name, one in fresh.items()])
        sent = [name for name in fresh if name in written and _is_sent(fresh[name], told)]
        if sent:
            connection.execute(insert(delivery), [_delivery(name, fresh[name], domain, now) for name in sent])
        count += len(written)
    return count


def notified(connection: Connection, commitment: str, versions: tuple[int, int]) -> list[tuple[str, str]]:
    """Office and person of everybody who has a notice of these versions of a commitment's facts, but of a reminder."""
    query = select(notice.c.office, notice.c.person).where(_of(commitment, versions)).distinct()
    return [(row.office, row.person) for row in connection.execute(query.order_by(notice.c.office, notice.c.person))]


def _told_before(connection: Connection, notices: Iterable[Notice]) -> frozenset[tuple[str, str, str]]:
    """Drop what wasn't sent of all that is taken back; commitment, office and person of those who were sent any."""
    found: set[tuple[str, str, str]] = set()
    taken_back = {
        (one.commitment, one.takes_back) for one in notices if one.commitment is not None and one.takes_back is not None
    }
    for commitment, versions in taken_back:
        of_it = select(notice.c.id).where(_of(commitment, versions))
        unsent = update(delivery).where(delivery.c.notice.in_(of_it), delivery.c.status == "waiting")
        connection.execute(unsent.values(status="dropped", next_at=None))
        gone = (
            select(notice.c.office, notice.c.person)
            .join_from(delivery, notice)
            .where(_of(commitment, versions), delivery.c.status.in_(("claimed", "sent")))
        )
        found |= {(commitment, row.office, row.person) for row in connection.execute(gone)}
    return frozenset(found)


def _of(commitment: str, versions: tuple[int, int]) -> ColumnElement[bool]:
    first, end = versions
    return and_(
        notice.c.commitment == commitment,
        notice.c.version >= first,
        notice.c.version < end,
        notice.c.fact != NAMES[EscalationRaised],
    )


def _insert_new(connection: Connection, rows: list[dict[str, object]]) -> set[str]:
    statement = _insert_unless_there(connection, notice).returning(notice.c.id)
    return set(connection.execute(statement, rows).scalars())


def _insert_unless_there(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def _row(name: str, one: Notice) -> dict[str, object]:
    return {
        "id": name,
        "commitment": one.commitment,
        "position": one.position,
        "version": one.version,
        "fact": one.fact,
        "office": one.office,
        "person": one.person,
        "why": one.why,
        "urgency": one.urgency,
        "action": one.action,
        "language": one.language,
        "subject": one.subject,
        "body": one.body,
        "path": one.path,
        "created_at": one.created_at,
    }


def _is_sent(one: Notice, told: frozenset[tuple[str, str, str]]) -> bool:
    if one.takes_back is not None and (one.commitment, one.office, one.person) not in told:
        return False
    return one.urgency != ON_PAGES_ALONE and one.address is not None


def _delivery(name: str, one: Notice, domain: str, now: datetime) -> Mapping[str, object]:
    own = str(uuid6.uuid7())
    return {
        "id": own,
        "notice": name,
        "channel": EMAIL,
        "address": one.address,
        # The same for every attempt: a mailbox that got the first one shows the second as the same mail.
        "message_id": f"<{own}@{domain}>",
        "status": "waiting",
        "attempts": 0,
        "next_at": now + one.held_for if one.held_for else None,
    }
