"""What the pages refuse, and what they tell browsers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service import identity
from service.app import create_app
from tests.support.api_world import ApiWorld
from tests.support.browsing import forms_in, visitor
from tests.support.world import REGION

POSTS = [
    "/login",
    "/login/click",
    "/logout",
    "/office",
    "/language",
    "/password",
    "/commitments/x/verdicts",
    "/commitments/x/checks",
    "/commitments/x/opinions",
    "/commitments/x/rejoining",
    "/commitments/x/retractions",
    "/commitments/x/approvers",
    "/commitments/x/forwards",
    "/commitments/x/preparations",
    "/commitments/x/withdrawals",
    "/commitments/x/moves/sign",
    "/commitments/x/items/1/claim",
    "/commitments/x/claims/1/evidence",
    "/commitments/x/reports/B03",
    "/programmes/kalbar-2022/periods/B03",
    "/programmes/kalbar-2022/reports/B03",
    "/commitments/x/draft",
    "/sheets/kalbar-2022:61.03/signatures",
    "/sheets/kalbar-2022:61.03/witnesses",
    "/notices/x/read",
    "/commitments/x/receipt",
    "/commitments/x/raise/finding",
    "/commitments/x/matters",
    "/directions",
    "/decisions",
    "/inbox/advice",
    "/commitments/x/money/amounts",
    "/commitments/x/money/payments",
    "/commitments/x/money/verdicts",
    "/sittings",
    "/sittings/x/attendance",
    "/sittings/x/corrections",
    "/sittings/x/closure",
    "/delegations",
    "/delegations/x/revocation",
    "/definitions",
    "/programmes/kalbar-2022/go-live",
    "/programmes/kalbar-2022/closure",
    "/programmes/kalbar-2022/waves",
    "/programmes/kalbar-2022/invitations",
    "/programmes/kalbar-2022/answers",
    "/programmes/kalbar-2022/reopening",
    "/definitions/proposals/x/confirmation",
    "/definitions/proposals/x/refusal",
    "/definitions/migrations/x/confirmation",
    "/definitions/migrations/x/refusal",
    "/appointments",
    "/appointments/x/confirmation",
    "/appointments/x/refusal",
]


def test_every_form_end_is_tried_here(world: ApiWorld) -> None:
    rules = {
        rule.rule.replace("<commitment>", "x")
        .replace("<move>", "sign")
        .replace("<form>", "finding")
        .replace("<int:item>", "1")
        .replace("<int:number>", "1")
        .replace("<programme>", "kalbar-2022")
        .replace("<period>", "B03")
        .replace("<sheet>", "kalbar-2022:61.03")
        .replace("<sitting>", "x")
        .replace("<notice>", "x")
        .replace("<delegation>", "x")
        .replace("<appointment>", "x")
        .replace("<proposal>", "x")
        .replace("<migration>", "x")
        for rule in world.app.url_map.iter_rules()
        if rule.methods and "POST" in rule.methods and not rule.rule.startswith("/api/") and "secret" not in rule.rule
    }
    assert rules == set(POSTS)


@pytest.mark.parametrize("path", POSTS)
def test_no_form_is_taken_without_its_token(world: ApiWorld, path: str) -> None:
    one = visitor(world, REGION)
    answer = one.client.post(path, data={"office": REGION})
    assert answer.status_code == 403
    assert "kedaluwarsa" in answer.get_data(as_text=True)


def test_a_form_of_another_browser_is_refused(world: ApiWorld, asked: str) -> None:
    one, other = visitor(world, REGION), visitor(world, "61.05.sekda")
    one.open("/")
    form, before = one.form(f"/commitments/{asked}/verdicts", button="approve"), world.runtime.history(asked)
    other.send(form, button=("verdict", "approve"))
    assert other.status == 403
    assert world.runtime.history(asked) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_form_sent_from_another_site_is_refused(world: ApiWorld, headers: dict[str, str]) -> None:
    one = visitor(world, REGION)
    one.open("/")
    one.send(one.form("/language"), button=("language", "en"), **headers)
    assert one.status == 403
    assert "situs lain" in one.words


@pytest.mark.parametrize(
    "headers", [{"Origin": "http://localhost"}, {"Origin": "null", "Sec_Fetch_Site": "same-origin"}]
)
def test_a_form_of_ours_is_taken(world: ApiWorld, headers: dict[str, str]) -> None:
    one = visitor(world, REGION)
    one.open("/")
    one.send(one.form("/language"), button=("language", "en"), **headers)
    assert one.status == 200


def test_a_token_opens_no_page_and_a_session_no_endpoint(world: ApiWorld) -> None:
    client = world.app.test_client()
    assert client.get("/", headers=world.bearer(REGION)).location == "/login?next=/"
    one = visitor(world, REGION)
    assert one.client.get("/api/v1/inbox").status_code == 401


@pytest.mark.parametrize("path", ["/", "/login", "/matrix", "/notices", "/nothing-here"])
def test_every_page_tells_browsers_what_is_allowed(world: ApiWorld, path: str) -> None:
    headers = visitor(world, REGION).open(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_no_page_has_style_or_script_inside(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    for path in ("/", "/login", "/matrix", "/notices", f"/commitments/{asked}", "/sheets/kalbar-2022:61.03"):
        one.open(path)
        assert "<style" not in one.page
        assert " style=" not in one.page
        assert "<script>" not in one.page
        assert " onclick" not in one.page


def test_what_people_write_is_shown_as_text(world: ApiWorld, drafted: str) -> None:
    evil = "<script>alert(1)</script>"
    world.post("61.03.dinkes", f"/commitments/{drafted}/requests", {"move": "sign", "text": evil})
    world.catch_up()
    one = visitor(world, REGION)
    for path in ("/", f"/commitments/{drafted}"):
        one.open(path)
        assert evil not in one.page
        assert "&lt;script&gt;" in one.page


def test_under_https_the_session_is_bound_to_https_and_this_host(world: ApiWorld) -> None:
    app = create_app(replace(world.config, base_url="https://kawal.example"))
    client = app.test_client()
    password = "hujan turun di kapuas"
    identity.set_password(world.runtime.engine, world.persons[REGION], password, now=datetime.now(UTC))
    known = identity.person(world.runtime.engine, world.persons[REGION])
    assert known is not None
    page = client.get("/login", base_url="https://kawal.example")
    form = next(one for one in forms_in(page.get_data(as_text=True)) if one.action == "/login")
    fields = {**dict(form.fields), "email": known.email, "password": password}
    answer = client.post("/login", data=fields, base_url="https://kawal.example")
    assert answer.headers["Set-Cookie"].startswith("__Host-kawal_session=")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


def test_style_and_script_are_kept_for_ever_by_their_content(world: ApiWorld) -> None:
    one = visitor(world)
    one.open("/login")
    address = one.page.split('rel="stylesheet" href="')[1].split('"')[0]
    client = world.app.test_client()
    answer = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Encoding"] == "gzip"
    again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert client.get("/static/kawal.css").headers["Cache-Control"] == "public, max-age=300"
    assert client.get("/static/VENDOR.md").status_code == 404
    assert client.get("/static/../app.py").status_code == 404


def test_a_form_over_the_limit_is_refused_in_words(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open("/")
    one.send(one.form("/language"), {"language": "x" * (world.config.body_max_bytes + 1)})
    assert one.status == 413
    assert "melebihi batas" in one.words
