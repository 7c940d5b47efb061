"""A visitor of the pages: keeps cookies, finds forms in what it gets, fills and sends them."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.support.api_world import ApiWorld

Fields = list[tuple[str, str]]


@dataclass(slots=True)
class Form:
    """A form as a browser sends it: hidden and filled fields; buttons by (name, value)."""

    action: str
    method: str
    fields: Fields = field(default_factory=list)
    buttons: Fields = field(default_factory=list)

    def value(self, name: str) -> str:
        """The first value of a field."""
        return next(value for one, value in self.fields if one == name)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select: str | None = None
        self._area: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get"))
            self.found.append(self._open)
        elif self._open is None:
            return
        elif tag == "input" and given.get("name") and given.get("type") != "file" and _is_sent(given):
            self._open.fields.append((given["name"], given.get("value", "")))
        elif tag == "button" and given.get("name"):
            self._open.buttons.append((given["name"], given.get("value", "")))
        elif tag == "select":
            self._select = given.get("name")
        elif tag == "option" and self._select is not None and "selected" in given:
            self._open.fields.append((self._select, given.get("value", "")))
        elif tag == "textarea":
            self._area = (given.get("name", ""), [])

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._area is not None and self._open is not None:
            self._open.fields.append((self._area[0], "".join(self._area[1])))
            self._area = None


def forms_in(page: str) -> list[Form]:
    """Every form of a page, in order."""
    parser = _Forms()
    parser.feed(page)
    return parser.found


def words_in(page: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@dataclass(slots=True)
class Visitor:
    """Somebody with a browser; `page` is what it shows."""

    client: FlaskClient
    page: str = ""
    status: int = 0
    path: str = ""

    @property
    def words(self) -> str:
        """What the page says."""
        return words_in(self.page)

    @property
    def skips_a_heading(self) -> bool:
        """Whether a heading of the page lies more than one level below the one before it."""
        levels = [int(level) for level in re.findall(r"<h([1-6])\b", self.page)]
        return any(lower - upper > 1 for upper, lower in pairwise((0, *levels)))

    def open(self, path: str, **headers: str) -> TestResponse:
        """Open a page, following redirects."""
        return self._shown(self.client.get(path, headers=_named(headers), follow_redirects=True))

    def form(self, action: str, *, button: str | None = None) -> Form:
        """The page's first form to post with that action (and that button's value)."""
        for one in forms_in(self.page):
            if (
                one.method == "post"
                and one.action == action
                and (button is None or button in [value for _, value in one.buttons])
            ):
                return one
        raise AssertionError(f"no form {action} {button or ''} among {[one.action for one in forms_in(self.page)]}")

    def send(
        self,
        form: Form,
        fields: Mapping[str, str] | None = None,
        *,
        button: tuple[str, str] | None = None,
        file: tuple[str, bytes, str] | None = None,
        follow: bool = True,
        **headers: str,
    ) -> TestResponse:
        """Fill a form and send it. file: field, content, name"""
        filled = {**dict(form.fields), **(fields or {}), **(dict([button]) if button else {})}
        data: dict[str, object] = dict(filled)
        if file is not None:
            data[file[0]] = (io.BytesIO(file[1]), file[2])
        answer = self.client.post(form.action, data=data, headers=_named(headers), follow_redirects=follow)
        return self._shown(answer)

    def _shown(self, answer: TestResponse) -> TestResponse:
        self.page, self.status = answer.get_data(as_text=True), answer.status_code
        self.path = answer.request.full_path.removesuffix("?")
        return answer


def visitor(world: ApiWorld, office: str | None = None) -> Visitor:
    """A new browser at this machine; with an office, signed in by one click."""
    one = Visitor(world.app.test_client())
    if office is not None:
        one.open("/login")
        one.send(one.form("/login/click"), button=("office", office))
        assert one.status == 200, one.words
    return one


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _is_sent(given: Mapping[str, str | None]) -> bool:
    return given.get("type") != "checkbox" or "checked" in given
