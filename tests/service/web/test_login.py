"""Signing in: by password, by one click where that is allowed, by link; and out again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from events.engine import make_engine
from service import config, identity
from service.app import create_app
from service.db import create_schema
from tests.support.api_world import NOBODY_LISTENS, ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.world import HEAD, REGION
from workflows.commands import AppointHolder

PASSWORD = "hujan turun di kapuas"


def with_password(world: ApiWorld, office: str) -> str:
    """The address of the office's holder, who has a password now."""
    person = world.persons[office]
    identity.set_password(world.runtime.engine, person, PASSWORD, now=datetime.now(UTC))
    found = identity.person(world.runtime.engine, person)
    assert found is not None
    return found.email


def sign_in(one: Visitor, email: str, password: str = PASSWORD) -> None:
    one.open("/login")
    one.send(one.form("/login"), {"email": email, "password": password})


def session_cookie(client: FlaskClient) -> str | None:
    cookie = client.get_cookie("kawal_session")
    return None if cookie is None else cookie.value


def test_a_password_lets_in_and_the_cookie_is_kept_from_scripts_and_other_sites(world: ApiWorld) -> None:
    one = visitor(world)
    one.open("/login")
    answer = one.send(one.form("/login"), {"email": with_password(world, REGION), "password": PASSWORD}, follow=False)
    cookie = answer.headers["Set-Cookie"]
    assert (answer.status_code, answer.location) == (303, "/")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Secure" not in cookie, "plain http on loopback"
    one.open("/")
    assert "Jabatan 61.03.bag" in one.words


def test_a_wrong_password_and_an_unknown_address_say_the_same(world: ApiWorld) -> None:
    email = with_password(world, REGION)
    one, other = visitor(world), visitor(world)
    sign_in(one, email, "bukan kata sandi itu")
    sign_in(other, "tidak.ada@kawal.example", "bukan kata sandi itu")
    assert (one.status, other.status) == (401, 401)
    alert = 'role="alert"'
    assert alert in one.page
    assert one.page[one.page.index(alert) :][:120] == other.page[other.page.index(alert) :][:120]


def test_many_wrong_passwords_close_the_door_for_a_while_and_say_for_how_long(world: ApiWorld) -> None:
    email = with_password(world, REGION)
    one = visitor(world)
    for _ in range(6):
        sign_in(one, email, "bukan kata sandi itu")
    answer = one.send(one.form("/login"), {"email": email, "password": PASSWORD})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) >= 1


def test_signing_in_leads_on_to_where_one_wanted_to_go(world: ApiWorld) -> None:
    one = visitor(world)
    one.open("/matrix?as_known_on=2021-12-31")
    assert one.path.startswith("/login?next=")
    one.send(one.form("/login/click"), button=("office", REGION))
    assert one.path == "/matrix?as_known_on=2021-12-31"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "/\tevil", "evil", ""],
)
def test_signing_in_leads_to_no_other_site(world: ApiWorld, target: str) -> None:
    one = visitor(world)
    one.open("/login")
    answer = one.send(one.form("/login/click"), {"next": target}, button=("office", REGION), follow=False)
    assert answer.location == "/"


def test_one_click_lets_in_at_this_machine_in_a_demo(world: ApiWorld) -> None:
    assert "Jabatan 61.03.bag" in visitor(world, REGION).words


@pytest.mark.parametrize(
    "header", ["X_Forwarded_For", "Forwarded", "Via", "X_Real_IP", "X_Forwarded_Host", "CF_Connecting_IP"]
)
def test_one_click_is_closed_behind_any_proxy(world: ApiWorld, header: str) -> None:
    one = visitor(world)
    one.open("/login", **{header: "127.0.0.1"})
    assert "/login/click" not in one.page
    one.open("/login")
    answer = one.send(one.form("/login/click"), button=("office", REGION), **{header: "127.0.0.1"})
    assert answer.status_code == 401
    assert session_cookie(one.client) is None


@pytest.mark.parametrize(
    "environ",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"SERVER_NAME": "0.0.0.0"},
        {"HTTP_HOST": "kawal.example"},
        {"werkzeug.proxy_fix.orig": {"REMOTE_ADDR": "192.0.2.7"}},
    ],
)
def test_one_click_is_closed_away_from_this_machine(world: ApiWorld, environ: dict[str, object]) -> None:
    client = world.app.test_client()
    page = client.get("/login", environ_overrides=environ).get_data(as_text=True)
    assert "/login/click" not in page


def test_one_click_is_closed_in_a_real_log(tmp_path: Path) -> None:
    settings = config.load({"KAWAL_DATA_DIR": str(tmp_path), "REDIS_URL": NOBODY_LISTENS})
    engine = make_engine(settings.database_url)
    create_schema(engine, kind="real")
    page = create_app(settings).test_client().get("/login")
    assert page.status_code == 200
    assert "/login/click" not in page.get_data(as_text=True)


def test_the_offices_to_click_are_found_by_name_without_a_script(world: ApiWorld) -> None:
    one = visitor(world)
    one.open("/login?q=61.05")
    assert "Jabatan 61.05.sekda" in one.words
    assert "Jabatan 61.03.bag" not in one.words
    one.open("/login?q=tidak-ada")
    assert "Tidak ada jabatan yang cocok" in one.words


def test_a_link_is_not_used_up_by_looking_and_works_once(world: ApiWorld) -> None:
    secret = identity.create_link(
        world.runtime.engine, person=world.persons[REGION], office=REGION, now=datetime.now(UTC)
    )
    one = visitor(world)
    for _ in range(2):
        one.open(f"/login/link/{secret}")
        assert "Jabatan 61.03.bag" in one.words
    one.send(one.form(f"/login/link/{secret}"))
    assert one.path == "/password"
    one.send(one.form("/password"), {"password": PASSWORD, "again": PASSWORD})
    assert one.path == "/"
    again = visitor(world)
    again.open(f"/login/link/{secret}")
    assert again.status == 401


def test_a_poor_password_is_refused_with_the_reason(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open("/password")
    one.send(one.form("/password"), {"password": "pendek", "again": "pendek"})
    assert one.status == 422
    assert 'aria-invalid="true"' in one.page
    one.send(one.form("/password"), {"password": PASSWORD, "again": "lain"})
    assert "tidak sama" in one.words


def test_signing_out_ends_the_session_itself(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    cookie = session_cookie(one.client)
    assert cookie is not None
    one.send(one.form("/logout"))
    assert one.path == "/login"
    thief = world.app.test_client()
    thief.set_cookie("kawal_session", cookie)
    assert thief.get("/").location == "/login?next=/"


def test_a_person_of_several_offices_switches_between_them(world: ApiWorld) -> None:
    also_head(world)
    one = visitor(world, REGION)
    one.open("/")
    one.send(one.form("/office"), {"office": HEAD})
    assert one.path == "/"
    assert "Kotak masuk Plt. Jabatan 61.03.dinkes" in one.words


def test_an_office_that_is_held_no_more_asks_for_another_one(world: ApiWorld) -> None:
    also_head(world)
    one = visitor(world, REGION)
    world.end(REGION)
    one.open("/")
    assert one.path == "/office"
    assert "tidak lagi Saudara pegang" in one.words
    one.send(one.form("/office"), button=("office", HEAD))
    assert "Kotak masuk Plt. Jabatan 61.03.dinkes" in one.words


def test_switching_to_an_office_of_somebody_else_is_refused(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open("/office")
    one.send(one.form("/office"), button=("office", HEAD))
    assert one.status == 401
    one.open("/")
    assert "Jabatan 61.03.bag" in one.words


def also_head(world: ApiWorld) -> None:
    """The coordinator's holder also holds the agency."""
    day = world.runtime.now().date() - timedelta(days=1)
    person = world.persons[REGION]
    world.tell("offices", AppointHolder("also-head", HEAD, person, "plt", "SK 9/2021", day, None))
