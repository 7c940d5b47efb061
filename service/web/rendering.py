"""Pages from templates: with the frame around them, and the cookies that they set."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Response, make_response, redirect, render_template, request

from service import formats
from service.web import assets, csrf, forms
from service.web.chrome import chrome_of
from service.web.visit import LANGUAGE, VISITOR, Visit, is_https, session_name


def page(visit: Visit, template: str, *, status: int = 200, framed: bool = True, **shown: Any) -> Response:
    """A page for this visit. framed: with what needs the database again"""
    chrome = chrome_of(visit) if framed else None
    html = render_template(
        template,
        visit=visit,
        say=visit.say,
        words=visit.words(),
        formats=formats,
        chrome=chrome,
        asset=assets.address,
        csrf_field=csrf.FIELD,
        csrf_token=csrf.token_of(visit),
        new_key=forms.new_key,
        here=_here(),
        **shown,
    )
    response = make_response(html, status)
    response.headers["Content-Language"] = visit.language
    if request.cookies.get(VISITOR) is None and visit.person is None:
        set_cookie(response, VISITOR, visit.visitor, visit=visit)
    return response


def go(target: str) -> Response:
    """Go on to another page; a reload there asks for nothing again."""
    response = redirect(target, 303)
    assert isinstance(response, Response)
    return response


def set_cookie(
    response: Response,
    name: str,
    value: str,
    *,
    visit: Visit,
    until: datetime | None = None,
    max_age: int | None = None,
) -> None:
    """Set a cookie that no script reads and no other site sends along."""
    response.set_cookie(
        name,
        value,
        expires=until,
        max_age=max_age,
        path="/",
        secure=is_https(visit.runtime),
        httponly=True,
        samesite="Lax",
    )


def set_session(response: Response, visit: Visit, cookie: str, until: datetime) -> Response:
    """Sign the browser in."""
    set_cookie(response, session_name(visit.runtime), cookie, visit=visit, until=until)
    return response


def drop_session(response: Response, visit: Visit) -> Response:
    """Sign the browser out."""
    response.delete_cookie(
        session_name(visit.runtime), path="/", secure=is_https(visit.runtime), httponly=True, samesite="Lax"
    )
    return response


def set_language(response: Response, visit: Visit, language: str) -> Response:
    """Keep the browser's language for a year."""
    set_cookie(response, LANGUAGE, language, visit=visit, max_age=365 * 24 * 3600)
    return response


def _here() -> str:
    """This page's address for coming back; a form's other end isn't one."""
    if request.method != "GET":
        return "/"
    return request.full_path.removesuffix("?")
