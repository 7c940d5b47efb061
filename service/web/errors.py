"""Errors as pages: what is wrong, in a sentence, what was not lost, and where to go on."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from urllib.parse import quote

from flask import Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from events.errors import LogError
from service.errors import ServiceError
from service.opened import runtime_of
from service.problems import Problem, coded, problem_of
from service.web import assets
from service.web.blocking import BlockerShown, shown_blockers
from service.web.pages import visit_now
from service.web.refusals import REFUSALS, FormRefused, SignInNeeded
from service.web.rendering import go, page
from service.web.visit import LANGUAGE, Visit, open_visit

_log = logging.getLogger("kawal.web")
_AWAY = 503
_HTTP_CODES = {404: "not_found", 405: "method_not_allowed", 414: "uri_too_long", 431: "header_too_large"}
_PASSWORDS = frozenset({"password", "again"})


@dataclass(frozen=True, slots=True)
class ErrorShown:
    """An error as its page shows it. repeat: the fields of a form that may be sent again just so"""

    status: int
    sentence: str
    blockers: tuple[BlockerShown, ...] = ()
    retry_after_s: int | None = None
    repeat: tuple[tuple[str, str], ...] = field(default=())


def answer_error(error: Exception) -> Response:
    """Any error of a page as a page; one that nobody expected is logged and says no more than that."""
    if isinstance(error, SignInNeeded):
        return go("/office" if error.with_office else f"/login?next={quote(_wanted())}")
    if isinstance(error, RequestRedirect):
        return make_response(error.get_response(request.environ))
    shown = _form_refused(error) if isinstance(error, FormRefused) else _shown(_problem(error))
    response = _page(shown)
    if shown.retry_after_s is not None:
        response.headers["Retry-After"] = str(shown.retry_after_s)
    return response


def _problem(error: Exception) -> Problem:
    problem = problem_of(error)
    if problem is None and isinstance(error, HTTPException):
        problem = _http_problem(error)
    if problem is None:
        # The standard traceback alone: one with local variables would print sessions and passwords.
        _log.error("server error at %s %s", request.method, request.path, exc_info=error)
        problem = coded("server_error")
    return problem


def _http_problem(error: HTTPException) -> Problem | None:
    status = error.code or 500
    if status >= 500:
        return None
    if status == 413:
        return coded("body_too_large", most=str(request.max_content_length))
    code = _HTTP_CODES.get(status, "request_malformed")
    return Problem(code, status, facts={"method": request.method})


def _shown(problem: Problem) -> ErrorShown:
    visit = visit_now()
    blockers = shown_blockers(problem.blockers, visit.words()) if visit is not None else ()
    return ErrorShown(
        problem.status, problem.title(_language()), blockers, problem.retry_after_s, _repeat(problem.status)
    )


def _form_refused(error: FormRefused) -> ErrorShown:
    label = REFUSALS[error.code]
    return ErrorShown(400 if error.code == "key" else 403, label.en if _language() == "en" else label.id)


def _page(shown: ErrorShown) -> Response:
    visit = _visit(shown.status)
    if visit is not None:
        return page(visit, "pages/error.html", status=shown.status, framed=shown.status < 500, error=shown)
    language = _language()
    html = render_template(
        "pages/error.html",
        visit=None,
        say=lambda indonesian, english, **places: (english if language == "en" else indonesian).format_map(places),
        language=language,
        chrome=None,
        asset=assets.address,
        error=shown,
    )
    return make_response(html, shown.status)


def _visit(status: int) -> Visit | None:
    """The visit, opened now where no page came that far; none where nothing more should be asked of the database."""
    visit = visit_now()
    if visit is not None or status >= 500:
        return visit
    try:
        return open_visit(runtime_of(current_app), request)
    except (LogError, ServiceError):
        return None


def _repeat(status: int) -> tuple[tuple[str, str], ...]:
    """A form that couldn't be carried out now may be sent again with its own key; one with files is sent anew."""
    if status != _AWAY or request.method != "POST" or request.files or _PASSWORDS.intersection(request.form):
        return ()
    return tuple(request.form.items(multi=True))


def _wanted() -> str:
    return request.full_path.removesuffix("?") if request.method == "GET" else "/"


def _language() -> str:
    visit = visit_now()
    if visit is not None:
        return visit.language
    return "en" if request.cookies.get(LANGUAGE) == "en" else "id"
