"""Commitments rolled up by what they hang under: computed from rows that streams own, never typed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, FromClause, and_, func, select

from service.read_models.commitments import commitment_table
from service.read_models.own_fields import commitment_field_table
from service.read_models.progress import progress_table
from service.read_models.scope import Scope, sees
from workflows.definition import Definition

_C, _P = commitment_table.c, progress_table.c
State = tuple[str, int]


@dataclass(slots=True)
class Parent:
    """What hangs under one parent.

    path      the parents' values from the top down; an empty one where a commitment doesn't say
    states    how many commitments stand in each state, by the version that names it
    permille  claimed, checked and verified progress, summed over the commitments
    money_idr established, paid and proven; whole rupiah
    """

    path: tuple[str, ...]
    commitments: int = 0
    states: dict[State, int] = field(default_factory=dict)
    items: int = 0
    items_complete: int = 0
    permille: tuple[int, int, int] = (0, 0, 0)
    money_idr: tuple[int, int, int] = (0, 0, 0)

    @property
    def mean_permille(self) -> tuple[int, int, int]:
        """The mean over the commitments, rounded down."""
        claimed, checked, verified = (one // self.commitments for one in self.permille)
        return claimed, checked, verified


def hidden_in(versions: Mapping[int, Definition], levels: Sequence[str], role: str | None) -> frozenset[int]:
    """The versions of a workflow in which an office of that role doesn't see all of these parents."""
    return frozenset(
        number
        for number, one in versions.items()
        if any(name in one.fields.commitment and not one.fields.commitment[name].is_seen_by(role) for name in levels)
    )


def roll_up_parents(
    connection: Connection, scope: Scope, programme: str, levels: Sequence[str], *, hidden: Collection[int]
) -> list[Parent]:
    """The parents of a programme's commitments that the scope sees, by path.

    levels  names of own fields from the top down: as many as the path is long
    hidden  versions whose commitments don't say to the reader under what they hang
    cost    one grouped query; rows as many as parents and states
    """
    tables = [commitment_field_table.alias(f"level_{number}") for number, _ in enumerate(levels)]
    joined: FromClause = commitment_table.join(progress_table, _P.commitment == _C.commitment)
    for table, name in zip(tables, levels, strict=True):
        mine = and_(table.c.commitment == _C.commitment, table.c.name == name)
        joined = joined.outerjoin(table, and_(mine, _C.definition_version.not_in(hidden)))
    path = [func.coalesce(table.c.value, "") for table in tables]
    figures = (_P["items"], _P.items_complete, _P.claimed_permille, _P.checked_permille, _P.verified_permille)
    money = (_P.established_idr, _P.paid_idr, _P.proven_idr)
    sums = [func.sum(column) for column in (*figures, *money)]
    query = (
        select(*path, _C.state, _C.definition_version, func.count(), *sums)
        .select_from(joined)
        .where(sees(scope), _C.programme == programme)
        .group_by(*path, _C.state, _C.definition_version)
        .order_by(*path, _C.state)
    )
    found: dict[tuple[str, ...], Parent] = {}
    for row in connection.execute(query):
        at = tuple(str(one) for one in row[: len(levels)])
        _count(found.setdefault(at, Parent(at)), *row[len(levels) :])
    return list(found.values())


def _count(parent: Parent, state: str, version: int, count: int, *sums: int) -> None:
    parent.commitments += count
    parent.states[(state, version)] = parent.states.get((state, version), 0) + count
    items, complete, *rest = (int(one) for one in sums)
    parent.items += items
    parent.items_complete += complete
    parent.permille = _added(parent.permille, rest[:3])
    parent.money_idr = _added(parent.money_idr, rest[3:])


def _added(before: tuple[int, int, int], more: Sequence[int]) -> tuple[int, int, int]:
    one, two, three = (old + new for old, new in zip(before, more, strict=True))
    return one, two, three
