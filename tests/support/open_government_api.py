"""An action plan in a real log: offices of all sides with tokens, its programme, and one commitment's way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from service import catalog, identity
from service.dispatch import Caller
from tests.support.api_story import ApiStory, done
from tests.support.api_world import ApiWorld, item_body
from tests.support.open_government import (
    BEGUN,
    CHIEF,
    FIELDS,
    FIRST,
    ITEMS,
    NAME,
    OFFICES,
    OPENED_BY_SECRETARIAT,
    PANEL,
    PROGRAMME,
    REVIEWER,
    SECOND,
    SECRETARIAT,
    SHEET,
    SIGNED_AT,
    SOCIETY,
    THIRD,
    UNIT,
    UNIT_PIC,
)
from tests.support.world import PARTY
from workflows.commands import AppointHolder, EstablishOffice, OpenProgramme, RegisterOrganisation
from workflows.context import Acting
from workflows.definition_yaml import shipped


def planned(world: ApiWorld) -> None:
    """Two persons bring the shipped workflow in, every side's offices are held and read the agency, and it opens."""
    world.install(NAME, shipped(NAME))
    world.advance(to=BEGUN)
    zone, calendar = OPENED_BY_SECRETARIAT.zone, OPENED_BY_SECRETARIAT.calendar
    for name in ("oms", "telaah"):
        command = RegisterOrganisation(name, None, f"Organisasi {name} (data contoh)", "kind", zone, calendar)
        world.tell(catalog.OFFICES, command)
    for name, role, where, scope, to, acts_for in sorted(OFFICES, key=lambda one: one[4] is not None):
        world.tell(catalog.OFFICES, EstablishOffice(name, f"Jabatan {name}", role, where, scope, to, acts_for))
        world.appoint(name)
    for name in (*SOCIETY, REVIEWER, PANEL):
        world.grant(name, organisation=PARTY)
    opener = Caller(Acting(SECRETARIAT, world.persons[SECRETARIAT]), "cli:test")
    world.tell(catalog.programme_stream(PROGRAMME), OpenProgramme(OPENED_BY_SECRETARIAT), by=opener)


def drafted(world: ApiWorld) -> ApiStory:
    """A civil society organisation's draft of a joint commitment."""
    body: dict[str, Any] = {
        "programme": PROGRAMME,
        "party": PARTY,
        "subject": OPENED_BY_SECRETARIAT.subjects[0].subject,
        "fiscal_year": 2022,
        "replication_scope": "full",
        "agency": UNIT,
        "pic": UNIT_PIC,
        "items": [item_body(item) for item in ITEMS],
        "fields": {one.name: one.value for one in FIELDS},
    }
    answer = world.post(FIRST, "/commitments", body)
    return ApiStory(world, str(done(answer)["commitment"]), answer.headers["ETag"])


def in_progress(world: ApiWorld) -> ApiStory:
    """A commitment that two of three organisations agreed to, and that the agency signed."""
    story = drafted(world)
    story.approve(story.ask("sign", UNIT), SECOND, THIRD)
    world.advance(to=SIGNED_AT)
    world.catch_up()
    sheet = world.get(CHIEF, f"/sheets/{SHEET}")
    body = {"mode": "in_person", "place": "Jakarta", "signed_at": SIGNED_AT.isoformat()}
    answer = done(world.post(CHIEF, f"/sheets/{SHEET}/signatures", body, etag=sheet.headers["ETag"]))
    story.etag = answer["done"][0]["etag"]
    return story


def said(level: str, judgement: str) -> dict[str, str]:
    """The own fields of an assessment."""
    return {"level": level, "assessed_on": "2022-01-12", "judgement": judgement}


def assessed(story: ApiStory, move: str, level: str, judgement: str) -> str:
    """One side assesses and confirms; the request's id."""
    asker, confirms = (UNIT, CHIEF) if move == "self_assess" else (REVIEWER, PANEL)
    report = story.world.upload(asker, f"%PDF-1.7 {judgement}".encode(), "laporan.pdf")
    request = story.ask(move, asker, evidence=[report], fields=said(level, judgement))
    story.approve(request, confirms)
    return request


def held_too(world: ApiWorld, office: str, person: str) -> None:
    """Somebody holds one more office since yesterday, and acts in it from now on."""
    since = world.runtime.now().date() - timedelta(days=1)
    world.tell(catalog.OFFICES, AppointHolder(f"{office}/{person}", office, person, "plh", "SK 2/2022", since, None))
    token = identity.issue_token(world.runtime.engine, person=person, office=office, name="uji", now=datetime.now(UTC))
    world.tokens[office] = token.secret
