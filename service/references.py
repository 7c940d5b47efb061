"""Which id a commitment's reference has: reserved before its first event, so that one never makes two streams."""

from __future__ import annotations

from datetime import datetime
from itertools import count

from sqlalchemy import Column, Connection, Engine, String, Table, insert, select
from sqlalchemy.exc import IntegrityError
from uuid6 import uuid7

from events.engine import answering, write_transaction
from events.tables import UtcTime
from service.db import metadata
from workflows.facts import CommitmentDrafted, ProgrammeOpened

reference_table = Table(
    "reference",
    metadata,
    Column("reference", String, primary_key=True),
    Column("commitment", String, nullable=False, unique=True),
    Column("reserved_at", UtcTime, nullable=False),
)


def reference_of(programme: str, party: str, subject: str) -> str:
    """How people name a commitment: "KALBAR-2022-6101-e-open"."""
    return f"{programme.upper()}-{party.replace('.', '')}-{subject}"


def next_reference(opened: ProgrammeOpened, drafted: CommitmentDrafted) -> str:
    """How the commitment is named that follows one which ended: "KALBAR-2022-6101-e-open-2", then "-3".

    A number that would name the first commitment to another subject is passed over.
    """
    first = reference_of(drafted.programme, drafted.party, drafted.subject)
    number = number_of(first, drafted.reference)
    stem, number = (drafted.reference, 1) if number is None else (first, number)
    taken = {reference_of(drafted.programme, drafted.party, one.subject) for one in opened.subjects}
    return next(name for name in (f"{stem}-{after}" for after in count(number + 1)) if name not in taken)


def number_of(first: str, reference: str) -> int | None:
    """Which of a party's commitments to a subject a reference names: 1 the first; None where it is of another form."""
    if reference == first:
        return 1
    stem, _, number = reference.rpartition("-")
    counts = stem == first and number.isascii() and number.isdigit() and not number.startswith("0")
    return int(number) if counts and int(number) > 1 else None


def commitment_of(connection: Connection, reference: str) -> str | None:
    """The id reserved for a reference; its stream may still be empty."""
    return connection.execute(
        select(reference_table.c.commitment).where(reference_table.c.reference == reference)
    ).scalar_one_or_none()


def reserve(engine: Engine, reference: str, *, now: datetime) -> str:
    """The id of a reference, made (UUIDv7) at the first call and the same at every later one, from any process."""
    with answering(), engine.connect() as connection:
        known = commitment_of(connection, reference)
    if known is not None:
        return known
    try:
        with write_transaction(engine) as connection:
            known = str(uuid7())
            connection.execute(insert(reference_table).values(reference=reference, commitment=known, reserved_at=now))
        return known
    except IntegrityError:
        with answering(), engine.connect() as connection:
            taken = commitment_of(connection, reference)
        assert taken is not None
        return taken
