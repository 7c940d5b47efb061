"""What another system's id means in a programme: claimed before it is recorded, so that one never means two things."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from unicodedata import normalize

from sqlalchemy import Column, Connection, Engine, String, Table, Text, insert, select
from sqlalchemy.exc import IntegrityError

from events.engine import answering, write_transaction
from events.tables import UtcTime
from service.db import metadata
from workflows.commitment import Commitment

COMMITMENT, ITEM = "commitment", "item"

external_id_table = Table(
    "external_id",
    metadata,
    Column("programme", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("system", String, primary_key=True),
    Column("digest", String(64), primary_key=True),
    Column("external_id", Text, nullable=False),
    Column("target", String, nullable=False),
    Column("claimed_at", UtcTime, nullable=False),
)
"""kind: commitment | item. digest: SHA-256 of the id, which may be longer than an index takes. target: a commitment's
id; an item's is "<commitment>/<number>"."""


def one_form(external_id: str) -> str:
    """The id in the one Unicode form that is kept: what looks the same is the same, whichever system wrote it."""
    return normalize("NFC", external_id)


@dataclass(frozen=True, slots=True)
class External:
    """Another system's id of one kind of thing in one programme."""

    programme: str
    kind: str
    system: str
    external_id: str

    @property
    def digest(self) -> str:
        """SHA-256 in hex of the id."""
        return sha256(self.external_id.encode()).hexdigest()

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What its row is found by."""
        return self.programme, self.kind, self.system, self.digest


def called_elsewhere(commitment: Commitment) -> Iterator[tuple[External, str]]:
    """The ids of other systems that a commitment and its items have by the log, each with what it means."""
    for one in commitment.external_ids:
        kind, target = (COMMITMENT, commitment.id) if one.item is None else (ITEM, f"{commitment.id}/{one.item}")
        yield External(commitment.drafted.programme, kind, one.system, one.external_id), target


def target_of(connection: Connection, external: External) -> str | None:
    """What the id means; None where nobody claimed it."""
    row = external_id_table.c
    query = select(row.target).where(
        row.programme == external.programme,
        row.kind == external.kind,
        row.system == external.system,
        row.digest == external.digest,
    )
    return connection.execute(query).scalar_one_or_none()


def targets(connection: Connection, system: str, external_id: str) -> list[tuple[str, str, str]]:
    """Everything that the id means, as (programme, kind, target), in every programme."""
    row = external_id_table.c
    digest = External("", "", system, external_id).digest
    query = select(row.programme, row.kind, row.target).where(row.system == system, row.digest == digest)
    ordered = query.order_by(row.programme, row.kind)
    return [(found.programme, found.kind, found.target) for found in connection.execute(ordered)]


def claim(engine: Engine, external: External, target: str, *, now: datetime) -> str:
    """Let the id mean the target; returns what it means: another thing where it was claimed for that before."""
    row = {
        "programme": external.programme,
        "kind": external.kind,
        "system": external.system,
        "digest": external.digest,
        "external_id": external.external_id,
        "target": target,
        "claimed_at": now,
    }
    with answering(), engine.connect() as connection:
        known = target_of(connection, external)
    if known is not None:
        return known
    try:
        with write_transaction(engine) as connection:
            connection.execute(insert(external_id_table).values(row))
    except IntegrityError:
        with answering(), engine.connect() as connection:
            taken = target_of(connection, external)
        assert taken is not None
        return taken
    return target
