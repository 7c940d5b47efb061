"""Alembic's entry: it runs the revisions on the connection, and in the transaction, that it is given."""

from __future__ import annotations

from alembic import context

from service.migrations.schema import whole_metadata
from service.migrations.upgrade import OF_THE_LOG


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or name not in OF_THE_LOG


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=whole_metadata() if context.config.attributes.get("compare") else None,
    include_name=_is_ours,
    render_as_batch=True,
    compare_type=True,
    user_module_prefix="events.tables.",
)
with context.begin_transaction():
    context.run_migrations()
