"""Pages: another office of the same person, another language, signing out."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import request
from flask.typing import ResponseReturnValue

from service import formats, identity
from service.web.chrome import Seat
from service.web.forms import place_here, text
from service.web.pages import pages as new_pages
from service.web.refusals import SignInNeeded
from service.web.rendering import drop_session, go, page, set_language, set_session
from service.web.visit import Visit

pages = new_pages("switches")


@pages.get("/office", to_anybody=True)
def read_offices(visit: Visit) -> ResponseReturnValue:
    """The offices that the person holds now, to choose one."""
    if visit.person is None:
        raise SignInNeeded(with_office=False)
    held = identity.offices_held(visit.basis.directory, visit.person.id, log_now=visit.now)
    words, acting = visit.words(), visit.signed_in
    seats = [
        Seat(one.office, words.actor(one.office, one.capacity), acting is not None and acting.office == one.office)
        for one in held
    ]
    return page(visit, "pages/office.html", seats=seats)


@pages.post("/office", to_anybody=True)
def switch_office(visit: Visit) -> ResponseReturnValue:
    """Go on in another office, with a new session."""
    if visit.session is None or visit.person is None:
        raise SignInNeeded(with_office=False)
    opened = identity.switch_office(
        visit.runtime.engine,
        visit.session,
        office=text(request.form, "office"),
        directory=visit.basis.directory,
        now=datetime.now(UTC),
        log_now=visit.now,
        lifetime=identity.lifetime_of(visit.runtime.config),
    )
    return set_session(go("/"), visit, opened.cookie, opened.expires_at)


@pages.post("/language", to_anybody=True)
def switch_language(visit: Visit) -> ResponseReturnValue:
    """Read on in the other language; who is signed in gets mail in it too."""
    language = text(request.form, "language")
    back = go(place_here(request.form.get("next")))
    if language not in formats.LANGUAGES:
        return back
    if visit.person is not None:
        identity.update_person(visit.runtime.engine, visit.person.id, name=visit.person.name, language=language)
    return set_language(back, visit, language)


@pages.post("/logout", to_anybody=True)
def sign_out(visit: Visit) -> ResponseReturnValue:
    """End the session, here and in the log of sessions."""
    if visit.session is not None:
        identity.end_session(visit.runtime.engine, visit.session, now=datetime.now(UTC))
    return drop_session(go("/login"), visit)
