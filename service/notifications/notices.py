"""Writing down who is told what, in the transaction of whoever knows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import uuid6
from sqlalchemy import Connection, Table, insert
from sqlalchemy.dialects import postgresql, sqlite

from service.notifications.tables import delivery, notice

EMAIL = "email"
ON_PAGES_ALONE = "page"


@dataclass(frozen=True, slots=True)
class Notice:
    """One fact told to one person in one office, rendered.

    fact        the stored name
    why         a stable word: a role, approver, asker, heard, claimant, verifier, escalation, settled
    urgency     now | daily | weekly | page: the last is shown on pages and pushed to nobody
    path        where the link leads, below the base URL
    created_at  by the log's clock; it becomes the mail's date
    address     None: the person has no mail address, the notice stays on the pages
    """

    commitment: str
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


def write_notices(connection: Connection, notices: Iterable[Notice], *, domain: str) -> int:
    """Write notices and their deliveries down with the caller's transaction; what is there already stays as it is.

    domain   the right side of the Message-IDs: the sender's mail domain
    returns  how many notices are new
    """
    fresh = {str(uuid6.uuid7()): one for one in notices}
    if not fresh:
        return 0
    written = _insert_new(connection, [_row(name, one) for name, one in fresh.items()])
    deliveries = [_delivery(name, fresh[name], domain) for name in fresh if name in written and _is_sent(fresh[name])]
    if deliveries:
        connection.execute(insert(delivery), deliveries)
    return len(written)


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


def _is_sent(one: Notice) -> bool:
    return one.urgency != ON_PAGES_ALONE and one.address is not None


def _delivery(name: str, one: Notice, domain: str) -> Mapping[str, object]:
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
    }
