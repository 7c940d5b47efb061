"""Opaque cursors: where a page ended, so that the next one begins right behind it whatever came between."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from flask import request
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from service.problems import ProblemError, coded

Part = str | int


def encode(kind: str, *parts: Part) -> str:
    """A cursor of one kind of list."""
    text = json.dumps([kind, *parts], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, kind: str, *types: type) -> Sequence[Part]:
    """A cursor's parts; raises ProblemError where it isn't one of that kind with parts of those types."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found = json.loads(base64.b64decode(padded.encode("ascii"), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise _malformed() from error
    if not isinstance(found, list) or [type(part) for part in found] != [str, *types] or found[0] != kind:
        raise _malformed()
    if not all(part.isprintable() for part in found if isinstance(part, str)):
        raise _malformed()  # half a character, or a null byte that a database doesn't take
    return found[1:]


def link_next(cursor: str | None) -> Mapping[str, str]:
    """The header that leads to the next page, if there is one: this address with the cursor."""
    if cursor is None:
        return {}
    query = MultiDict(request.args)
    query["cursor"] = cursor
    address = iri_to_uri(f"{request.path}?{urlencode(list(query.items(multi=True)))}")
    return {"Link": f'<{address}>; rel="next"'}


def _malformed() -> ProblemError:
    return ProblemError(coded("cursor_malformed"))
