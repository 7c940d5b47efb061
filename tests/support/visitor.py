"""A person at the pages: a browser without JavaScript, for as much as tests of running processes need."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urlencode

from tests.support.live import Answer, Wire


class Visitor:
    """A browser without JavaScript, for as much as these tests need."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        """The Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self._cookies.items())

    def enter(self, office: str) -> Visitor:
        """Take an office by one click."""
        self.submit("/login/click", {"office": office, "next": "/"}, seen_on="/login")
        return self

    def read(self, path: str) -> Answer:
        """Open a page; it must be there."""
        answer = self.send("GET", path)
        assert answer.status < 400, (answer.status, answer.body[:2000])
        return answer

    def submit(self, path: str, fields: Mapping[str, str], *, seen_on: str) -> Answer:
        """Send a form with its hidden fields as they stand on a page; what is typed replaces them."""
        page = self.read(seen_on).body.decode()
        hidden = {name: unescape(value) for name, value in re.findall(r'name="(csrf|key|etag)" value="([^"]*)"', page)}
        return self.send("POST", path, urlencode({**hidden, **fields}).encode())

    def send(self, method: str, path: str, body: bytes | None = None) -> Answer:
        """One request with the cookies so far."""
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        answer = self._wire.send(method, path, body=body, headers={"Cookie": self.cookie, **form})
        for name, value in re.findall(r"(\w+)=([^;,\s]*);", answer.headers.get("set-cookie", "")):
            if name.lower() not in ("path", "expires", "max-age", "samesite"):
                self._cookies[name] = value
        return answer
