"""The service's own tables, beside the log: one MetaData for read models, identity, telling and evidence."""

from __future__ import annotations

from sqlalchemy import Engine, MetaData

from events.engine import write_transaction
from events.tables import Kind, create_log

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def create_schema(engine: Engine, *, kind: Kind = "real") -> None:
    """Create the log and every service table that is imported; for tests. A running service migrates instead."""
    create_log(engine, kind)
    with write_transaction(engine) as connection:
        metadata.create_all(connection)
