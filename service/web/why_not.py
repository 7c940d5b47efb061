"""Page: why not yet, for an office that the visitor chooses, now or at a past day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request
from flask.typing import ResponseReturnValue

from service import why_not
from service.errors import NotFound
from service.replaying import AsOf
from service.web.blocking import BlockerShown, shown_blockers
from service.web.pages import pages as new_pages
from service.web.pasts import past_asked
from service.web.rendering import page
from service.web.visit import Visit

pages = new_pages("why_not")


@dataclass(frozen=True, slots=True)
class AnswerShown:
    """One act in words, and what stands in its way."""

    name: str
    blockers: tuple[BlockerShown, ...]


@pages.get("/commitments/<commitment>/why")
def read_why_not(visit: Visit, commitment: str) -> ResponseReturnValue:
    """What an office may do with the commitment, and why not the rest."""
    _, state = visit.visible(commitment)
    office, day = request.args.get("office") or visit.office, request.args.get("as_known_on", "")
    if not why_not.may_ask_about(visit.basis, visit.office, office, state, visit.now):
        raise NotFound("office", office)
    past: AsOf = past_asked({"as_known_on": day}, visit.words(state).zone)
    moment = (
        why_not.present(visit.basis, state, visit.now)
        if past.is_now
        else why_not.moment_as_known(visit.runtime, commitment, past, visit.now)
    )
    words = replace(visit.words(moment.commitment), directory=moment.basis.directory)
    found = [one for _, one in moment.attempts(moment.ways((office,)))]
    answers = [AnswerShown(words.act(one.act, one.on), shown_blockers(one.blockers, words)) for one in found]
    offices = why_not.offices_to_ask_about(visit.basis, visit.office, state)
    return page(
        visit,
        "pages/why.html",
        c=moment.commitment,
        w=words,
        commitment=commitment,
        office=office,
        day=day,
        offices=[(one, words.office(one)) for one in dict.fromkeys((*offices, office))],
        may=[one for one in answers if not one.blockers],
        may_not=[one for one in answers if one.blockers],
    )
