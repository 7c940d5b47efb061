"""Bearer tokens for programs: one token is one person in one office."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import uuid6
from sqlalchemy import Engine, Row, insert, select, update

from events.engine import write_transaction
from events.errors import Unavailable
from service.identity import tables
from service.identity.errors import InputRefused, NotSignedIn
from service.identity.principals import Principal, principal
from workflows.offices import Directory

PREFIX = "kwl_"
"""Lets secret scanners find a token that was pasted where it doesn't belong."""
_LENGTH = len(PREFIX) + 43
_USED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of a token; never the token itself."""

    id: str
    person: str
    office: str
    name: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token just issued; `secret` is what its holder sends and can't be had again."""

    id: str
    secret: str
    expires_at: datetime | None


def issue_token(
    engine: Engine, *, person: str, office: str, name: str, now: datetime, expires_at: datetime | None = None
) -> IssuedToken:
    """Issue a token for a person in an office; each use checks that they hold it then.

    raises  InputRefused (person_unknown, token_name_invalid, expiry_past)
    """
    label = " ".join(name.split())
    if not 1 <= len(label) <= 100 or not label.isprintable():
        raise InputRefused("token_name_invalid")
    if expires_at is not None and expires_at <= now:
        raise InputRefused("expiry_past")
    issued = IssuedToken(id=str(uuid6.uuid7()), secret=PREFIX + secrets.token_urlsafe(32), expires_at=expires_at)
    row = {
        "id": issued.id,
        "digest": tables.digest_of(issued.secret),
        "person": person,
        "office": office,
        "name": label,
        "created_at": now,
        "expires_at": expires_at,
    }
    with write_transaction(engine) as connection:
        if connection.execute(select(tables.person.c.id).where(tables.person.c.id == person)).first() is None:
            raise InputRefused("person_unknown", person=person)
        connection.execute(insert(tables.token).values(row))
    return issued


def revoke_token(engine: Engine, token_id: str, *, now: datetime) -> bool:
    """Make the token good for nothing from now on.

    returns  False where it was revoked before
    raises   InputRefused (token_unknown)
    """
    mine = tables.token.c.id == token_id
    with write_transaction(engine) as connection:
        if connection.execute(select(tables.token.c.id).where(mine)).first() is None:
            raise InputRefused("token_unknown")
        open_one = update(tables.token).where(mine, tables.token.c.revoked_at.is_(None))
        return connection.execute(open_one.values(revoked_at=now)).rowcount == 1


def list_tokens(engine: Engine, *, person: str | None = None) -> list[Token]:
    """Every token (of one person), oldest first; the revoked and expired ones too."""
    query = select(*tables.token.c).order_by(tables.token.c.created_at, tables.token.c.id)
    with tables.reading(engine) as connection:
        rows = connection.execute(query if person is None else query.where(tables.token.c.person == person))
        return [_token(row) for row in rows]


def token_of(engine: Engine, bearer: str, *, directory: Directory, now: datetime, log_now: datetime) -> Principal:
    """Who sent this token, checked against the appointments of this moment.

    raises  NotSignedIn (token_unknown, token_revoked, token_expired, person_inactive, not_a_holder)
    cost    one indexed read; one small write every five minutes of use
    """
    known = _usable(engine, bearer, now)
    found = principal(
        directory, person=known.person, office=known.office, method="token", proof_id=known.id, log_now=log_now
    )
    _touch(engine, known, now)
    return found


def _usable(engine: Engine, bearer: str, now: datetime) -> Token:
    if not bearer.startswith(PREFIX) or len(bearer) != _LENGTH:
        raise NotSignedIn("token_unknown")
    query = (
        select(*tables.token.c, tables.person.c.active)
        .join(tables.person, tables.person.c.id == tables.token.c.person)
        .where(tables.token.c.digest == tables.digest_of(bearer))
    )
    with tables.reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotSignedIn("token_unknown")
    if row.revoked_at is not None:
        raise NotSignedIn("token_revoked")
    if row.expires_at is not None and now >= row.expires_at:
        raise NotSignedIn("token_expired")
    if not row.active:
        raise NotSignedIn("person_inactive")
    return _token(row)


def _touch(engine: Engine, known: Token, now: datetime) -> None:
    if known.last_used_at is not None and now - known.last_used_at < _USED_EVERY:
        return
    try:
        with write_transaction(engine) as connection:
            connection.execute(update(tables.token).where(tables.token.c.id == known.id).values(last_used_at=now))
    except Unavailable:
        # When it was last used is worth no failed request.
        return


def _token(row: Row[*tuple[Any, ...]]) -> Token:
    return Token(
        id=row.id,
        person=row.person,
        office=row.office,
        name=row.name,
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked_at=row.revoked_at,
        last_used_at=row.last_used_at,
    )
