"""Pages: a programme, its seats, its go-live and its end."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, request
from flask.typing import ResponseReturnValue

from service.dispatch import Caller
from service.errors import NotFound
from service.programme_acts import change_life, change_seats
from service.sentences import Happening, Vocabulary, sentence
from service.web import programme_seats
from service.web.acting import Wrong, tried
from service.web.forms import day, key_of, text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.visit import Visit
from workflows.commands import CloseProgramme, LifeCommand, ReopenProgramme, SeatCommand, SetGoLive
from workflows.facts import ProgrammeOpened
from workflows.programme_life import MANAGE

pages = new_pages("programmes")
FIELDS = ("on", "letter", "text", "party", "day", "answer_by")


@pages.get("/programmes/<programme>")
def read_programme(visit: Visit, programme: str) -> ResponseReturnValue:
    """What a programme is, from when kawal is used for it, and whether it is over."""
    return _page(visit, _known(visit, programme))


@pages.post("/programmes/<programme>/go-live")
def set_go_live(visit: Visit, programme: str) -> ResponseReturnValue:
    """Set the day from which kawal is used, or (left empty) take it back."""
    form = request.form
    return _tried(
        visit,
        programme,
        lambda: SetGoLive(programme, day(form, "on") if text(form, "on") else None, text(form, "text")),
    )


@pages.post("/programmes/<programme>/closure")
def close_programme(visit: Visit, programme: str) -> ResponseReturnValue:
    """Close a programme in which nothing is open."""
    form = request.form
    return _tried(visit, programme, lambda: CloseProgramme(programme, text(form, "letter"), text(form, "text"), ()))


@pages.post("/programmes/<programme>/reopening")
def reopen_programme(visit: Visit, programme: str) -> ResponseReturnValue:
    """Let a closed programme go on."""
    form = request.form
    return _tried(visit, programme, lambda: ReopenProgramme(programme, text(form, "letter"), text(form, "text")))


@pages.post("/programmes/<programme>/invitations")
def invite_parties(visit: Visit, programme: str) -> ResponseReturnValue:
    """Record a letter that invites parties."""
    return _tried(visit, programme, lambda: programme_seats.invitation(programme))


@pages.post("/programmes/<programme>/answers")
def record_answer(visit: Visit, programme: str) -> ResponseReturnValue:
    """Record that a party takes part, or doesn't."""
    return _tried(visit, programme, lambda: programme_seats.answer(programme))


def _tried(visit: Visit, programme: str, command: Callable[[], LifeCommand | SeatCommand]) -> Response:
    opened, principal = _known(visit, programme), visit.principal

    def act() -> Response:
        caller = Caller(principal.acting, principal.signin)
        operation = f"http:{principal.name}:{principal.person}:{key_of(request)}"
        asked = command()
        if isinstance(asked, SeatCommand):
            change_seats(visit.runtime, asked, caller=caller, operation=operation)
        else:
            change_life(visit.runtime, asked, caller=caller, operation=operation)
        return go(f"/programmes/{programme}")

    return tried(visit, act, lambda wrong: _page(visit, opened, wrong), None, words=_words(visit, opened))


def _known(visit: Visit, programme: str) -> ProgrammeOpened:
    opened = visit.basis.programmes.get(programme)
    if opened is None:
        raise NotFound("programme", programme)
    return opened


def _words(visit: Visit, opened: ProgrammeOpened) -> Vocabulary:
    definition = visit.basis.definition(opened.definition, opened.definition_version)
    return Vocabulary(visit.language, visit.basis.directory, opened, definition)


def _page(visit: Visit, opened: ProgrammeOpened, wrong: Wrong | None = None) -> Response:
    words = _words(visit, opened)
    definition = visit.basis.definition(opened.definition, opened.definition_version)
    role, closed = definition.roles.get(visit.role or ""), visit.basis.installed.closed.get(opened.programme)
    go_live = visit.basis.installed.go_live.get(opened.programme)
    return page(
        visit,
        "pages/programme.html",
        p=opened,
        definition=words.said(definition.label),
        organisation=words.organisation(opened.organisation),
        starts=words.day(opened.starts_on),
        ends=words.day(opened.ends_on),
        parties=[words.organisation(party) for party in opened.parties],
        seats=programme_seats.seats_shown(visit, opened, words),
        subjects=[one.name for one in opened.subjects],
        go_live=None if go_live is None else words.day(go_live),
        go_live_on="" if go_live is None else go_live.isoformat(),
        closed=closed,
        life=[
            sentence(Happening(fact, visit.now, fact.office), words)
            for fact in visit.basis.installed.life.get(opened.programme, ())
        ],
        has_parents=bool(definition.parents),
        is_signed=definition.is_signed,
        may=role is not None and MANAGE in role.may,
        may_draft=role is not None and not {"draft", "import"}.isdisjoint(role.may),
        wrong=wrong,
        errors={} if wrong is None else wrong.errors,
        entered={} if wrong is None else {name: text(request.form, name) for name in FIELDS},
        entered_parties=() if wrong is None else request.form.getlist("parties"),
        tried="" if wrong is None else request.path.rpartition("/")[2],
        etag="",
        back=f"/programmes/{opened.programme}",
        status=200 if wrong is None else wrong.status,
    )
