"""Pages' forms of an office whose turn it is: one more approval, and forwarding; and of who prepares a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Response, request
from flask.typing import ResponseReturnValue

from events.envelope import etag
from service.errors import NotFound
from service.web.acting import Wrong, carry_out, tried
from service.web.forms import etag_of, place_here, text
from service.web.pages import pages as new_pages
from service.web.rendering import page
from service.web.requests_shown import request_shown
from service.web.visit import Visit
from workflows.blockers import Possible, blockers
from workflows.commands import AddApprover, CommitmentCommand, ForwardRequest, NotePreparation
from workflows.commitment import Commitment
from workflows.sharing import PLACES

pages = new_pages("sharing")
Choice = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SharingShown:
    """Whom the visitor may ask for one more approval of a request, and who may prepare the verdict; ids and names."""

    request: str
    approvers: tuple[Choice, ...]
    preparers: tuple[Choice, ...]


def sharing_shown(visit: Visit, state: Commitment, possible: tuple[Possible, ...]) -> SharingShown | None:
    """What an office whose turn it is may share of an open request; None where it isn't its turn."""
    found = next((one.on for one in possible if one.act == "share" and one.may), None)
    if found is None:
        return None
    return SharingShown(
        found,
        _choices(visit, state, lambda office: AddApprover(found, office, PLACES[0])),
        _choices(visit, state, lambda office: ForwardRequest(found, office, "?")),
    )


@pages.post("/commitments/<commitment>/approvers")
def add_approver(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Ask one more office to approve, before or after oneself."""
    command = AddApprover(
        text(request.form, "request"),
        text(request.form, "office"),
        text(request.form, "place"),
        text(request.form, "text"),
    )
    return _done(visit, commitment, command, "approver", expected=etag_of(request))


@pages.post("/commitments/<commitment>/forwards")
def forward_request(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Hand the preparation of one's verdict to an office below."""
    command = ForwardRequest(text(request.form, "request"), text(request.form, "office"), text(request.form, "text"))
    return _done(visit, commitment, command, "forward", expected=etag_of(request))


@pages.post("/commitments/<commitment>/preparations")
def note_preparation(visit: Visit, commitment: str) -> ResponseReturnValue:
    """Say something on a verdict that one prepares, and hand it back."""
    back = text(request.form, "back") == "yes"
    command = NotePreparation(text(request.form, "request"), text(request.form, "text"), back)
    return _done(visit, commitment, command, "preparation", expected=None)


def _done(
    visit: Visit,
    commitment: str,
    command: AddApprover | ForwardRequest | NotePreparation,
    kind: str,
    *,
    expected: str | None,
) -> Response:
    _, state = visit.visible(commitment)
    if command.request not in state.requests:
        raise NotFound("request", command.request)

    def act() -> Response:
        return carry_out(visit, command, commitment, expected=expected)

    def again(wrong: Wrong) -> Response:
        return _again(visit, commitment, command.request, kind, wrong)

    return tried(visit, act, again, state)


def _again(visit: Visit, commitment: str, name: str, kind: str, wrong: Wrong) -> Response:
    """The form once more: what was typed, what is wrong with it, and the request as it is now."""
    folded, state = visit.visible(commitment)
    possible = (Possible("share", name, ()),) if kind != "preparation" else ()
    return page(
        visit,
        "pages/shared.html",
        status=wrong.status,
        c=state,
        w=visit.words(state),
        commitment=commitment,
        etag=etag(folded.head),
        given=kind,
        wrong=wrong,
        errors=wrong.errors,
        entered={field: text(request.form, field) for field in ("office", "place", "text")},
        back=place_here(request.form.get("next")),
        request_id=name,
        open_request=request_shown(visit, state, state.requests[name]),
        sharing=sharing_shown(visit, state, possible) if state.requests[name].is_open else None,
    )


def _choices(visit: Visit, state: Commitment, command: Callable[[str], CommitmentCommand]) -> tuple[Choice, ...]:
    """The offices that nothing stands in the way of, by name."""
    context, words = visit.context(state), visit.words(state)
    found = [one for one in visit.basis.directory.offices if not blockers(state, command(one), context)]
    return tuple(sorted(((one, words.office(one)) for one in found), key=lambda choice: choice[1]))
