"""Everything owed, by whom, until when, and which level of its ladder comes next."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, Integer, String, Table

from events.tables import UtcTime
from service.db import metadata
from service.read_models.model import History, Row, Rows
from workflows.commitment import Owed

obligation_table = Table(
    "obligation",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("obligation", String, primary_key=True),
    Column("round", Integer, nullable=False),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("office", String, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("due_at", UtcTime, nullable=False),
    Column("ladder", String, nullable=False),
    Column("ladder_version", Integer, nullable=False),
    Column("status", String, nullable=False),
    Column("arisen_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("levels_raised", Integer, nullable=False),
    Column("last_level", Integer),
    Column("next_level", Integer),
    Column("next_at", UtcTime),
    Index("ix_obligation_next", "status", "next_at"),
    Index("ix_obligation_office", "office", "status"),
)


class Obligations:
    """The read model `obligations`: due moments are rows, so that a tick is one indexed query."""

    name = "obligations"
    version = 1
    tables = (obligation_table,)

    def rows(self, history: History) -> Rows:
        """One row an obligation, in its latest round."""
        state = history.state
        return {obligation_table: [_row(state.id, owed) for owed in state.owed.values()]}


def _row(commitment: str, owed: Owed) -> Row:
    one = owed.obligation
    taken = {level.level for level in owed.raised}
    coming = next((level for level in one.levels if level.level not in taken), None) if owed.is_open else None
    return {
        "commitment": commitment,
        "obligation": one.obligation,
        "round": one.round,
        "kind": one.kind,
        "subject": one.subject,
        "office": one.office,
        "due_on": one.due_on,
        "due_at": one.due_at,
        "ladder": one.ladder,
        "ladder_version": one.ladder_version,
        "status": owed.status,
        "arisen_at": owed.arisen_at,
        "ended_at": owed.ended_at,
        "levels_raised": len(owed.raised),
        "last_level": owed.raised[-1].level if owed.raised else None,
        "next_level": coming.level if coming else None,
        "next_at": coming.at if coming else None,
    }
