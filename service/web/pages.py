"""Declares pages: who may open them, and what is checked before their code runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, current_app, g, request
from flask.typing import ResponseReturnValue

from service.opened import runtime_of
from service.web import csrf
from service.web.refusals import SignInNeeded
from service.web.visit import Visit, open_visit

View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of one module; `mount` adds them to the application.

    A view gets the visit first, then the parts of the path by name.
    """

    blueprint: Blueprint

    def get(self, path: str, *, to_anybody: bool = False) -> Callable[[View], View]:
        """A page to read; without `to_anybody` only for who is signed in."""
        return self._page(path, "GET", to_anybody=to_anybody)

    def post(self, path: str, *, to_anybody: bool = False, uploads: bool = False) -> Callable[[View], View]:
        """A form's other end: the form must be ours and this browser's. uploads: its files may be large"""
        return self._page(path, "POST", to_anybody=to_anybody, uploads=uploads)

    def _page(self, path: str, method: str, *, to_anybody: bool, uploads: bool = False) -> Callable[[View], View]:
        def declare(view: View) -> View:
            @wraps(view)
            def page(**parts: Any) -> ResponseReturnValue:
                if uploads:
                    request.max_content_length = upload_limit()
                visit = g.visit = open_visit(runtime_of(current_app), request)
                if visit.signed_in is None and not to_anybody:
                    raise SignInNeeded(with_office=visit.person is not None)
                if method == "POST":
                    csrf.check(visit, request)
                return view(visit, **parts)

            self.blueprint.add_url_rule(path, view_func=page, methods=[method])
            return page

        return declare


def pages(name: str) -> Pages:
    """The pages of a module."""
    return Pages(Blueprint(f"web_{name}", __name__, template_folder="templates"))


def visit_now() -> Visit | None:
    """The visit of the request in hand, if it came that far."""
    found = g.get("visit")
    return found if isinstance(found, Visit) else None


def upload_limit() -> int:
    """How large a form with files may be: a few files of the greatest size, and its fields."""
    config = current_app.extensions["kawal"]
    return int(config.evidence_max_bytes * 2 + config.body_max_bytes)
