"""Endpoints: what an office may do with a commitment, and what stands in the way of the rest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from service import why_not
from service.api import as_of
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.parsing import invalid
from service.api.refusals import shown_blocker
from service.api.schemas.possible import Overview, Question
from service.errors import NotFound
from service.problems import ProblemError
from service.why_not import Moment
from workflows.blockers import Possible

endpoints = Endpoints("questions", "Why not, and what would make it so.")


@endpoints.get("/commitments/<string:commitment>/blockers", Overview, query=Question)
def read_blockers(door: Door, query: Mapping[str, Any], commitment: str) -> Reply:
    """Ask what an office may do, and why not the rest

    For the asking office, or another that has to do with the commitment or stands in the asker's own scope; as if its
    holder acted. With `as_known_on` or `at_position` as the log knew it then.
    """
    folded, state = door.visible(commitment)
    office = query["office"] or door.office
    if not why_not.may_ask_about(door.basis, door.office, office, state, door.now):
        raise NotFound("office", office)
    past = as_of.asked({**query, "as_true_on": None}, as_of.zone_of(door, state.drafted.programme))
    moment = (
        why_not.present(door.basis, state, door.now)
        if past.is_now
        else why_not.moment_as_known(door.runtime, commitment, past, door.now)
    )
    words = replace(door.words(moment.commitment), directory=moment.basis.directory)
    return Reply(
        {
            "commitment": commitment,
            "office": office,
            "state": moment.commitment.state,
            "etag": as_of.etag_of(folded) if past.is_now else None,
            "as_of": None if past.is_now else past,
            "possible": [
                {
                    "act": one.act,
                    "on": one.on,
                    "may": one.may,
                    "blockers": [shown_blocker(blocker, words) for blocker in one.blockers],
                }
                for one in _answers(door, moment, office, query)
            ],
        }
    )


def _answers(door: Door, moment: Moment, office: str, query: Mapping[str, Any]) -> Iterable[Possible]:
    is_oneself = office == door.office and moment.now == door.now
    found = moment.attempts((door.principal.acting,) if is_oneself else moment.ways((office,)))
    possible = [one for _, one in found]
    wanted, move = query["act"], query["move"]
    if move is not None:
        asked = [one for one in possible if one.act == "ask" and one.on == move]
        if not asked:
            raise NotFound("move", move)
        return asked
    if wanted is None:
        return [one for one in possible if moment.offers(one)]
    acts = dict.fromkeys(one.act for one in possible)
    if wanted not in acts:
        raise ProblemError(invalid({"act": [f"One of: {', '.join(acts)}."]}))
    return [one for one in possible if one.act == wanted]
