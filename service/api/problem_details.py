"""Every error of the API in one shape: application/problem+json, whoever raised it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, current_app, json, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from events.envelope import rfc3339
from service.api.door import language_of
from service.opened import runtime_of
from service.problems import Problem, coded, problem_of
from workflows.blockers import sentence
from workflows.errors import Blocker
from workflows.offices import Directory

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "/problems/"
_HTTP_CODES = {
    400: "request_malformed",
    404: "not_found",
    406: "not_acceptable",
    414: "uri_too_long",
    416: "range_not_satisfiable",
    431: "header_too_large",
}
_log = logging.getLogger("kawal.api")


def answer_problem(problem: Problem) -> Response:
    """A problem as a response, in the caller's language."""
    language = language_of(request)
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + problem.code,
        "title": problem.title(language),
        "status": problem.status,
        "code": problem.code,
    }
    if problem.detail:
        body["detail"] = problem.detail
    if problem.errors:
        body["errors"] = problem.errors
    if problem.blockers:
        directory = runtime_of(current_app).basis().directory
        body["blockers"] = [shown_blocker(blocker, directory) for blocker in problem.blockers]
    if problem.retry_after_s is not None:
        body["retry_after"] = problem.retry_after_s
    if problem.etag is not None:
        body |= {"etag": problem.etag, "changes": list(problem.changes)}
    response = Response(json.dumps(body), problem.status, mimetype=MEDIA_TYPE)
    response.headers.update(_headers(problem, language))
    return response


def shown_blocker(blocker: Blocker, directory: Directory) -> Mapping[str, object]:
    """A blocker as answers show it: its sentence in both languages, and who can clear it by name."""
    offices = [(one, directory.office(one)) for one in blocker.cleared_by]
    return {
        "code": blocker.code,
        "sentence": {"id": sentence(blocker, "id"), "en": sentence(blocker, "en")},
        "facts": dict(blocker.facts),
        "cleared_by": [{"office": one, "name": one if known is None else known.name} for one, known in offices],
        "until": None if blocker.until is None else rfc3339(blocker.until),
    }


def answer_error(error: Exception) -> Response:
    """Any error as a problem; one that nobody expected is logged and says no more than that."""
    problem = problem_of(error) or (_http_problem(error) if isinstance(error, HTTPException) else None)
    if problem is None:
        _log.error("%s %s failed", request.method, request.path, exc_info=error)
        problem = coded("server_error")
    return answer_problem(problem)


def belongs_to_api(path: str) -> bool:
    """Whether errors on that path are for machines."""
    return path.startswith(("/api/", "/healthz", "/readyz", "/metrics", "/openapi.json", "/problems"))


def handle_errors(app: Flask) -> None:
    """Answer every error under the API's paths as a problem; the pages' errors are theirs.

    Other paths keep what else is registered: their own blueprint's handlers come first in Flask.
    """
    app.register_error_handler(Exception, answer_error)
    app.register_error_handler(HTTPException, answer_error)


def _http_problem(error: HTTPException) -> Problem:
    status = error.code or 500
    if isinstance(error, MethodNotAllowed):
        headers = {"Allow": ", ".join(sorted(error.valid_methods or ()))}
        return Problem("method_not_allowed", 405, facts={"method": request.method}, headers=headers)
    if status == 413:
        return coded("body_too_large", most=str(request.max_content_length))
    if status == 415:
        return coded("media_type_unsupported", found=request.mimetype or "-", wanted="application/json")
    if status == 308 and error.get_response() is not None:
        return coded("not_found")
    if status >= 500:
        return coded("server_error")
    return Problem(_HTTP_CODES.get(status, "request_malformed"), status)


def _headers(problem: Problem, language: str) -> Mapping[str, str]:
    headers = {**problem.headers, "Content-Language": language, "Cache-Control": "no-store"}
    if problem.status == 401:
        invalid = "" if problem.code == "token_missing" else ', error="invalid_token"'
        headers["WWW-Authenticate"] = f'Bearer realm="kawal"{invalid}'
    if problem.retry_after_s is not None:
        headers["Retry-After"] = str(problem.retry_after_s)
    if problem.etag is not None:
        headers["ETag"] = problem.etag
    return headers
