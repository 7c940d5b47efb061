"""Slows down whoever guesses passwords, for one person or from one place.

An attempt is counted before its password is looked at and taken back when it was right, so that many at once don't
slip through between look and count. While a wait runs, nothing is counted: guessing on doesn't lengthen it.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from sqlalchemy import Connection, Engine, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from events.engine import write_transaction
from service.identity import tables
from service.identity.errors import TooManyFailures

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)
_FORGET_AFTER = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Attempt:
    """A sign-in that was counted; `free` says after how many failures each subject begins to wait."""

    person: str
    place: str | None


_FREE_PERSON = 5
_FREE_PLACE = 30
"""A whole office may sit behind one address."""


def begin_attempt(engine: Engine, *, email: str, address: str | None, now: datetime) -> Attempt:
    """Count an attempt for the person and for the place it comes from.

    address  the peer's IP address; None where there is none (a local command)
    raises   TooManyFailures, with the longer of both waits; nothing was counted then
    """
    attempt = Attempt(
        _subject("person", tables.email_key(email)), None if address is None else _subject("place", _place(address))
    )
    with write_transaction(engine) as connection:
        # Always the person first: two attempts never wait for each other crosswise.
        rows = [(subject, free, *_locked(connection, subject, now)) for subject, free in _subjects(attempt)]
        waits = [blocked_until - now for *_, blocked_until in rows if blocked_until is not None and blocked_until > now]
        if waits:
            raise TooManyFailures(max(1, math.ceil(max(waits).total_seconds())))
        for subject, free, failures, _ in rows:
            _store(connection, subject, failures + 1, free=free, now=now)
    return attempt


def succeeded(engine: Engine, attempt: Attempt, *, now: datetime) -> None:
    """Forget the person's failures, and this attempt at its place: the others' there still count."""
    with write_transaction(engine) as connection:
        connection.execute(delete(tables.sign_in_failure).where(tables.sign_in_failure.c.subject == attempt.person))
        if attempt.place is not None:
            failures, _ = _locked(connection, attempt.place, now)
            _store(connection, attempt.place, max(0, failures - 1), free=_FREE_PLACE, now=now)


def wait_after(failures: int, *, free: int) -> timedelta:
    """How long sign-in is closed after that many failures: nothing, then 30 s, doubling up to 15 min."""
    if failures < free:
        return timedelta()
    return min(_LONGEST_WAIT, _FIRST_WAIT * (1 << min(failures - free, 10)))


def _subjects(attempt: Attempt) -> list[tuple[str, int]]:
    place = [] if attempt.place is None else [(attempt.place, _FREE_PLACE)]
    return [(attempt.person, _FREE_PERSON), *place]


def _locked(connection: Connection, subject: str, now: datetime) -> tuple[int, datetime | None]:
    """Failures so far and the end of the wait; the row is ours until the transaction ends, made if need be."""
    table = tables.sign_in_failure
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    blank = dialect.insert(table).values(subject=subject, failures=0, last_at=now, blocked_until=None)
    connection.execute(blank.on_conflict_do_nothing(index_elements=["subject"]))
    row = connection.execute(select(*table.c).where(table.c.subject == subject).with_for_update()).one()
    return (0, None) if now - row.last_at > _FORGET_AFTER else (row.failures, row.blocked_until)


def _store(connection: Connection, subject: str, failures: int, *, free: int, now: datetime) -> None:
    wait = wait_after(failures, free=free)
    values = {"failures": failures, "last_at": now, "blocked_until": now + wait if wait else None}
    connection.execute(update(tables.sign_in_failure).where(tables.sign_in_failure.c.subject == subject).values(values))


def _subject(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()


def _place(address: str) -> str:
    """The address, or for IPv6 its /64: one subscriber has 2^64 of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network((parsed, 64), strict=False))
    return str(parsed)
