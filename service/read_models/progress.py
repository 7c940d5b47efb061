"""How far each commitment has come: its plan's three figures weighed together, its reports counted, its money."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from sqlalchemy import BigInteger, Column, Integer, String, Table

from service.db import metadata
from service.read_models.model import History, Rows
from workflows.commitment import Commitment
from workflows.commitment.promise import kept_as_first_signed
from workflows.plan import ItemProgress

WHOLE = 1000

progress_table = Table(
    "progress",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("items", Integer, nullable=False),
    Column("items_complete", Integer, nullable=False),
    Column("items_as_signed", Integer, nullable=False),
    Column("items_as_signed_complete", Integer, nullable=False),
    Column("claimed_permille", Integer, nullable=False),
    Column("checked_permille", Integer, nullable=False),
    Column("verified_permille", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Column("reports_late", Integer, nullable=False),
    Column("established_idr", BigInteger, nullable=False),
    Column("paid_idr", BigInteger, nullable=False),
    Column("proven_idr", BigInteger, nullable=False),
)


class Progress:
    """The read model `progress`; a group's figures are SQL over these rows."""

    name = "progress"
    version = 1
    tables = (progress_table,)

    def rows(self, history: History) -> Rows:
        """One row a commitment."""
        state = history.state
        reports = [report.submitted for report in state.reports.values()]
        first = kept_as_first_signed(state)
        row = {
            "commitment": state.id,
            "items": len(state.items),
            "items_complete": sum(progress.complete for progress in state.progress.values()),
            "items_as_signed": first.items,
            "items_as_signed_complete": first.complete,
            "claimed_permille": reached(state, lambda progress: progress.claimed_value),
            "checked_permille": reached(state, lambda progress: progress.checked_value),
            "verified_permille": reached(state, lambda progress: progress.verified_value),
            "reports": len(reports),
            "reports_late": sum(report.late for report in reports),
            "established_idr": state.ledger.established_idr,
            "paid_idr": state.ledger.paid_idr,
            "proven_idr": state.ledger.proven_idr,
        }
        return {progress_table: [row]}


def reached(state: Commitment, figure: Callable[[ItemProgress], Decimal]) -> int:
    """How much of the plan's weight a figure reaches, in whole per mille, rounded down; 0 for a plan without items.

    An item counts as much as its weight, 1 where it has none, and never more than its target.
    """
    whole = done = Decimal(0)
    for item in state.items:
        weight = Decimal(1) if item.weight is None else item.weight
        whole += weight
        if item.target > 0:
            done += weight * min(Decimal(1), figure(state.progress[item.number]) / item.target)
    return int(done * WHOLE / whole) if whole else 0
