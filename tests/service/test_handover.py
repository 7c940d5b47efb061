"""What an office hands over: what is open, whose it was when it fell due, and what is delegated."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from service import catalog
from tests.support.api_story import done, refused, sign_asked
from tests.support.api_world import ApiWorld, api_world
from tests.support.browsing import visitor
from tests.support.world import DRAFT_DAY, HEAD, NEIGHBOUR, OTHER_HEAD, PROVINCE, REGION, SECRETARY
from workflows.commands import EndAppointment


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    return api_world(tmp_path)


def test_a_late_matter_belongs_to_whoever_held_the_office_when_it_fell_due(world: ApiWorld) -> None:
    sign_asked(world)
    before = world.persons[REGION]
    leaves = date(2021, 12, 10)
    world.tell(catalog.OFFICES, EndAppointment(f"{REGION}/{before}", leaves, "SK 2/2021"))
    world.advance(to=DRAFT_DAY + timedelta(days=20))
    after = world.appoint(REGION)
    world.catch_up()
    world.tokens[REGION] = after
    found = done(world.get(REGION, f"/offices/{REGION}/handover"))
    assert [(one["kind"], one["late"]) for one in found["open"]] == [("decision", True)]
    assert [one["person"] for one in found["open"][0]["held_by"]] == [before]
    assert found["late"] == 1
    assert len(found["holders"]) == 2


def test_what_an_office_asked_for_stands_with_who_it_waits_for(world: ApiWorld) -> None:
    sign_asked(world)
    world.catch_up()
    found = done(world.get(HEAD, f"/offices/{HEAD}/handover"))
    assert [(one["office"], one["move"], one["late"]) for one in found["asked"]] == [(REGION, "sign", False)]
    assert found["open"] == []


def test_delegations_stand_in_the_handover_of_both_sides(world: ApiWorld) -> None:
    day = DRAFT_DAY.date().isoformat()
    body = {"to": OTHER_HEAD, "capacity": "an", "letter": "800/1", "starts_on": day, "ends_on": day}
    done(world.post(REGION, "/delegations", body))
    assert len(done(world.get(REGION, f"/offices/{REGION}/handover"))["given"]) == 1
    assert len(done(world.get(OTHER_HEAD, f"/offices/{OTHER_HEAD}/handover"))["received"]) == 1


def test_a_handover_is_read_by_the_office_and_from_above_alone(world: ApiWorld) -> None:
    done(world.get(PROVINCE, f"/offices/{REGION}/handover"))
    for office in (NEIGHBOUR, HEAD):
        refused(world.get(office, f"/offices/{REGION}/handover"), 404, "not_found")
    refused(world.get(PROVINCE, "/offices/nowhere/handover"), 404, "not_found")


def test_the_page_names_holders_matters_and_who_it_waits_for(world: ApiWorld) -> None:
    sign_asked(world)
    world.catch_up()
    one = visitor(world, REGION)
    one.open(f"/offices/{REGION}/handover")
    assert one.status == 200
    assert "1 hal terbuka, 0 terlambat" in one.words
    assert "Penandatanganan, Pemeriksaan konsep: PIKOBAR" in one.words
    assert f"Pemegang {REGION} (definitif)" in one.words
    other = visitor(world, SECRETARY)
    other.open(f"/offices/{HEAD}/handover")
    assert f"Jabatan {REGION}" in other.words
    neighbour = visitor(world, NEIGHBOUR)
    neighbour.open(f"/offices/{REGION}/handover")
    assert neighbour.status == 404
