"""Sessions: what a browser's cookie stands for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import uuid6
from sqlalchemy import Engine, delete, insert, or_, select, update

from events.engine import write_transaction
from events.errors import Unavailable
from service.config import Config
from service.identity import tables
from service.identity.errors import NotSignedIn
from service.identity.principals import Principal, acting_for, principal
from workflows.delegations import EMPTY, Delegations
from workflows.offices import Directory

_SEEN_EVERY = timedelta(minutes=5)
"""How stale `last_seen_at` may be: a page view must not cost a write."""
_KEPT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lasts: without use, and at all."""

    idle: timedelta = timedelta(hours=8)
    absolute: timedelta = timedelta(days=7)


DEFAULT_LIFETIME = Lifetime()


def lifetime_of(config: Config) -> Lifetime:
    """What the settings say."""
    return Lifetime(idle=config.session_idle, absolute=config.session_lifetime)


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session just opened; `cookie` is its secret and can't be had again."""

    id: str
    cookie: str
    person: str
    office: str
    method: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class _Session:
    id: str
    person: str
    office: str
    on_behalf_of: str | None
    method: str
    last_seen_at: datetime
    expires_at: datetime


def open_session(
    engine: Engine,
    *,
    person: str,
    office: str,
    method: str,
    now: datetime,
    lifetime: Lifetime = DEFAULT_LIFETIME,
) -> OpenedSession:
    """Open a session for a person whose proof the caller found good.

    method  password | link | demo
    now     aware UTC by the machine's clock, as everywhere in this package (a demo's clock jumps)
    """
    return _open(engine, person=person, office=office, method=method, now=now, expires_at=now + lifetime.absolute)


def session_of(
    engine: Engine,
    cookie: str,
    *,
    directory: Directory,
    now: datetime,
    log_now: datetime,
    delegations: Delegations = EMPTY,
    lifetime: Lifetime = DEFAULT_LIFETIME,
) -> Principal:
    """Who sent this cookie, checked against the appointments and delegations of this moment.

    log_now  aware UTC by the log's clock, for the appointment
    raises   NotSignedIn (session_unknown, session_ended, session_expired, person_inactive, not_a_holder,
             not_a_delegate)
    cost     one indexed read; one small write every five minutes of use
    """
    known = _usable(engine, cookie, now, lifetime)
    found = principal(
        directory, person=known.person, office=known.office, method=known.method, proof_id=known.id, log_now=log_now
    )
    if known.on_behalf_of is not None:
        found = acting_for(found, known.on_behalf_of, directory=directory, delegations=delegations, log_now=log_now)
    _touch(engine, known, now)
    return found


def session_person(engine: Engine, cookie: str, *, now: datetime, lifetime: Lifetime = DEFAULT_LIFETIME) -> str:
    """The pseudonym of who sent this cookie, whether or not they still hold the session's office.

    raises  NotSignedIn, as `session_of` without not_a_holder and not_a_delegate
    """
    return _usable(engine, cookie, now, lifetime).person


def switch_office(
    engine: Engine,
    cookie: str,
    *,
    office: str,
    directory: Directory,
    now: datetime,
    log_now: datetime,
    on_behalf_of: str | None = None,
    delegations: Delegations = EMPTY,
    lifetime: Lifetime = DEFAULT_LIFETIME,
) -> OpenedSession:
    """End this session and open one for another office of the same person, with a new cookie and the old end.

    Works too where the office that the session was for isn't held any more.

    on_behalf_of  the office whose authority is used from now on, as delegated to `office`
    raises        NotSignedIn, as `session_of`; not_a_holder names the office asked for
    """
    known = _usable(engine, cookie, now, lifetime)
    wanted = principal(
        directory, person=known.person, office=office, method=known.method, proof_id=known.id, log_now=log_now
    )
    if on_behalf_of is not None:
        acting_for(wanted, on_behalf_of, directory=directory, delegations=delegations, log_now=log_now)
    end_session(engine, cookie, now=now)
    return _open(
        engine,
        person=known.person,
        office=office,
        method=known.method,
        now=now,
        expires_at=known.expires_at,
        on_behalf_of=on_behalf_of,
    )


def end_session(engine: Engine, cookie: str, *, now: datetime) -> None:
    """End the session of this cookie; an unknown or ended one is left as it is."""
    mine = tables.session.c.digest == tables.digest_of(cookie)
    with write_transaction(engine) as connection:
        connection.execute(update(tables.session).where(mine, tables.session.c.ended_at.is_(None)).values(ended_at=now))


def end_sessions_of(engine: Engine, person: str, *, now: datetime, except_session: str | None = None) -> int:
    """End the person's sessions, except the one named by its id.

    returns  how many were open
    """
    columns = tables.session.c
    theirs = (columns.person == person) & columns.ended_at.is_(None) & (columns.id != (except_session or ""))
    with write_transaction(engine) as connection:
        return connection.execute(update(tables.session).where(theirs).values(ended_at=now)).rowcount


def sweep(engine: Engine, *, now: datetime) -> int:
    """Forget sessions, links and failures that ended 30 days ago and more.

    returns  how many rows went
    """
    before = now - _KEPT
    session, link, failure = tables.session.c, tables.sign_in_link.c, tables.sign_in_failure.c
    old = (
        delete(tables.session).where(or_(session.expires_at < before, session.ended_at < before)),
        delete(tables.sign_in_link).where(or_(link.expires_at < before, link.used_at < before)),
        delete(tables.sign_in_failure).where(failure.last_at < before),
    )
    with write_transaction(engine) as connection:
        return sum(connection.execute(statement).rowcount for statement in old)


def _open(
    engine: Engine,
    *,
    person: str,
    office: str,
    method: str,
    now: datetime,
    expires_at: datetime,
    on_behalf_of: str | None = None,
) -> OpenedSession:
    opened = OpenedSession(
        id=str(uuid6.uuid7()),
        cookie=secrets.token_urlsafe(32),
        person=person,
        office=office,
        method=method,
        expires_at=expires_at,
    )
    row = {
        "id": opened.id,
        "digest": tables.digest_of(opened.cookie),
        "person": person,
        "office": office,
        "on_behalf_of": on_behalf_of,
        "method": method,
        "created_at": now,
        "last_seen_at": now,
        "expires_at": expires_at,
        "ended_at": None,
    }
    with write_transaction(engine) as connection:
        connection.execute(insert(tables.session).values(row))
    return opened


def _usable(engine: Engine, cookie: str, now: datetime, lifetime: Lifetime) -> _Session:
    query = (
        select(*tables.session.c, tables.person.c.active)
        .join(tables.person, tables.person.c.id == tables.session.c.person)
        .where(tables.session.c.digest == tables.digest_of(cookie))
    )
    with tables.reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotSignedIn("session_unknown")
    if not row.active:
        raise NotSignedIn("person_inactive")
    if row.ended_at is not None:
        raise NotSignedIn("session_ended")
    if now >= min(row.expires_at, row.last_seen_at + lifetime.idle):
        raise NotSignedIn("session_expired")
    return _Session(
        id=row.id,
        person=row.person,
        office=row.office,
        on_behalf_of=row.on_behalf_of,
        method=row.method,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
    )


def _touch(engine: Engine, known: _Session, now: datetime) -> None:
    if now - known.last_seen_at < _SEEN_EVERY:
        return
    mine = (tables.session.c.id == known.id) & (tables.session.c.last_seen_at < now)
    try:
        with write_transaction(engine) as connection:
            connection.execute(update(tables.session).where(mine).values(last_seen_at=now))
    except Unavailable:
        # A page must not fail because the database is busy writing; the next request says so again.
        return
