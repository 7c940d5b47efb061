"""The tables that know people: mutable, beside the log, and the only ones with names and addresses.

Secrets (session cookies, tokens, sign-in links) are stored as the SHA-256 of what their holder has: whoever reads
these tables can't act as anybody. The secrets have 256 random bits, so a slow hash would add nothing.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Boolean, Column, Connection, Engine, ForeignKey, Index, Integer, String, Table

from events.engine import answering
from events.tables import UtcTime
from service.db import metadata

person = Table(
    "person",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("email", String(254), nullable=False),
    Column("email_key", String(254), nullable=False, unique=True),
    Column("language", String(2), nullable=False),
    Column("password_hash", String(255)),
    Column("active", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
)
"""`email_key` is the address as it is compared: folded, so that one mailbox is one person."""

session = Table(
    "session",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("person", String(36), ForeignKey("person.id"), nullable=False),
    Column("office", String(200), nullable=False),
    Column("on_behalf_of", String(200)),
    Column("method", String(16), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("last_seen_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Index("ix_session_person", "person"),
    Index("ix_session_expires_at", "expires_at"),
)

token = Table(
    "token",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("digest", String(64), nullable=False, unique=True),
    Column("person", String(36), ForeignKey("person.id"), nullable=False),
    Column("office", String(200), nullable=False),
    Column("name", String(100), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
    Column("revoked_at", UtcTime),
    Column("last_used_at", UtcTime),
    Index("ix_token_person", "person"),
)

sign_in_link = Table(
    "sign_in_link",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", String(36), ForeignKey("person.id"), nullable=False),
    Column("office", String(200), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime, nullable=False),
    Column("used_at", UtcTime),
    Index("ix_sign_in_link_person", "person"),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("subject", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("blocked_until", UtcTime),
    Index("ix_sign_in_failure_last_at", "last_at"),
)
"""One row a person's address or network address that failed lately; `subject` is its digest: people type passwords
into the wrong field."""


def digest_of(secret: str) -> str:
    """SHA-256 in hex: how a secret is stored and found again."""
    return hashlib.sha256(secret.encode()).hexdigest()


def email_key(email: str) -> str:
    """The address as it is compared."""
    return unicodedata.normalize("NFKC", email).strip().casefold()


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection for one look-up.

    raises  events.errors.Unavailable where the database can't answer now
    """
    with answering(), engine.connect() as connection:
        yield connection
