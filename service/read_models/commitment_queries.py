"""What is asked of the commitments' read model: lists, sheets, and the states of some past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select

from service.read_models.commitments import commitment_table, state_known_table, state_true_table
from service.read_models.inbox import inbox_table
from service.read_models.own_fields import OwnFilter, says
from service.read_models.scope import Scope, sees
from service.read_models.story import story_table
from workflows.facts import (
    NAMES,
    CommitmentDrafted,
    DecisionRetracted,
    DefinitionMigrated,
    StateChanged,
    StateCorrected,
    StateImported,
)

_C = commitment_table.c
_DRAFTED, _MIGRATED = NAMES[CommitmentDrafted], NAMES[DefinitionMigrated]
_CHANGES = tuple(NAMES[fact] for fact in (StateChanged, StateImported, StateCorrected, DecisionRetracted))


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; None leaves that open.

    office      the office that the open step waits for
    overdue_at  only those whose next due moment lies before it
    parties_like, subjects_like   ids whose names match `text`: a row matches by reference or by one of these
    own         what the workflow's own fields must say
    """

    programme: str | None = None
    party: str | None = None
    subject: str | None = None
    state: str | None = None
    agency: str | None = None
    office: str | None = None
    signed: bool | None = None
    overdue_at: datetime | None = None
    text: str | None = None
    parties_like: tuple[str, ...] = ()
    subjects_like: tuple[str, ...] = ()
    own: tuple[OwnFilter, ...] = ()


NO_FILTER = Filters()


@dataclass(frozen=True, slots=True)
class Past:
    """Which past is asked for, as the read model stores it; both: known up to `position` and true on `true_on`."""

    position: int | None = None
    true_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class ListedCommitment:
    """One row of a list, as of the log's head."""

    commitment: str
    reference: str
    programme: str
    definition: str
    definition_version: int
    party: str
    subject: str
    fiscal_year: int
    replication_scope: str
    agency: str
    pic: str
    state: str
    revision: int
    items: int
    items_claimed: int
    items_complete: int
    open_request: str | None
    open_move: str | None
    open_step: str | None
    open_office: str | None
    signed: bool
    signed_at: datetime | None
    next_due_at: datetime | None
    drafted_at: datetime
    changed_at: datetime
    version: int
    position: int


@dataclass(frozen=True, slots=True)
class PastCommitment:
    """One row of a list of some past: what never changes, the state then, and the version that names it."""

    commitment: str
    reference: str
    programme: str
    definition: str
    party: str
    subject: str
    fiscal_year: int
    state: str
    definition_version: int


_LISTED = tuple(_C[name] for name in ListedCommitment.__slots__)
_KEPT = tuple(_C[name] for name in PastCommitment.__slots__ if name not in ("state", "definition_version"))


def list_commitments(
    connection: Connection, scope: Scope, filters: Filters = NO_FILTER, *, after: str = "", limit: int = 50
) -> list[ListedCommitment]:
    """Those that the scope sees and the filters leave, by reference, the first `limit` behind the reference `after`."""
    query = (
        select(*_LISTED).where(sees(scope), narrowed(filters), _C.reference > after).order_by(_C.reference).limit(limit)
    )
    return [ListedCommitment(*row) for row in connection.execute(query)]


def list_past_commitments(
    connection: Connection,
    scope: Scope,
    past: Past,
    filters: Filters = NO_FILTER,
    *,
    after: str = "",
    limit: int | None = 50,
) -> list[PastCommitment]:
    """As `list_commitments`, with the states of a past; who sees a row is decided as of today.

    Only the filters by programme, party, subject, state and text apply: what else a list knows has no past here.
    """
    if past.position is not None and past.true_on is not None:
        return _both_axes(connection, scope, past, filters, after=after, limit=limit)
    state, joined = _one_axis(past)
    query = joined.where(sees(scope), narrowed(filters, but_state=True), _C.reference > after)
    if filters.state is not None:
        query = query.where(state == filters.state)
    return [PastCommitment(*row) for row in connection.execute(query.order_by(_C.reference).limit(limit))]


def commitments_of_party(connection: Connection, programme: str, party: str) -> list[str]:
    """The ids of a sheet's commitments, by reference, whoever sees them."""
    query = select(_C.commitment).where(_C.programme == programme, _C.party == party).order_by(_C.reference)
    return list(connection.execute(query).scalars())


def narrowed(filters: Filters, *, but_state: bool = False) -> ColumnElement[bool]:
    """The condition on `commitment_table` that the filters leave a row in."""
    wanted: Sequence[tuple[ColumnElement[str], str | None]] = (
        (_C.programme, filters.programme),
        (_C.party, filters.party),
        (_C.subject, filters.subject),
        (_C.agency, filters.agency),
        (_C.state, None if but_state else filters.state),
    )
    conditions: list[ColumnElement[bool]] = [column == value for column, value in wanted if value is not None]
    if filters.office is not None:
        conditions.append(_C.commitment.in_(_waiting_for(filters.office)))
    if filters.signed is not None:
        conditions.append(_C.signed.is_(filters.signed))
    if filters.overdue_at is not None:
        conditions.append(_C.next_due_at < filters.overdue_at)
    if filters.text:
        like = _C.reference.icontains(filters.text, autoescape=True)
        conditions.append(or_(like, _C.party.in_(filters.parties_like), _C.subject.in_(filters.subjects_like)))
    conditions.extend(says(one, commitment_table) for one in filters.own)
    return and_(True, *conditions)


def _waiting_for(office: str) -> Select[str]:
    """The commitments whose open request waits for an office's verdict."""
    waiting = inbox_table.c
    return select(waiting.commitment).where(waiting.office == office, waiting.kind == "decision")


def _one_axis(past: Past) -> tuple[ColumnElement[str], Select[Any]]:
    span = state_known_table.c if past.position is not None else state_true_table.c
    if past.position is not None:
        table, at = state_known_table, past.position
        holds = and_(span.from_position <= at, or_(span.to_position.is_(None), span.to_position > at))
    else:
        table, moment = state_true_table, past.true_on
        holds = and_(span.from_at <= moment, or_(span.to_at.is_(None), span.to_at > moment))
    joined = commitment_table.join(table, span.commitment == _C.commitment)
    return span.state, select(*_KEPT, span.state, span.definition_version).select_from(joined).where(holds)


def _both_axes(
    connection: Connection, scope: Scope, past: Past, filters: Filters, *, after: str, limit: int | None
) -> list[PastCommitment]:
    """The last change that was known and true by then is the state: a fold, since no interval holds it."""
    story = story_table.c
    true = story.valid_at <= past.true_on
    query = (
        select(*_KEPT, story.fact, story.data, true.label("is_true"))
        .select_from(commitment_table.join(story_table, story.commitment == _C.commitment))
        .where(sees(scope), narrowed(filters, but_state=True), _C.reference > after)
        .where(story.position <= past.position, or_(_names_a_version(), and_(story.fact.in_(_CHANGES), true)))
        .order_by(_C.reference, story.version)
    )
    found: dict[str, PastCommitment] = {}
    versions: dict[str, int] = {}
    for row in connection.execute(query).all():
        fields = row._asdict()
        data = msgspec.json.decode(fields.pop("data"), type=dict[str, Any])
        is_first = fields.pop("fact") == _DRAFTED
        named = data.get("definition_version" if is_first else "to_version")
        version = versions[row.commitment] = versions[row.commitment] if named is None else int(named)
        # A migration after that past counts only with what it named and was true before it.
        if fields.pop("is_true"):
            state = str(data["to_state" if "to_state" in data else "state"])
            found[row.commitment] = PastCommitment(**fields, state=state, definition_version=version)
    wanted = [one for one in found.values() if filters.state in (None, one.state)]
    return wanted[:limit]


def _names_a_version() -> ColumnElement[bool]:
    """An imported state may be older than the draft, whose version names it all the same."""
    return story_table.c.fact.in_((_DRAFTED, _MIGRATED))
