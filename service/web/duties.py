"""Duties on pages: what is owed by itself, and the form that says from which day a limit is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from zoneinfo import ZoneInfo

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service.runtime import Folded
from service.web.acting import Wrong, carry_out, tried
from service.web.blocking import shown_blockers
from service.web.dues import Due, due_owed
from service.web.forms import moment, text
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.uploads import Uploaded, uploaded
from service.web.visit import Visit
from workflows.commands import ReceiveDocument
from workflows.commitment import Commitment
from workflows.duties import may_receive

pages = new_pages("duties")
NOTHING = Uploaded(())


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A duty and its fate. status: open, met or closed; due: None once it is over"""

    name: str
    office: str
    status: str
    due_on: str
    due: Due | None


def duties_shown(visit: Visit, state: Commitment) -> tuple[DutyShown, ...]:
    """Every duty that arose by itself, in the order of arising."""
    words = visit.words(state)
    return tuple(
        DutyShown(
            name=words.duty(owed.obligation.subject),
            office=words.office(owed.obligation.office),
            status=owed.status,
            due_on=words.weekday(owed.obligation.due_on),
            due=due_owed(visit, state, owed.obligation) if owed.is_open else None,
        )
        for owed in state.owed.values()
        if owed.obligation.kind == "duty"
    )


def duty_named(visit: Visit, state: Commitment, obligation: str) -> str:
    """What a duty's obligation is about; empty where it is no duty."""
    owed = state.owed.get(obligation)
    return "" if owed is None or owed.obligation.kind != "duty" else visit.words(state).duty(owed.obligation.subject)


@pages.get("/commitments/<commitment>/receipt")
def read_receipt(visit: Visit, commitment: str) -> ResponseReturnValue:
    """The form to record that the party got a document."""
    folded, state = visit.visible(commitment)
    return _page(visit, folded, state)


@pages.post("/commitments/<commitment>/receipt", uploads=True)
def receive_document(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Record the receipt: what is counted from its day is owed from now on."""
    _, state = visit.visible(commitment)
    files = uploaded(visit, request)

    def act() -> Response:
        if files.error:
            raise files.error
        at = moment(request.form, "day", "time", zone=visit.words(state).zone).astimezone(UTC)
        command = ReceiveDocument(text(request.form, "letter"), at, files.evidence)
        return carry_out(visit, command, commitment, expected=None)

    def again(wrong: Wrong) -> Response:
        folded, now = visit.visible(commitment)
        return _page(visit, folded, now, wrong=wrong, kept=files)

    return tried(visit, act, again, state)


def _page(
    visit: Visit, folded: Folded, state: Commitment, *, wrong: Wrong | None = None, kept: Uploaded = NOTHING
) -> Response:
    words = visit.words(state)
    here = visit.now.astimezone(ZoneInfo(words.zone))
    entered = {"letter": "", "day": here.date().isoformat(), "time": here.strftime("%H.%M")}
    if wrong is not None:
        entered = {name: text(request.form, name) for name in entered}
    return page(
        visit,
        "pages/receipt.html",
        status=200 if wrong is None else wrong.status,
        c=state,
        w=words,
        commitment=state.id,
        etag=etag(folded.head),
        blockers=shown_blockers(may_receive(state, visit.context(state)), words),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        entered=entered,
        kept=kept.evidence,
        action=f"/commitments/{state.id}/receipt",
        back=f"/commitments/{state.id}",
    )
