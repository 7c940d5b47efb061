"""A commitment's story: one row a fact, with what a sentence needs."""

from __future__ import annotations

import msgspec
from sqlalchemy import Column, Index, Integer, String, Table, Text

from events.tables import UtcTime
from service.db import metadata
from service.read_models.model import History, Row, Rows
from workflows.commitment import Recorded
from workflows.facts import NAMES

story_table = Table(
    "story",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("position", Integer, nullable=False, unique=True),
    Column("fact", String, nullable=False),
    Column("office", String, nullable=False),
    Column("person", String, nullable=False),
    Column("on_behalf_of", String),
    Column("capacity", String, nullable=False),
    Column("recorded_at", UtcTime, nullable=False),
    Column("valid_at", UtcTime, nullable=False),
    Column("data", Text, nullable=False),
    Index("ix_story_fact", "fact"),
)


class Story:
    """The read model `story`; `data` is the fact as JSON, whence sentences are made when read."""

    name = "story"
    version = 1
    tables = (story_table,)

    def rows(self, history: History) -> Rows:
        """One row a fact, in version order."""
        return {story_table: [_row(history.state.id, event) for event in history.events]}


def _row(commitment: str, event: Recorded) -> Row:
    return {
        "commitment": commitment,
        "version": event.version,
        "position": event.position,
        "fact": NAMES[type(event.fact)],
        "office": event.office,
        "person": event.person,
        "on_behalf_of": event.on_behalf_of,
        "capacity": event.capacity,
        "recorded_at": event.recorded_at,
        "valid_at": event.valid_at,
        "data": msgspec.json.encode(event.fact).decode(),
    }
