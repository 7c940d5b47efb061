"""Every error of the API in one shape: application/problem+json, whoever raised it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from flask import Response, g, json, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect

from service.api.door import Door, language_of
from service.api.field_errors import in_language
from service.api.refusals import shown_blocker, title
from service.problems import Problem, ProblemError, coded, problem_of
from service.sentences import Vocabulary
from workflows.offices import EMPTY

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
    words, reference = _words(language)
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + problem.code,
        "title": title(problem, words, reference=reference),
        "status": problem.status,
        "code": problem.code,
    }
    if problem.detail:
        body["detail"] = problem.detail
    if problem.errors:
        body["errors"] = in_language(problem.errors, language)
    if problem.blockers:
        body["blockers"] = [shown_blocker(one, words, reference=reference) for one in problem.blockers]
    if problem.retry_after_s is not None:
        body["retry_after"] = problem.retry_after_s
    if problem.etag is not None:
        body |= {"etag": problem.etag, "changes": list(problem.changes)}
    response = Response(json.dumps(body), problem.status, mimetype=MEDIA_TYPE)
    response.headers.update(_headers(problem, language))
    return response


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


def refuse_redirects() -> None:
    """Before each request: of the API, an address with an empty part is no other address; its error is a problem."""
    if isinstance(request.routing_exception, RequestRedirect) and belongs_to_api(request.path):
        raise ProblemError(coded("not_found"))


def _words(language: str) -> tuple[Vocabulary, str | None]:
    """What the request spoke of, as far as it came; ids stand for themselves where nobody was let in."""
    door: Door | None = g.get("door")
    if door is None:
        return Vocabulary(language, EMPTY), None
    return door.words(), door.about.reference


def _http_problem(error: HTTPException) -> Problem:
    status = error.code or 500
    if isinstance(error, MethodNotAllowed):
        headers = {"Allow": ", ".join(sorted(error.valid_methods or ()))}
        return Problem("method_not_allowed", 405, facts={"method": request.method}, headers=headers)
    if status == 413:
        return coded("body_too_large", most=str(request.max_content_length))
    if status == 415:
        return coded("media_type_unsupported", found=request.mimetype or "-", wanted="application/json")
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
