"""A verification that the province owes: the clock climbs its ladder, lists and pages say until when, and it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from service.drain import Drain
from tests.support.api_story import ApiStory, done
from tests.support.api_world import ApiWorld, api_world
from tests.support.browsing import visitor
from tests.support.databases import ENGINES
from tests.support.reporting_api import reporting, submitted
from tests.support.world import COORDINATOR, HEAD, PROVINCE, REGION
from workflows.calendar import local_day
from workflows.facts import EscalationRaised

ZONE = "Asia/Pontianak"
DUE_ON = date(2022, 4, 11)
"""Ten working days after Monday 28 March 2022."""
DUE_MORNING = datetime(2022, 4, 11, 1, tzinfo=UTC)


@pytest.fixture(params=ENGINES)
def each(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApiWorld]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    world = api_world(tmp_path, database_url=url)
    yield world
    world.runtime.close()


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ApiWorld]:
    world = api_world(tmp_path)
    yield world
    world.runtime.close()


def waiting(world: ApiWorld) -> tuple[ApiStory, str]:
    """A claim that its item completes, checked by the region: the commitment, and the claim's path."""
    story = reporting(world)
    submitted(world, story, item=1, value=100)
    claim = f"/claims/{story.commitment}.c1"
    done(world.post(REGION, f"{claim}/checks", {"note": "Sesuai"}))
    world.catch_up()
    return story, claim


def raised(world: ApiWorld, commitment: str) -> list[tuple[int, date, tuple[str, ...]]]:
    return [
        (event.fact.level, local_day(event.recorded_at, ZONE), event.fact.recipients)
        for event in world.runtime.history(commitment)
        if isinstance(event.fact, EscalationRaised) and event.fact.obligation == "verification-1"
    ]


def tick(world: ApiWorld, at: datetime) -> None:
    world.advance(to=at)
    hands = Drain(world.runtime)
    hands.catch_up()
    while hands.tick():
        hands.catch_up()


def test_the_clock_climbs_the_ladder_of_a_verification_to_the_provincial_secretary(each: ApiWorld) -> None:
    story, _ = waiting(each)
    for month, day in ((4, 8), (4, 11), (4, 18), (4, 19), (4, 26), (6, 1)):
        tick(each, datetime(2022, month, day, 1, tzinfo=UTC))
    levels = raised(each, story.commitment)
    assert [(level, recipients) for level, _, recipients in levels] == [
        (1, (COORDINATOR,)),
        (2, (COORDINATOR,)),
        (3, (PROVINCE,)),
    ]
    assert levels[0][1] == DUE_ON


def test_a_verification_just_given_wins_over_the_clock(each: ApiWorld) -> None:
    story, claim = waiting(each)
    each.advance(to=DUE_MORNING)
    Drain(each.runtime).catch_up()
    done(each.post(COORDINATOR, f"{claim}/verifications", {"note": "Sesuai"}))
    tick(each, DUE_MORNING + timedelta(minutes=1))
    assert raised(each, story.commitment) == []


def test_the_inbox_the_claim_and_the_commitment_say_until_when_it_is_owed(world: ApiWorld) -> None:
    story, claim = waiting(world)
    rows = done(world.get(COORDINATOR, "/inbox?kind=verification"))["waiting"]
    assert [(row["key"], row["due_on"]) for row in rows] == [(f"{story.commitment}.c1", str(DUE_ON))]
    shown = next(one for one in done(world.get(COORDINATOR, f"{story.path}/claims"))["claims"])
    assert (shown["waits_for"], shown["due_at"]) == (COORDINATOR, "2022-04-11T17:00:00.000000Z")
    owed = {one["obligation"]: one for one in done(world.get(REGION, story.path))["owed"]}
    assert (owed["verification-1"]["kind"], owed["verification-1"]["office"]) == ("verification", COORDINATOR)
    done(world.post(COORDINATOR, f"{claim}/verifications", {"note": ""}))
    world.catch_up()
    assert done(world.get(COORDINATOR, "/inbox?kind=verification"))["waiting"] == []


def test_the_pages_say_until_when_to_who_owes_it_and_to_who_waits(world: ApiWorld) -> None:
    story, _ = waiting(world)
    for office in (COORDINATOR, REGION, HEAD):
        page = visitor(world, office)
        page.open(story.path)
        assert "Senin, 11 April 2022" in page.words
        assert "verifikasi klaim 1" in page.words
    desk = visitor(world, COORDINATOR)
    desk.open("/")
    assert "Senin, 11 April 2022" in desk.words
