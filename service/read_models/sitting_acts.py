"""What was decided and signed in a sitting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, func, select

from service.read_models.commitments import commitment_table
from service.read_models.scope import Scope, sees
from service.read_models.story import story_table
from workflows.facts import (
    NAMES,
    DecisionRetracted,
    MemberRejected,
    RequestApproved,
    RequestRejected,
    RequestReturned,
    SignatureRecorded,
    WitnessRecorded,
)

MADE_IN_SITTINGS = (
    RequestApproved,
    RequestReturned,
    RequestRejected,
    MemberRejected,
    SignatureRecorded,
    WitnessRecorded,
)
MOST = 500
_C, _S = commitment_table.c, story_table.c


@dataclass(frozen=True, slots=True)
class Retraction:
    """That a decision was taken back. at: when that was recorded"""

    position: int
    office: str
    on_behalf_of: str | None
    capacity: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class SittingAct:
    """An event of a commitment that names the sitting.

    fact       its stored name; version: its place in the commitment's stream
    retracted  that it was taken back, be it after the sitting; None: it stands
    """

    commitment: str
    reference: str
    party: str
    subject: str
    position: int
    version: int
    fact: str
    office: str
    on_behalf_of: str | None
    capacity: str
    at: datetime
    retracted: Retraction | None = None


def sitting_acts(connection: Connection, scope: Scope, sitting: str, *, since: datetime) -> list[SittingAct]:
    """What was made in a sitting, in the log's order, as far as the scope sees its commitments; the first `MOST`.

    sitting  an id of ours;  since  when it began: nothing made in it was true before
    """
    query = (
        select(
            _S.commitment,
            _C.reference,
            _C.party,
            _C.subject,
            _S.position,
            _S.version,
            _S.fact,
            _S.office,
            _S.on_behalf_of,
            _S.capacity,
            _S.valid_at.label("at"),
        )
        .select_from(story_table.join(commitment_table, _S.commitment == _C.commitment))
        .where(sees(scope), _made_in(sitting, since))
        .order_by(_S.position)
        .limit(MOST)
    )
    acts = [SittingAct(**row) for row in connection.execute(query).mappings()]
    taken_back = _retractions(connection, {act.commitment for act in acts})
    return [replace(act, retracted=taken_back.get((act.commitment, act.version))) for act in acts]


def last_made_at(connection: Connection, sitting: str, *, since: datetime) -> datetime | None:
    """When the last was true that was made in a sitting, whoever sees it; None where nothing was."""
    return connection.execute(select(func.max(_S.valid_at)).where(_made_in(sitting, since))).scalar_one_or_none()


def _retractions(connection: Connection, commitments: Collection[str]) -> Mapping[tuple[str, int], Retraction]:
    """What was taken back in these commitments, by commitment and version of what was taken back."""
    query = (
        select(_S.commitment, _S.position, _S.office, _S.on_behalf_of, _S.capacity, _S.recorded_at, _S.data)
        .where(_S.fact == NAMES[DecisionRetracted], _S.commitment.in_(commitments))
        .order_by(_S.position)
    )
    found: dict[tuple[str, int], Retraction] = {}
    for row in connection.execute(query):
        told = msgspec.json.decode(row.data, type=DecisionRetracted)
        office, behalf, capacity = row.office, row.on_behalf_of, row.capacity
        retraction = Retraction(row.position, office, behalf, capacity, row.recorded_at, told.text)
        found[row.commitment, told.version] = retraction
    return found


def _made_in(sitting: str, since: datetime) -> ColumnElement[bool]:
    names = [NAMES[fact] for fact in MADE_IN_SITTINGS]
    return and_(_S.fact.in_(names), _S.valid_at >= since, _S.data.contains(f'"sitting":"{sitting}"'))
