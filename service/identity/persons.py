"""Persons: a pseudonym that the log knows, and the name, address and language that only this table knows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import uuid6
from sqlalchemy import Engine, Row, Select, insert, select, update
from sqlalchemy.exc import IntegrityError

from events.engine import write_transaction
from service.identity import tables
from service.identity.errors import InputRefused
from service.identity.passwords import check_policy, hash_password
from service.identity.sessions import end_sessions_of

LANGUAGES = ("id", "en")
_ADDRESS = re.compile(r'[^\s@<>()\[\]\\,;:"]+@[^\s@<>()\[\]\\,;:".]+(\.[^\s@<>()\[\]\\,;:".]+)+')
_COLUMNS = [column for column in tables.person.c if column.name != "email_key"]
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Person:
    """A person as stored; `id` is the pseudonym that events name."""

    id: str
    name: str
    email: str
    language: str
    active: bool
    created_at: datetime
    has_password: bool


@dataclass(frozen=True, slots=True)
class NewPerson:
    """What is needed to know a person; parsed by `create_person`, not before.

    id  a pseudonym made beforehand, a UUIDv7; None: a fresh one
    """

    name: str
    email: str
    language: str = "id"
    id: str | None = None


def create_person(engine: Engine, new: NewPerson, *, now: datetime) -> Person:
    """Store a person.

    raises  InputRefused (email_invalid, name_invalid, language_unknown, person_exists)
    """
    return create_persons(engine, [new], now=now)[0]


def create_persons(engine: Engine, new: Sequence[NewPerson], *, now: datetime) -> list[Person]:
    """Store all of them, in one transaction, or none.

    returns  the persons in the order given
    raises   InputRefused, as `create_person`; person_exists also for an address that is given twice
    """
    persons = [_parsed(one, now) for one in new]
    if not persons:
        return []
    _refuse_twice(persons)
    try:
        with write_transaction(engine) as connection:
            taken = _by_email(connection.execute(_with_emails([one.email for one in persons])).all())
            for one in persons:
                if tables.email_key(one.email) in taken:
                    raise InputRefused("person_exists", email=one.email)
            connection.execute(insert(tables.person), [_row(one) for one in persons])
    except IntegrityError as error:
        # Two servers may pass the look-up at once on PostgreSQL; the unique key lets one through.
        raise InputRefused("person_exists", email=", ".join(one.email for one in persons[:3])) from error
    return persons


def person(engine: Engine, person_id: str) -> Person | None:
    """The person of that pseudonym, if known."""
    return persons_by_id(engine, [person_id]).get(person_id)


def persons_by_id(engine: Engine, ids: Iterable[str]) -> Mapping[str, Person]:
    """The known ones among these pseudonyms. Costs one query a 500."""
    found: dict[str, Person] = {}
    with tables.reading(engine) as connection:
        for some in _in_batches(ids):
            for row in connection.execute(select(*_COLUMNS).where(tables.person.c.id.in_(some))):
                found[row.id] = _person(row)
    return found


def person_by_email(engine: Engine, email: str) -> Person | None:
    """The person with that address, however it is spelled."""
    return persons_by_email(engine, [email]).get(tables.email_key(email))


def persons_by_email(engine: Engine, emails: Iterable[str]) -> Mapping[str, Person]:
    """The known ones among these addresses, by `email_key`. Costs one query a 500."""
    found: dict[str, Person] = {}
    with tables.reading(engine) as connection:
        for some in _in_batches(emails):
            found.update(_by_email(connection.execute(_with_emails(some)).all()))
    return found


def list_persons(engine: Engine) -> list[Person]:
    """Every person, oldest first."""
    with tables.reading(engine) as connection:
        rows = connection.execute(select(*_COLUMNS).order_by(tables.person.c.created_at, tables.person.c.id))
        return [_person(row) for row in rows]


def update_person(engine: Engine, person_id: str, *, name: str, language: str) -> bool:
    """Make the person's name and language these.

    returns  False where they were these already
    raises   InputRefused (name_invalid, language_unknown, person_unknown)
    """
    values = {"name": parse_name(name), "language": _language(language)}
    before = _known(engine, person_id)
    if (before.name, before.language) == (values["name"], values["language"]):
        return False
    _change(engine, person_id, values)
    return True


def set_password(
    engine: Engine, person_id: str, password: str, *, now: datetime, except_session: str | None = None
) -> None:
    """Make this the person's password; every session of theirs ends, except the one named by its id.

    raises  InputRefused (person_unknown, password_too_short, password_too_long, password_too_simple)
    """
    known = _known(engine, person_id)
    check_policy(password, name=known.name, email=known.email)
    _change(engine, person_id, {"password_hash": hash_password(password)})
    end_sessions_of(engine, person_id, now=now, except_session=except_session)


def deactivate_person(engine: Engine, person_id: str, *, now: datetime) -> None:
    """From now on no password, session, token or link of this person lets anybody in.

    raises  InputRefused (person_unknown)
    """
    _known(engine, person_id)
    _change(engine, person_id, {"active": False})
    end_sessions_of(engine, person_id, now=now)


def reactivate_person(engine: Engine, person_id: str) -> None:
    """Let the person in again with what they had, sessions excepted.

    raises  InputRefused (person_unknown)
    """
    _known(engine, person_id)
    _change(engine, person_id, {"active": True})


def parse_name(text: str) -> str:
    """A person's name on one line, in one Unicode form. Raises InputRefused name_invalid."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not 1 <= len(name) <= 200 or not name.isprintable():
        raise InputRefused("name_invalid")
    return name


def parse_email(text: str) -> str:
    """One plain mail address, as it is stored. Raises InputRefused email_invalid."""
    email = unicodedata.normalize("NFKC", text).strip()
    if len(email) > 254 or not email.isprintable() or _ADDRESS.fullmatch(email) is None:
        raise InputRefused("email_invalid", email=text[:254])
    return email


def _known(engine: Engine, person_id: str) -> Person:
    known = person(engine, person_id)
    if known is None:
        raise InputRefused("person_unknown", person=person_id)
    return known


def _change(engine: Engine, person_id: str, values: Mapping[str, object]) -> None:
    with write_transaction(engine) as connection:
        connection.execute(update(tables.person).where(tables.person.c.id == person_id).values(values))


def _with_emails(emails: Iterable[str]) -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).where(tables.person.c.email_key.in_([tables.email_key(one) for one in emails]))


def _in_batches(values: Iterable[str]) -> Iterable[Sequence[str]]:
    unique = list(dict.fromkeys(values))
    return [unique[start : start + _BATCH] for start in range(0, len(unique), _BATCH)]


def _by_email(rows: Sequence[Row[*tuple[Any, ...]]]) -> dict[str, Person]:
    return {tables.email_key(row.email): _person(row) for row in rows}


def _refuse_twice(persons: Sequence[Person]) -> None:
    seen: set[str] = set()
    for one in persons:
        key = tables.email_key(one.email)
        if key in seen:
            raise InputRefused("person_exists", email=one.email)
        seen.add(key)


def _parsed(new: NewPerson, now: datetime) -> Person:
    return Person(
        id=new.id or str(uuid6.uuid7()),
        name=parse_name(new.name),
        email=parse_email(new.email),
        language=_language(new.language),
        active=True,
        created_at=now,
        has_password=False,
    )


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise InputRefused("language_unknown", language=text)
    return text


def _row(one: Person) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "email_key": tables.email_key(one.email),
        "language": one.language,
        "password_hash": None,
        "active": one.active,
        "created_at": one.created_at,
    }


def _person(row: Row[*tuple[Any, ...]]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        email=row.email,
        language=row.language,
        active=row.active,
        created_at=row.created_at,
        has_password=row.password_hash is not None,
    )
