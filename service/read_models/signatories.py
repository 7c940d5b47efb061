"""Which parties signed, now or in some past."""

from __future__ import annotations

from sqlalchemy import Connection, select

from service.read_models.commitment_queries import Past
from service.read_models.commitments import commitment_table
from service.read_models.scope import Scope, sees
from service.read_models.story import story_table
from workflows.facts import NAMES, SignatureRecorded

_C, _S = commitment_table.c, story_table.c


def signatories(connection: Connection, scope: Scope, programme: str, *, past: Past | None = None) -> frozenset[str]:
    """The parties of a programme that signed any commitment which the scope sees.

    past  None: by now; else what was recorded and true by then
    """
    mine = (sees(scope), _C.programme == programme)
    if past is None:
        query = select(_C.party).where(*mine, _C.signed.is_(True)).distinct()
        return frozenset(connection.execute(query).scalars())
    query = (
        select(_C.party)
        .select_from(commitment_table.join(story_table, _S.commitment == _C.commitment))
        .where(*mine, _S.fact == NAMES[SignatureRecorded])
        .distinct()
    )
    if past.position is not None:
        query = query.where(_S.position <= past.position)
    if past.true_on is not None:
        query = query.where(_S.valid_at <= past.true_on)
    return frozenset(connection.execute(query).scalars())
