"""Pages: signing in by password, by a one-time link, and in a demo on this very machine by one click."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import current_app, request
from flask.typing import ResponseReturnValue

from service import identity
from service.config import Config
from service.identity import InputRefused, NotSignedIn, OpenedSession
from service.web.forms import place_here, text
from service.web.login_choices import choices_of, today_of
from service.web.pages import pages as new_pages
from service.web.rendering import go, page, set_session
from service.web.visit import Visit

pages = new_pages("login")


@pages.get("/login", to_anybody=True)
def read_login(visit: Visit) -> ResponseReturnValue:
    """The way in; who is in already goes on."""
    target = place_here(request.args.get("next"))
    if visit.signed_in is not None:
        return go(target)
    return _login_page(visit, target, expired=visit.session is not None)


@pages.post("/login", to_anybody=True)
def sign_in(visit: Visit) -> ResponseReturnValue:
    """Sign in by address and password."""
    target, email = place_here(request.form.get("next")), text(request.form, "email")
    try:
        opened = identity.sign_in(
            visit.runtime.engine,
            email=email,
            password=request.form.get("password", ""),
            address=_peer(_config()),
            directory=visit.basis.directory,
            now=datetime.now(UTC),
            log_now=visit.now,
            lifetime=identity.lifetime_of(_config()),
        )
    except NotSignedIn as error:
        return _login_page(visit, target, error=error, email=email)
    return _enter(visit, opened, target)


@pages.post("/login/click", to_anybody=True)
def click_in(visit: Visit) -> ResponseReturnValue:
    """Take an office by one click, where nothing is real and the visitor sits at this machine."""
    if not _may_click_in(visit):
        raise NotSignedIn("signin_failed")
    office, directory = text(request.form, "office"), visit.basis.directory
    known = directory.office(office)
    holders = directory.holders(office, today_of(visit, office)) if known else ()
    if not holders:
        raise NotSignedIn("not_a_holder", office=office)
    opened = identity.open_session(
        visit.runtime.engine,
        person=holders[0].person,
        office=office,
        method="demo",
        now=datetime.now(UTC),
        lifetime=identity.lifetime_of(_config()),
    )
    return _enter(visit, opened, place_here(request.form.get("next")))


@pages.get("/login/link/<secret>", to_anybody=True)
def read_link(visit: Visit, secret: str) -> ResponseReturnValue:
    """Whom a one-time link lets in; opening the page doesn't use it up."""
    link = identity.link_of(visit.runtime.engine, secret, now=datetime.now(UTC))
    return page(visit, "pages/link.html", link=link, secret=secret)


@pages.post("/login/link/<secret>", to_anybody=True)
def use_link(visit: Visit, secret: str) -> ResponseReturnValue:
    """Use the link, once; then a password can be chosen."""
    opened = identity.use_link(
        visit.runtime.engine,
        secret,
        directory=visit.basis.directory,
        now=datetime.now(UTC),
        log_now=visit.now,
        lifetime=identity.lifetime_of(_config()),
    )
    return _enter(visit, opened, "/password")


@pages.get("/password")
def read_password(visit: Visit) -> ResponseReturnValue:
    """Where a password is chosen."""
    return page(visit, "pages/password.html", error="")


@pages.post("/password")
def choose_password(visit: Visit) -> ResponseReturnValue:
    """Choose a password; every other session of this person ends."""
    password, principal = request.form.get("password", ""), visit.principal
    if password != request.form.get("again", ""):
        error = visit.say("Kedua kata sandi tidak sama.", "The two passwords aren't the same.")
        return page(visit, "pages/password.html", status=422, error=error)
    try:
        identity.set_password(
            visit.runtime.engine, principal.person, password, now=datetime.now(UTC), except_session=principal.id
        )
    except InputRefused as refused:
        return page(visit, "pages/password.html", status=422, error=refused.sentence(visit.language))
    return go("/")


def _login_page(
    visit: Visit, target: str, *, error: NotSignedIn | None = None, email: str = "", expired: bool = False
) -> ResponseReturnValue:
    click_in = _may_click_in(visit)
    asked = text(request.args, "q")
    response = page(
        visit,
        "pages/login.html",
        status=200 if error is None else _status(error),
        next=target,
        error=error.sentence(visit.language) if error else "",
        email=email,
        expired=expired,
        click_in=click_in,
        asked=asked,
        choices=choices_of(visit, asked) if click_in else (),
    )
    retry_after_s = getattr(error, "retry_after_s", None)
    if retry_after_s is not None:
        response.headers["Retry-After"] = str(retry_after_s)
    return response


def _status(error: NotSignedIn) -> int:
    return 429 if hasattr(error, "retry_after_s") else 401


def _enter(visit: Visit, opened: OpenedSession, target: str) -> ResponseReturnValue:
    return set_session(go(target), visit, opened.cookie, opened.expires_at)


def _may_click_in(visit: Visit) -> bool:
    environ = request.environ
    return identity.may_click_in(
        kind_is_demo=visit.runtime.is_demo,
        remote_addr=_socket_peer(),
        server_host=environ.get("SERVER_NAME"),
        headers=request.headers.items(),
    )


def _peer(config: Config) -> str | None:
    """The visitor's address: the socket's peer, or what the last trusted proxy says of it."""
    forwarded = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
    if config.trusted_proxies and len(forwarded) >= config.trusted_proxies:
        return forwarded[-config.trusted_proxies]
    return _socket_peer()


def _socket_peer() -> str | None:
    before_any_proxy_fix = request.environ.get("werkzeug.proxy_fix.orig", {}).get("REMOTE_ADDR")
    return before_any_proxy_fix or request.environ.get("REMOTE_ADDR")


def _config() -> Config:
    config = current_app.extensions["kawal"]
    assert isinstance(config, Config)
    return config
