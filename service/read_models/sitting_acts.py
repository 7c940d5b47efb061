"""What was decided and signed in a sitting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, select

from service.read_models.commitments import commitment_table
from service.read_models.scope import Scope, sees
from service.read_models.story import story_table
from workflows.facts import (
    NAMES,
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
class SittingAct:
    """An event of a commitment that names the sitting. fact: its stored name"""

    commitment: str
    reference: str
    party: str
    subject: str
    position: int
    fact: str
    office: str
    on_behalf_of: str | None
    capacity: str
    at: datetime


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
    return [SittingAct(**row) for row in connection.execute(query).mappings()]


def last_made_at(connection: Connection, sitting: str, *, since: datetime) -> datetime | None:
    """When the last was true that was made in a sitting, whoever sees it; None where nothing was."""
    return connection.execute(select(func.max(_S.valid_at)).where(_made_in(sitting, since))).scalar_one_or_none()


def _made_in(sitting: str, since: datetime) -> ColumnElement[bool]:
    names = [NAMES[fact] for fact in MADE_IN_SITTINGS]
    return and_(_S.fact.in_(names), _S.valid_at >= since, _S.data.contains(f'"sitting":"{sitting}"'))
