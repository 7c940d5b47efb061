"""Pages: another office of the same person, another language, signing out."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import request
from flask.typing import ResponseReturnValue

from service import formats, identity
from service.web.chrome import DELEGATION, seats_of
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
    return page(visit, "pages/office.html", seats=seats_of(visit))


@pages.post("/office", to_anybody=True)
def switch_office(visit: Visit) -> ResponseReturnValue:
    """Go on in another office, or on behalf of one that delegated to it, with a new session."""
    if visit.session is None or visit.person is None:
        raise SignInNeeded(with_office=False)
    office, on_behalf_of = _chosen(visit, text(request.form, "office"))
    opened = identity.switch_office(
        visit.runtime.engine,
        visit.session,
        office=office,
        on_behalf_of=on_behalf_of,
        directory=visit.basis.directory,
        delegations=visit.basis.delegations,
        now=datetime.now(UTC),
        log_now=visit.now,
        lifetime=identity.lifetime_of(visit.runtime.config),
    )
    return set_session(go(place_here(request.form.get("next"))), visit, opened.cookie, opened.expires_at)


def _chosen(visit: Visit, value: str) -> tuple[str, str | None]:
    """The office, and whose authority is to be used in it. Raises NotSignedIn for a delegation that there isn't."""
    if not value.startswith(DELEGATION):
        return value, None
    known = visit.basis.delegations.known.get(value.removeprefix(DELEGATION))
    if known is None:
        raise identity.NotSignedIn("not_a_delegate", office="-", on_behalf_of="-")
    return known.given.to, known.given.office


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
