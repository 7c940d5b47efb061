"""Passwords: argon2id, and the same work for a person who doesn't exist as for one who does."""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Engine, select, update

from events.engine import write_transaction
from service.identity import tables
from service.identity.errors import InputRefused

LEAST_CHARS = 12
MOST_BYTES = 1024
_HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=4)
"""RFC 9106's second recommendation: 64 MiB, three passes, four lanes."""


@dataclass(frozen=True, slots=True)
class _Stored:
    person: str | None
    password_hash: str | None
    active: bool


def check_policy(password: str, *, name: str, email: str) -> None:
    """Refuse what is guessed first; length is what counts, no kinds of characters are demanded.

    raises  InputRefused (password_too_short, password_too_long, password_too_simple)
    """
    text = _normal(password)
    if len(text.encode()) > MOST_BYTES:
        raise InputRefused("password_too_long", most=str(MOST_BYTES))
    if len(text) < LEAST_CHARS:
        raise InputRefused("password_too_short", least=str(LEAST_CHARS))
    folded = text.casefold()
    known = {name.casefold(), email.casefold(), email.partition("@")[0].casefold()}
    if len(set(folded)) < 5 or folded in known or folded in "01234567890123456789 abcdefghijklmnopqrstuvwxyz":
        raise InputRefused("password_too_simple")


def hash_password(password: str) -> str:
    """The argon2id hash with its parameters and salt, as stored."""
    return _HASHER.hash(_normal(password))


def verify_password(engine: Engine, email: str, password: str) -> str | None:
    """The pseudonym of the active person with that address and password, else None, after the same work either way.

    A hash made with other parameters than those in force is renewed. Costs 64 MiB and tens of milliseconds.
    """
    stored = _stored(engine, tables.email_key(email))
    against = stored.password_hash or _decoy()
    matches = _matches(against, password)
    if stored.person is None or stored.password_hash is None or not stored.active or not matches:
        return None
    if _HASHER.check_needs_rehash(against):
        _renew(engine, stored.person, against, fresh=hash_password(password))
    return stored.person


def _stored(engine: Engine, email_key: str) -> _Stored:
    columns = tables.person.c
    query = select(columns.id, columns.password_hash, columns.active).where(columns.email_key == email_key)
    with tables.reading(engine) as connection:
        row = connection.execute(query).one_or_none()
    # Made before the answer is known, or the first unknown person of a process would take twice as long.
    _decoy()
    return _Stored(None, None, active=False) if row is None else _Stored(row.id, row.password_hash, row.active)


def _matches(password_hash: str, password: str) -> bool:
    text = _normal(password)
    try:
        return _HASHER.verify(password_hash, text if len(text.encode()) <= MOST_BYTES else "")
    except (VerificationError, InvalidHashError):
        return False


def _renew(engine: Engine, person: str, before: str, *, fresh: str) -> None:
    unchanged = (tables.person.c.id == person) & (tables.person.c.password_hash == before)
    with write_transaction(engine) as connection:
        connection.execute(update(tables.person).where(unchanged).values(password_hash=fresh))


@cache
def _decoy() -> str:
    """A hash that nobody's password has, as dear to verify as a real one."""
    return _HASHER.hash(secrets.token_urlsafe(32))


def _normal(password: str) -> str:
    """One password, however the keyboard composed its characters."""
    return unicodedata.normalize("NFKC", password)
