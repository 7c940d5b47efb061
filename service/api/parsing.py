"""How a request's query and JSON body are read: strictly, numbers exactly, and nothing unknown is passed over."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import islice
from typing import Any, NoReturn

import marshmallow
from flask import Request, current_app
from webargs.flaskparser import FlaskParser
from webargs.multidictproxy import MultiDictProxy
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge

from service.problems import Problem, ProblemError, coded

OWN_FIELD = "field."
"""What a parameter about a field of the workflow's own begins with, where a query may ask for any of them."""
_MOST_DEPTH = 20
_MOST_NAMED = 30


class Parser(FlaskParser):
    """Raises our problems: 415 without JSON, 400 for a body that isn't, 422 naming each field that is wrong."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012  (webargs' own way to say it)
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": marshmallow.RAISE,
        "json": marshmallow.RAISE,
    }

    def _raw_load_json(self, req: Request) -> Any:
        if not req.is_json:
            found = req.mimetype or "-"
            raise ProblemError(coded("media_type_unsupported", found=found, wanted="application/json"))
        return read_json(_whole(req))

    def load_querystring(self, req: Request, schema: marshmallow.Schema) -> Any:
        """The query, each parameter once: of two values none is the one that was meant."""
        twice = [name for name, values in req.args.lists() if len(values) > 1]
        if twice:
            raise ProblemError(invalid({name: ["Given more than once."] for name in twice}))
        if not getattr(schema, "takes_own_fields", False):
            return super().load_querystring(req, schema)
        known = [(name, value) for name, value in req.args.items() if not name.startswith(OWN_FIELD)]
        return MultiDictProxy(MultiDict(known), schema)

    def handle_error(self, error: marshmallow.ValidationError, *args: object, **kwargs: object) -> NoReturn:
        """Name every field that is wrong."""
        messages = error.messages if isinstance(error.messages, dict) else {"body": error.messages}
        found: dict[str, object] = {}
        for place in messages.values():
            found.update(place if isinstance(place, dict) else {"body": place})
        raise ProblemError(invalid(found)) from error


def invalid(errors: dict[str, object]) -> Problem:
    """The problem of fields that can't be used: each with what is wrong, nested as they are."""
    named = ", ".join(str(name) for name in islice(errors, _MOST_NAMED))
    problem = coded("input_invalid", fields=named if len(errors) <= _MOST_NAMED else f"{named} ...")
    return Problem(problem.code, problem.status, facts=problem.facts, errors=errors)


def read_json(body: bytes) -> object:
    """The body as JSON with exact numbers; raises ProblemError where it isn't JSON, has a name twice or is too deep."""
    try:
        read = json.loads(body.decode(), parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_once)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise ProblemError(coded("body_malformed", reason=str(error)[:100])) from error
    if _depth(read) > _MOST_DEPTH:
        raise ProblemError(coded("body_malformed", reason="nested too deeply"))
    return read


def body_limit() -> int:
    """The most bytes that a body may have."""
    limit = current_app.config["MAX_CONTENT_LENGTH"]
    assert isinstance(limit, int)
    return limit


def _whole(req: Request) -> bytes:
    body = req.get_data(cache=True)
    # A body without a declared length is cut at the limit where it is read; whatever is as long was cut.
    if req.content_length is None and len(body) >= body_limit():
        raise RequestEntityTooLarge
    return body


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice in an object")
    return read


def _depth(value: object) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        one, depth = waiting.pop()
        deepest = max(deepest, depth)
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting.extend((child, depth + 1) for child in inside)
    return deepest
