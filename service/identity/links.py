"""One-time sign-in links: how a first administrator, or who forgot a password, gets in."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, insert, select, update

from events.engine import write_transaction
from service.identity import tables
from service.identity.errors import InputRefused, NotSignedIn
from service.identity.principals import principal
from service.identity.sessions import DEFAULT_LIFETIME, Lifetime, OpenedSession, open_session
from workflows.offices import Directory

LINK_LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class SignInLink:
    """Whom a link lets in, and until when."""

    person: str
    office: str
    expires_at: datetime


def create_link(engine: Engine, *, person: str, office: str, now: datetime, lifetime: timedelta = LINK_LIFETIME) -> str:
    """Make a link for a person in an office; earlier unused ones of theirs stop working.

    returns  the secret, for `/login/link/<secret>`; can't be had again
    raises   InputRefused (person_unknown)
    """
    secret = secrets.token_urlsafe(32)
    link = tables.sign_in_link
    row = {
        "digest": tables.digest_of(secret),
        "person": person,
        "office": office,
        "created_at": now,
        "expires_at": now + lifetime,
    }
    with write_transaction(engine) as connection:
        if connection.execute(select(tables.person.c.id).where(tables.person.c.id == person)).first() is None:
            raise InputRefused("person_unknown", person=person)
        connection.execute(update(link).where(link.c.person == person, link.c.used_at.is_(None)).values(used_at=now))
        connection.execute(insert(link).values(row))
    return secret


def link_of(engine: Engine, secret: str, *, now: datetime) -> SignInLink:
    """Whom the link would let in; doesn't use it up, so that a mail scanner's GET doesn't either.

    raises  NotSignedIn (link_unknown, link_used, link_expired, person_inactive)
    """
    query = (
        select(*tables.sign_in_link.c, tables.person.c.active)
        .join(tables.person, tables.person.c.id == tables.sign_in_link.c.person)
        .where(tables.sign_in_link.c.digest == tables.digest_of(secret))
    )
    with tables.reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotSignedIn("link_unknown")
    if row.used_at is not None:
        raise NotSignedIn("link_used")
    if now >= row.expires_at:
        raise NotSignedIn("link_expired")
    if not row.active:
        raise NotSignedIn("person_inactive")
    return SignInLink(person=row.person, office=row.office, expires_at=row.expires_at)


def use_link(
    engine: Engine,
    secret: str,
    *,
    directory: Directory,
    now: datetime,
    log_now: datetime,
    lifetime: Lifetime = DEFAULT_LIFETIME,
) -> OpenedSession:
    """Open the one session that the link is good for: of several at once, one gets in.

    raises  NotSignedIn, as `link_of`, and not_a_holder, which leaves the link unused
    """
    found = link_of(engine, secret, now=now)
    principal(directory, person=found.person, office=found.office, method="link", proof_id="", log_now=log_now)
    link = tables.sign_in_link
    unused = update(link).where(link.c.digest == tables.digest_of(secret), link.c.used_at.is_(None))
    with write_transaction(engine) as connection:
        if connection.execute(unused.values(used_at=now)).rowcount != 1:
            raise NotSignedIn("link_used")
    return open_session(engine, person=found.person, office=found.office, method="link", now=now, lifetime=lifetime)
