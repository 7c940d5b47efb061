"""The story comes to the same end whatever dies on the way: nothing lost, nothing doubled, nothing in another order."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from service.config import Config
from service.demo import story
from service.demo.programme import adopted_calendar
from service.notifications.tables import delivery
from service.runtime import Runtime
from tests.support.comparing import deliveries_of, events_of, notices_of, views_of
from tests.support.databases import ENGINES
from tests.support.played import PARTIES, opened, play_alone
from tests.support.stage import Stage, drawn

T = TypeVar("T", str, tuple[Any, ...])

pytestmark = pytest.mark.serial


@pytest.fixture
def seed() -> int:
    """Where the blows fall: printed, and given by KAWAL_TEST_SEED to see them fall there again."""
    chosen = int(os.environ.get("KAWAL_TEST_SEED") or random.SystemRandom().randrange(1_000_000))
    print(f"KAWAL_TEST_SEED={chosen}")  # noqa: T201  # pytest shows it when the test fails
    return chosen


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    if request.param == "sqlite":
        yield None
    else:
        yield request.getfixturevalue("postgres_url")


def test_the_story_of_two_parties_survives_five_kills_and_five_flushes(
    played: Path, tmp_path: Path, url: str | None, seed: int
) -> None:
    check_survival(
        played, Stage(tmp_path / "data", parties=sorted(PARTIES), url=url), PARTIES, seed, kills=5, flushes=5
    )


@pytest.mark.full
def test_the_whole_story_survives_twenty_kills_and_twenty_flushes(tmp_path: Path, url: str | None, seed: int) -> None:
    play_alone(tmp_path / "undisturbed", None)
    stage = Stage(tmp_path / "data", parties=(), url=url)
    check_survival(tmp_path / "undisturbed", stage, None, seed, kills=20, flushes=20)


def check_survival(
    undisturbed: Path, stage: Stage, parties: frozenset[str] | None, seed: int, *, kills: int, flushes: int
) -> None:
    with opened(undisturbed) as reference:
        steps = story(adopted_calendar(reference), parties=parties)
        blows = drawn(steps, reference, seed, kills=kills, flushes=flushes)
        stage.play(blows)
        assert len(stage.struck) == kills + flushes + 1
        with opened(stage.folder, stage.url) as survived:
            stage.send_what_the_dead_had_claimed(survived)
            check_equal(survived, reference)
            check_sent(survived)
    found = stage.verify()
    assert found.returncode == 0, found.stdout + found.stderr
    assert json.loads(found.stdout)["agrees"]


def check_equal(survived: Runtime, reference: Runtime) -> None:
    events, wanted = events_of(survived), events_of(reference)
    assert events.keys() == wanted.keys()
    for stream in wanted:
        assert events[stream] == wanted[stream], stream
    views = views_of(survived)
    for table, rows in views_of(reference).items():
        check_same(views[table], rows)
    told = notices_of(survived)
    assert len({(commitment, version, office) for commitment, version, office, *_ in told}) == len(told)
    check_same(set(told), set(notices_of(reference)))


def check_same(found: set[T], wanted: set[T]) -> None:
    """Equal; a failure shows the first few that one has and the other hasn't."""
    assert (sorted(found - wanted, key=repr)[:5], sorted(wanted - found, key=repr)[:5]) == ([], [])


def check_sent(survived: Runtime) -> None:
    """Every delivery is one row that was sent, and one letter in the folder."""
    assert {row[-1] for row in deliveries_of(survived)} == {"sent"}
    with survived.engine.connect() as connection:
        wanted = sorted(connection.execute(select(delivery.c.id)).scalars())
    assert letters(survived.config) == wanted


def letters(config: Config) -> list[str]:
    """Which deliveries' letters the folder holds, as often as it holds them."""
    return sorted(path.stem[-36:] for path in config.mail_dir.rglob("*.eml"))
