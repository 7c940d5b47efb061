"""What is typed into forms and addresses stays text, wherever it is shown; and no page falls over it."""

from __future__ import annotations

import base64
import json
from email import message_from_bytes
from email.policy import default
from urllib.parse import quote

import pytest

from tests.support.api_world import item_body
from tests.support.live import Live, crowded_draft
from tests.support.processes import eventually
from tests.support.visitor import Visitor
from tests.support.world import HEAD, REGION

pytestmark = pytest.mark.serial


def place(*fields: str) -> str:
    """A cursor of the inbox page, of nobody's making."""
    return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")


def test_a_bearer_opens_no_page(on_sqlite: Live) -> None:
    for path in ("/", f"/commitments/{on_sqlite.commitment}", "/matrix"):
        answer = on_sqlite.wire.send("GET", path, headers=on_sqlite.wire.bearer(HEAD))
        assert (answer.status, answer.headers["location"].partition("?")[0]) == (303, "/login")


SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
QUERY = "'; DROP TABLE event; -- \" %s {0} {{7*7}} ${7*7}"


def test_markup_and_sql_stay_text_in_answers_mail_and_pages(live: Live) -> None:
    texts = ("activity", "output", "indicator", "unit", "evidence_required")
    item = item_body(**dict.fromkeys(texts, f"{SCRIPT} {QUERY}"[:100]))
    drafted = live.wire.post(REGION, "/commitments", {**crowded_draft(52), "items": [item]})
    assert drafted.status == 201, drafted.body
    commitment = drafted.json["commitment"]
    items = live.wire.get(REGION, f"/commitments/{commitment}/plan-items")
    assert items.headers["content-type"] == "application/json"
    assert {name: items.json["items"][0][name] for name in texts} == {name: item[name] for name in texts}
    asked = live.wire.post(HEAD, f"/commitments/{commitment}/requests", {"move": "sign"})
    reason = {"reason": "bukti_kurang", "text": f"{SCRIPT} {QUERY}"}
    returned = f"/requests/{asked.json['request']['id']}/returns"
    assert live.wire.post(REGION, returned, reason, etag=asked.headers["etag"]).status == 201
    live.caught_up()

    page = Visitor(live.wire).enter(HEAD).read(f"/commitments/{commitment}").body.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "{{7*7}}" in page
    letter = eventually(lambda: letter_with(live, "DROP TABLE"), 20, "the mail of the return")
    assert letter == "text/plain"
    assert live.wire.get(HEAD, f"/commitments?q={quote(QUERY[:60])}").json["commitments"] == []


def letter_with(live: Live, text: str) -> str | None:
    """The media type of the mail that holds the text; None while there is none."""
    for path in (live.data_dir / "mail").rglob("*.eml"):
        letter = message_from_bytes(path.read_bytes(), policy=default)
        assert not letter.is_multipart()
        if text in letter.get_content():
            return letter.get_content_type()
    return None


@pytest.mark.parametrize(
    "path",
    [
        "/commitments/%00",
        "/commitments/a%00b",
        "/commitments/%ed%a0%80",
        "/sheets/a%00b",
        "/notices?before=%00",
        "/notices?before=%27%20OR%201%3D1",
        "/?kind=%00",
        "/?kind=%27%3B--",
        "/?kind=decision&after=%00",
        "/?kind=decision&after=W1tbW1tb",
        "/?kind=decision&after=" + "W" * 3_000,
        "/?kind=decision&after=" + place("2022-01-01T00:00:00+00:00", "\x00", "a", "b"),
        "/?kind=decision&after=" + place("2022-01-01T00:00:00+00:00", "\ud800", "a", "b"),
        "/?kind=decision&after=" + place("0001-01-01T00:00:00+14:00", "a", "b", "c"),
        "/matrix?programme=%00",
        "/matrix?at_position=99999999999999999999",
        "/matrix?at_position=-1",
        "/matrix?as_known_on=9999-12-31T23:59:59-14:00",
        "/matrix?as_true_on=0001-01-01",
        "/?saved=99999999999999999999999",
        "/?position=%00",
        "/login?q=%00&next=%00",
        "/login?next=//evil.example/",
        "/login?next=https%3A%2F%2Fevil.example%2F",
        "/login/link/%00",
        "/static/..%2f..%2fapp.py",
        "/static/%00",
    ],
)
def test_an_odd_address_is_no_servers_error(live: Live, path: str) -> None:
    answer = Visitor(live.wire).enter(HEAD).send("GET", path)
    assert answer.status < 500, answer.body[:500]
    assert "evil.example" not in answer.headers.get("location", "")


def test_null_bytes_in_forms_are_left_out(live: Live) -> None:
    drafted = live.wire.post(REGION, "/commitments", crowded_draft(53))
    commitment = drafted.json["commitment"]
    asked = live.wire.post(HEAD, f"/commitments/{commitment}/requests", {"move": "sign"})
    form = {"request": asked.json["request"]["id"], "verdict": "approve", "note": "baik\x00 \x1b[31msekali\x7f"}
    page = f"/commitments/{commitment}"
    visitor = Visitor(live.wire).enter(REGION)
    answer = visitor.submit(f"{page}/verdicts", {**form, "etag": asked.headers["etag"]}, seen_on=page)
    assert answer.status == 303, answer.body[:2000]
    approved = [event for event in live.runtime.store.read_all() if event.stream.endswith(commitment)][-2:]
    assert "baik [31msekali" in {event.data.get("note") for event in approved}
    live.caught_up()
    live.verify()


@pytest.mark.parametrize("email", ["\x00", "a\x00b@x.example", "' OR 1=1 --", "x" * 10_000, "\u202e@x.example"])
def test_odd_addresses_of_mail_let_nobody_in(live: Live, email: str) -> None:
    fields = {"email": email, "password": "\x00" * 10, "next": "/"}
    answer = Visitor(live.wire).submit("/login", fields, seen_on="/login")
    assert 400 <= answer.status < 500, answer.body[:500]
