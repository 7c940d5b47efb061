"""Endpoints as declarations: one line says who may call, what goes in, what comes out and how it is described."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeAlias

import flask_smorest
from flask import current_app, g, request
from marshmallow import Schema

from service.api.door import ON_BEHALF_OF, Conditions, Door, Reply, open_door
from service.api.parsing import Parser
from service.opened import runtime_of

View: TypeAlias = Callable[..., Reply]
PREFIX = "/api/v1"
_KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "What you call this operation. The same key with the same request has the same answer for ever.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
_MATCH_HEADER = {
    "in": "header",
    "name": "If-Match",
    "description": "The ETag that you saw.",
    "schema": {"type": "string", "pattern": '^"[0-9a-f-]{1,100}"$'},
}
_BEHALF_HEADER = {
    "in": "header",
    "name": ON_BEHALF_OF,
    "required": False,
    "description": "The office whose authority you use, as it was delegated to yours; without it you act for your own. "
    "You see what that office sees, and what you do names both.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200},
}
_POSITION_HEADER = {
    "in": "header",
    "name": "X-Kawal-Position",
    "required": False,
    "description": "Wait (two seconds at most) until the answer holds what was recorded up to this position. "
    "The answer's X-Kawal-Complete-To says how far it is.",
    "schema": {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
}


REFUSALS = {
    400: "The request can't be read: its headers, its JSON or a cursor.",
    401: "Nobody is known by this token, or no longer in this office.",
    403: "The office or the person may not do this.",
    404: "There is none that the office may see.",
    405: "The method isn't possible here.",
    409: "The state forbids it.",
    412: "It has changed since the ETag in If-Match; `changes` says how.",
    413: "The body is too large.",
    415: "The media type isn't accepted.",
    422: "A field can't be used; `errors` names it.",
    428: "An If-Match is needed.",
    500: "A bug.",
    503: "The database is locked, full or away; Retry-After says when to repeat.",
}
"""Every answer that is a problem, by status."""


class _Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # flask-smorest is untyped
    ARGUMENTS_PARSER = Parser()


@dataclass(frozen=True, slots=True)
class CommandView:
    """A view that ends in dispatching one command, which a question may suppose instead."""

    name: str
    rule: str
    view: View
    body: type[Schema] | None


class Endpoints:
    """A group of endpoints under /api/v1, behind a bearer token.

    A view gets the door, then the parsed query or body if one is declared, then the path's parts by name.
    """

    def __init__(self, name: str, description: str) -> None:
        self.blueprint = _Blueprint(name, name, url_prefix=PREFIX, description=description)
        self.supposable: list[CommandView] = []

    def get(
        self, rule: str, answer: type[Schema], *, query: type[Schema] | None = None, reads_models: bool = False
    ) -> Callable[[View], View]:
        """Declare a read.

        reads_models  the answer comes from read models: it says how far they are, and can wait for a position
        """
        conditions = Conditions(reads_models=reads_models)
        return self._declare("GET", rule, answer, status=200, query=query, conditions=conditions)

    def post(
        self,
        rule: str,
        answer: type[Schema],
        *,
        body: type[Schema] | None = None,
        match: bool = False,
        status: int = 201,
        supposable: bool = False,
    ) -> Callable[[View], View]:
        """Declare a command: it needs an Idempotency-Key; `match`: and an If-Match.

        supposable  the view writes by `door.dispatch` or `door.write_sheet` alone, once: /what-if may suppose it
        """
        conditions = Conditions(needs_key=True, needs_match=match)
        declare = self._declare("POST", rule, answer, status=status, body=body, conditions=conditions)
        return self._supposable(rule, body, declare) if supposable else declare

    def ask(self, rule: str, answer: type[Schema], *, body: type[Schema]) -> Callable[[View], View]:
        """Declare a question with a body: it writes nothing, so a key isn't needed."""
        return self._declare("POST", rule, answer, status=200, body=body, conditions=Conditions())

    def patch(self, rule: str, answer: type[Schema], *, body: type[Schema]) -> Callable[[View], View]:
        """Declare a change: it needs an If-Match; /what-if may suppose it."""
        conditions = Conditions(needs_match=True)
        declare = self._declare("PATCH", rule, answer, status=200, body=body, conditions=conditions)
        return self._supposable(rule, body, declare)

    def upload(self, rule: str, answer: type[Schema], *, field: str) -> Callable[[View], View]:
        """Declare an upload of one file as multipart/form-data: it needs an Idempotency-Key."""
        one_file = {
            "type": "object",
            "properties": {field: {"type": "string", "format": "binary"}},
            "required": [field],
        }
        body = {"required": True, "content": {"multipart/form-data": {"schema": one_file}}}
        return self._declare(
            "POST", rule, answer, status=201, conditions=Conditions(needs_key=True), more={"requestBody": body}
        )

    def download(self, rule: str) -> Callable[[View], View]:
        """Declare a download."""
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        more = {"responses": {"200": {"description": "the file", "content": content}}}
        return self._declare("GET", rule, None, status=200, conditions=Conditions(), more=more)

    def _supposable(
        self, rule: str, body: type[Schema] | None, declare: Callable[[View], View]
    ) -> Callable[[View], View]:
        def decorate(view: View) -> View:
            self.supposable.append(CommandView(view.__name__, rule, view, body))
            return declare(view)

        return decorate

    def _declare(
        self,
        method: str,
        rule: str,
        answer: type[Schema] | None,
        *,
        status: int,
        conditions: Conditions,
        query: type[Schema] | None = None,
        body: type[Schema] | None = None,
        more: Mapping[str, object] | None = None,
    ) -> Callable[[View], View]:
        blueprint = self.blueprint

        def decorate(view: View) -> View:
            inner: Any = _answering(view)
            for schema, location in ((query, "query"), (body, "json")):
                if schema is not None:
                    inner = blueprint.arguments(schema, location=location)(inner)
            inner = blueprint.response(status, answer)(inner)
            inner = _described(blueprint, inner, method=method, conditions=conditions, has_path="<" in rule)
            inner = blueprint.doc(operationId=view.__name__, **(more or {}))(inner)
            blueprint.route(rule, methods=[method], endpoint=view.__name__)(_at_the_door(inner, conditions))
            return view

        return decorate


def _at_the_door(inner: Callable[..., Any], conditions: Conditions) -> Callable[..., Any]:
    """Find out who asks before anything else is looked at."""

    @wraps(inner)
    def call(**path: str) -> Any:
        g.door = open_door(runtime_of(current_app), request, conditions)
        return inner(**path)

    return call


def _answering(view: View) -> Callable[..., Any]:
    @wraps(view)
    def call(*given: object, **path: str) -> Any:
        door: Door = g.door
        reply = view(door, *given, **path)
        headers = {"Cache-Control": "private, no-cache", **reply.headers}
        if door.reached is not None:
            headers["X-Kawal-Complete-To"] = str(door.reached)
        return reply.body, reply.status, headers

    return call


def refusal(status: int) -> str:
    """What the description calls the answer of that status."""
    return f"Problem{status}"


def _described(blueprint: Any, inner: Any, *, method: str, conditions: Conditions, has_path: bool) -> Any:
    # Beside those of the query and the body: a description by hand would stand in their place.
    arguments = inner._apidoc.setdefault("arguments", {})
    parameters = arguments.setdefault("parameters", [])
    parameters += [{**_BEHALF_HEADER}]
    refusals = {400, 401, 403, 422, 500, 503}
    if method != "GET":
        parameters += [{**_KEY_HEADER, "required": conditions.needs_key}]
        parameters += [{**_MATCH_HEADER, "required": conditions.needs_match}]
        refusals |= {409, 412, 413, 415, 428}
    if conditions.reads_models:
        parameters += [{**_POSITION_HEADER}]
    if has_path or method != "GET":
        refusals |= {404, 405}
    if not has_path:
        refusals |= {409}
    # webargs would add a 422 of its own name.
    arguments.pop("responses", None)
    for status in sorted(refusals):
        inner = blueprint.alt_response(status, refusal(status))(inner)
    return inner
