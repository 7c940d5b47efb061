"""The log: its tables, triggers and procedures, which the room events/ owns."""

from alembic import op

from events.tables import install_ddl

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create what is missing of the log."""
    install_ddl(op.get_bind())
