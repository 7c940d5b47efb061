"""The clock's job: a level is taken once, by whoever comes, at its hour, and never for what is settled or past."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from service import timers
from service.drain import Drain
from service.read_models.obligations import obligation_table
from service.runtime import Runtime
from tests.support.api_story import ApiStory, done, drafted, sign_asked, started
from tests.support.api_world import ApiWorld, api_world
from tests.support.crowd import in_threads
from tests.support.databases import ENGINES
from tests.support.played import LonePlayer, copied, opened, restored
from tests.support.world import REGION, SECRETARY, SHEET, SIGNING
from workflows.calendar import local_day
from workflows.facts import EscalationRaised

ZONE = "Asia/Pontianak"
FIRST_LEVEL = datetime(2021, 12, 1, 1, tzinfo=UTC)
"""08.00 WIB a working day before the check of a request of 29 November is due."""


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApiWorld]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    world = api_world(tmp_path, database_url=url)
    yield world
    world.runtime.close()


def raised(runtime: Runtime, commitment: str) -> list[tuple[str, int, date]]:
    """What was escalated: obligation, level and the day on which it was."""
    return [
        (event.fact.obligation, event.fact.level, local_day(event.recorded_at, ZONE))
        for event in runtime.history(commitment)
        if isinstance(event.fact, EscalationRaised)
    ]


def tick(world: ApiWorld, *, at: datetime | None = None) -> int:
    """Let the read models catch up and the clock's job run once, at a moment; how many levels were in its hands."""
    if at is not None:
        world.advance(to=at)
    hands = Drain(world.runtime)
    hands.catch_up()
    return hands.tick()


def test_a_level_is_taken_at_its_hour_and_not_before(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    assert tick(world, at=FIRST_LEVEL - timedelta(minutes=1)) == 0
    assert tick(world, at=FIRST_LEVEL) == 1
    assert raised(world.runtime, story.commitment) == [("r1/check", 1, date(2021, 12, 1))]


def test_ticking_again_raises_nothing_again_even_where_the_read_model_lags(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    tick(world, at=FIRST_LEVEL)
    # The views still offer the level: it is leased, and after that the operation key knows it.
    assert timers.tick(world.runtime) == 0
    world.advance(to=FIRST_LEVEL + 2 * timers.LEASE)
    assert timers.tick(world.runtime) == 1
    assert tick(world) == 0
    assert raised(world.runtime, story.commitment) == [("r1/check", 1, date(2021, 12, 1))]


def test_who_dies_with_a_level_in_hand_only_delays_it(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    world.advance(to=FIRST_LEVEL)
    Drain(world.runtime).catch_up()
    engine = world.runtime.engine
    assert [one.level for one in timers.claim(engine, world.runtime.now())] == [1]
    assert timers.claim(engine, world.runtime.now()) == []
    assert tick(world) == 0
    assert timers.is_owed(engine, world.runtime.now())
    assert tick(world, at=FIRST_LEVEL + 2 * timers.LEASE) == 1
    assert len(raised(world.runtime, story.commitment)) == 1
    assert tick(world) == 0
    assert not timers.is_owed(engine, world.runtime.now())


def test_an_approval_just_given_wins_over_a_level_that_is_due(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    world.advance(to=FIRST_LEVEL)
    Drain(world.runtime).catch_up()
    story.approve(request, REGION)
    # The views don't know of the approval: the level is taken in hand, and the rules refuse it.
    assert timers.tick(world.runtime) == 1
    assert raised(world.runtime, story.commitment) == []
    assert tick(world) == 0


def test_after_an_outage_an_obligation_fires_once_and_its_next_level_a_full_interval_later(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    monday = datetime(2021, 12, 20, 3, tzinfo=UTC)
    assert tick(world, at=monday) == 1
    for _ in range(3):
        tick(world)
    assert raised(world.runtime, story.commitment) == [("r1/check", 1, date(2021, 12, 20))]
    for hour in range(4, 24 * 14, 4):
        tick(world, at=monday + timedelta(hours=hour))
    assert raised(world.runtime, story.commitment) == [
        ("r1/check", 1, date(2021, 12, 20)),
        ("r1/check", 2, date(2021, 12, 21)),
        ("r1/check", 3, date(2021, 12, 23)),
        ("r1/check", 4, date(2021, 12, 28)),
    ]


def test_the_demos_clock_moves_on_after_an_outage(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    monday = datetime(2021, 12, 20, 3, tzinfo=UTC)
    assert tick(world, at=monday) == 1
    LonePlayer(world.runtime).move_to(monday + timedelta(days=4))
    assert [(level, day) for _, level, day in raised(world.runtime, story.commitment)] == [
        (1, date(2021, 12, 20)),
        (2, date(2021, 12, 21)),
        (3, date(2021, 12, 23)),
    ]


def test_a_level_that_comes_out_of_hours_waits_for_the_next_morning(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    evening = FIRST_LEVEL + timedelta(hours=9)
    tick(world, at=evening)
    assert raised(world.runtime, story.commitment) == []
    tick(world, at=FIRST_LEVEL + timedelta(days=1))
    assert raised(world.runtime, story.commitment) == [("r1/check", 1, date(2021, 12, 2))]


def test_a_draft_owes_nothing(world: ApiWorld) -> None:
    story = drafted(world)
    assert tick(world, at=datetime(2022, 11, 1, 3, tzinfo=UTC)) == 0
    assert owed(world, story) == {}


def test_a_late_go_live_fires_nothing_past(world: ApiWorld) -> None:
    """A signature of December that is recorded in September raises nothing for an item that ended in March."""
    september = datetime(2022, 9, 1, 2, tzinfo=UTC)
    story, request = sign_asked(world)
    story.approve(request, REGION)
    world.advance(to=september)
    Drain(world.runtime).catch_up()
    sheet = world.get(SECRETARY, f"/sheets/{SHEET}")
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=sheet.headers["ETag"]))
    assert tick(world, at=september + timedelta(hours=2)) == 0
    assert raised(world.runtime, story.commitment) == []
    found = owed(world, story)
    assert found["item-1"][:2] == ("open", None)
    assert found["item-2"][:2] == ("open", 1)
    assert found["item-2"][2] > september


def test_what_is_settled_fires_no_more(world: ApiWorld) -> None:
    story = started(world)
    claim = story.claim(1, 100)
    done(world.post(REGION, f"/claims/{claim}/verifications", {}, etag=story.etag))
    tick(world, at=datetime(2022, 4, 4, 2, tzinfo=UTC))
    assert [one for one in raised(world.runtime, story.commitment) if one[0] == "item-1"] == []


def owed(world: ApiWorld, story: ApiStory) -> dict[str, tuple[str, int | None, datetime]]:
    """The commitment's obligations: status, and the next level with its moment."""
    row = obligation_table.c
    query = select(row.obligation, row.status, row.next_level, row.next_at).where(row.commitment == story.commitment)
    Drain(world.runtime).catch_up()
    with world.runtime.engine.connect() as connection:
        return {name: (status, level, at) for name, status, level, at in connection.execute(query)}


@pytest.fixture(params=ENGINES)
def pair(request: pytest.FixtureRequest, played: Path, tmp_path: Path) -> Iterator[tuple[Runtime, Runtime]]:
    """A played log, opened by two workers, whose clock has just jumped past the next level of all that is owed."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
        restored(played, url)
    else:
        copied(played, tmp_path)
    with opened(tmp_path, url) as one, opened(tmp_path, url) as other:
        one.store.advance_clock(by=timedelta(days=100))
        yield one, other


def test_two_workers_that_look_at_once_never_hold_the_same_level(pair: tuple[Runtime, Runtime]) -> None:
    now, held = pair[0].now(), list[timers.DueLevel]()
    in_threads(4, lambda number: held.extend(timers.claim(pair[number % 2].engine, now)))
    assert len(held) == len(set(held)) == len(due(pair[0]))


def test_two_workers_that_tick_at_once_take_each_level_once(pair: tuple[Runtime, Runtime]) -> None:
    runtime = pair[0]
    wanted = due(runtime)
    commitments = [name.removeprefix("commitment-") for name in runtime.store.streams("commitment-")]
    before = {name: len(raised(runtime, name)) for name in commitments}
    in_threads(2, lambda number: exhaust(pair[number]))
    new = [(name, obligation) for name in commitments for obligation, *_ in raised(runtime, name)[before[name] :]]
    assert sorted(new) == wanted
    assert len(wanted) > 10


def due(runtime: Runtime) -> list[tuple[str, str]]:
    """Commitment and obligation of every level whose moment has come."""
    row = obligation_table.c
    query = select(row.commitment, row.obligation).where(row.status == "open", row.next_at <= runtime.now())
    with runtime.engine.connect() as connection:
        return sorted((commitment, obligation) for commitment, obligation in connection.execute(query))


def exhaust(runtime: Runtime) -> None:
    """Tick until nothing is due."""
    while timers.tick(runtime):
        continue
