"""Progress rolled up: by programme, party, subject or commitment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, and_, false, func, not_, or_, select

from service.read_models.commitment_queries import Filters, narrowed
from service.read_models.commitments import commitment_table
from service.read_models.matrix import NO_DAYS
from service.read_models.obligations import obligation_table
from service.read_models.progress import progress_table
from service.read_models.scope import Scope, sees

GROUPS = ("programme", "party", "subject", "commitment")
_C, _P, _O = commitment_table.c, progress_table.c, obligation_table.c


@dataclass(frozen=True, slots=True)
class RolledUp:
    """A group's progress: the mean over its commitments, and sums. group: empty for the total

    items_as_signed  of the plans as first signed, whatever they became
    reports_overdue  reports that are owed and past their due moment
    established_idr, paid_idr, proven_idr  money that parties owe, in whole rupiah
    """

    group: str
    commitments: int
    items: int
    items_complete: int
    items_as_signed: int
    items_as_signed_complete: int
    claimed_permille: int
    checked_permille: int
    verified_permille: int
    reports: int
    reports_late: int
    reports_overdue: int
    established_idr: int
    paid_idr: int
    proven_idr: int

    @property
    def remaining_idr(self) -> int:
        """What is still to be proven."""
        return self.established_idr - self.proven_idr


def roll_up(
    connection: Connection,
    scope: Scope,
    *,
    by: str,
    now: datetime,
    filters: Filters,
    go_live: Mapping[str, date | None] = NO_DAYS,
) -> tuple[list[RolledUp], RolledUp | None]:
    """Each group's progress, by its id, and that of all commitments together; None where the scope sees none.

    by       one of GROUPS
    go_live  by programme: a report that was due before that day isn't overdue
    cost     two grouped queries over rows that streams own
    """
    column = _C[by]
    overdue = _overdue(now, go_live)
    joined = commitment_table.join(progress_table, _P.commitment == _C.commitment).outerjoin(
        overdue, overdue.c.commitment == _C.commitment
    )
    figures = _figures(overdue)
    seen = and_(sees(scope), narrowed(filters))
    rows = connection.execute(
        select(column, *figures).select_from(joined).where(seen).group_by(column).order_by(column)
    )
    groups = [_rolled(str(group), *counted) for group, *counted in rows]
    total = connection.execute(select(*figures).select_from(joined).where(seen)).one()
    return groups, _rolled("", *total) if total[0] else None


def _figures(overdue: Subquery) -> tuple[ColumnElement[Any], ...]:
    """What is counted of a group, in the order of `_rolled`."""
    return (
        func.count(),
        func.sum(_P["items"]),
        func.sum(_P.items_complete),
        func.sum(_P.items_as_signed),
        func.sum(_P.items_as_signed_complete),
        func.sum(_P.claimed_permille),
        func.sum(_P.checked_permille),
        func.sum(_P.verified_permille),
        func.sum(_P.reports),
        func.sum(_P.reports_late),
        func.coalesce(func.sum(overdue.c.overdue), 0),
        func.sum(_P.established_idr),
        func.sum(_P.paid_idr),
        func.sum(_P.proven_idr),
    )


def _overdue(now: datetime, go_live: Mapping[str, date | None]) -> Subquery:
    """How many reports of each commitment are owed and past their due moment."""
    before = [and_(_C.programme == name, _O.due_on < day) for name, day in go_live.items() if day is not None]
    return (
        select(_O.commitment, func.count().label("overdue"))
        .join(commitment_table, _C.commitment == _O.commitment)
        .where(_O.kind == "report", _O.status == "open", _O.due_at < now, not_(or_(false(), *before)))
        .group_by(_O.commitment)
        .subquery()
    )


def _rolled(group: str, count: int, *sums: int) -> RolledUp:
    items, complete, first, first_complete, claimed, checked, verified, reports, late, overdue, *money = map(int, sums)
    established, paid, proven = money
    return RolledUp(
        group=group,
        commitments=count,
        items=items,
        items_complete=complete,
        items_as_signed=first,
        items_as_signed_complete=first_complete,
        claimed_permille=claimed // count,
        checked_permille=checked // count,
        verified_permille=verified // count,
        reports=reports,
        reports_late=late,
        reports_overdue=overdue,
        established_idr=established,
        paid_idr=paid,
        proven_idr=proven,
    )
