"""How much waits, office by office."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, func, select

from service.read_models.inbox import inbox_table

_I = inbox_table.c


def count_waiting(connection: Connection) -> Mapping[str, int]:
    """How many things wait for each office that has any."""
    query = select(_I.office, func.count().label("waiting")).group_by(_I.office)
    return {row.office: row.waiting for row in connection.execute(query)}
