"""What waits for an office, the most pressing first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Connection, and_, case, false, func, literal, or_, select, tuple_

from events.tables import UtcTime
from service.advice import advice_table
from service.read_models.commitments import commitment_table
from service.read_models.inbox import inbox_table
from service.read_models.scope import Scope, sees

_I = inbox_table.c
NEVER = datetime(9999, 1, 1, tzinfo=UTC)
_DUE = func.coalesce(_I.due_at, literal(NEVER, UtcTime))
_STARRED = func.coalesce(advice_table.c.starred, false())
_RANK = case((_STARRED, 0), else_=1)
_JOINED = inbox_table.join(commitment_table, commitment_table.c.commitment == _I.commitment).outerjoin(
    advice_table,
    and_(
        advice_table.c.office == _I.office,
        advice_table.c.commitment == _I.commitment,
        advice_table.c.kind == _I.kind,
        advice_table.c.key == _I.key,
    ),
)


@dataclass(frozen=True, slots=True)
class Desk:
    """An office's inbox, or the part of it that a delegation reaches: of these programmes and moves; empty: all."""

    office: str
    programmes: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that an office can do now.

    kind  decision, preparation, opinion, revision, verification, repair, evidence, answer, reply, task, report
    """

    commitment: str
    kind: str
    key: str
    office: str
    programme: str
    party: str
    subject: str
    reference: str
    move: str | None
    step: str | None
    item: int | None
    asked_by: str | None
    since: datetime
    due_on: date | None
    due_at: datetime | None
    definition: str
    definition_version: int
    state: str
    starred: bool

    @property
    def place(self) -> Place:
        """Where it stands in the list: what the next page begins behind."""
        return Place(self.due_at or NEVER, self.commitment, self.kind, self.key, self.office, self.starred)


@dataclass(frozen=True, slots=True)
class Place:
    """A row's place in the order of the list."""

    due_at: datetime
    commitment: str
    kind: str
    key: str
    office: str
    starred: bool = False


_COLUMNS = (
    *(_I[name] for name in Waiting.__slots__ if name in _I),
    commitment_table.c.definition,
    commitment_table.c.definition_version,
    commitment_table.c.state,
    _STARRED.label("starred"),
)


def list_inbox(
    connection: Connection,
    desks: Sequence[Desk],
    *,
    kind: str | None = None,
    after: Place | None = None,
    limit: int = 50,
) -> list[Waiting]:
    """The first `limit` things behind `after` on these desks: starred ones first, then by due moment, undated last."""
    query = select(*_COLUMNS).select_from(_JOINED).where(on_desks(desks))
    if kind is not None:
        query = query.where(_I.kind == kind)
    if after is not None:
        place = tuple_(
            literal(0 if after.starred else 1),
            literal(after.due_at, UtcTime),
            literal(after.commitment),
            literal(after.kind),
            literal(after.key),
            literal(after.office),
        )
        query = query.where(tuple_(_RANK, _DUE, _I.commitment, _I.kind, _I.key, _I.office) > place)
    ordered = query.order_by(_RANK, _DUE, _I.commitment, _I.kind, _I.key, _I.office).limit(limit)
    return [Waiting(*row) for row in connection.execute(ordered)]


def list_open(connection: Connection, office: str, *, scope: Scope | None, limit: int) -> list[Waiting]:
    """What waits for an office, by due moment. scope: only what it opens; None: all"""
    return _listed(connection, _I.office == office, scope=scope, limit=limit)


def list_asked(connection: Connection, office: str, *, scope: Scope | None, limit: int) -> list[Waiting]:
    """What an office asked for and waits for others' verdict, by due moment."""
    asked = and_(_I.asked_by == office, _I.kind.in_(("decision", "verification")))
    return _listed(connection, asked, scope=scope, limit=limit)


def _listed(connection: Connection, wanted: ColumnElement[bool], *, scope: Scope | None, limit: int) -> list[Waiting]:
    query = select(*_COLUMNS).select_from(_JOINED).where(wanted)
    if scope is not None:
        query = query.where(sees(scope))
    ordered = query.order_by(_DUE, _I.commitment, _I.kind, _I.key, _I.office).limit(limit)
    return [Waiting(*row) for row in connection.execute(ordered)]


def waits(connection: Connection, desks: Sequence[Desk], *, commitment: str, kind: str, key: str) -> bool:
    """Whether just that waits on one of these desks."""
    wanted = and_(on_desks(desks), _I.commitment == commitment, _I.kind == kind, _I.key == key)
    return connection.execute(select(func.count()).where(wanted)).scalar_one() > 0


def count_inbox(connection: Connection, desks: Sequence[Desk]) -> int:
    """How many things wait on these desks."""
    return connection.execute(select(func.count()).where(on_desks(desks))).scalar_one()


def count_kinds(connection: Connection, desks: Sequence[Desk]) -> Mapping[str, int]:
    """How many things of each kind wait on these desks."""
    query = select(_I.kind, func.count().label("waiting")).where(on_desks(desks)).group_by(_I.kind)
    return {row.kind: row.waiting for row in connection.execute(query)}


def on_desks(desks: Sequence[Desk]) -> ColumnElement[bool]:
    """The condition on `inbox_table` that a row lies on one of the desks."""
    return or_(false(), *(_on(desk) for desk in desks))


def _on(desk: Desk) -> ColumnElement[bool]:
    conditions = [_I.office == desk.office]
    if desk.programmes:
        conditions.append(_I.programme.in_(desk.programmes))
    if desk.moves:
        conditions.append(_I.move.in_(desk.moves))
    return and_(*conditions)
