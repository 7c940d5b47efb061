"""An action plan's commitment on a real database: promised together, assessed from two sides, amended, completed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.api_story import ApiStory, done, refused
from tests.support.api_world import ApiWorld, api_world, item_body
from tests.support.browsing import visitor
from tests.support.databases import ENGINES
from tests.support.open_government import (
    CHIEF,
    FIRST,
    ITEMS,
    PANEL,
    PROGRAMME,
    REVIEWER,
    SECOND,
    SECRETARIAT,
    SOCIETY,
    THIRD,
    UNIT,
    UNIT_PIC,
)
from tests.support.open_government_api import assessed, drafted, held_too, in_progress, planned, said
from tests.support.world import NEIGHBOUR

OURS, THEIRS = "Hampir semua tonggak tercapai.", "Baru satu tonggak yang dapat dibuktikan."


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[ApiWorld]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    world = api_world(tmp_path, database_url=url)
    planned(world)
    yield world
    world.runtime.close()


def state(story: ApiStory, office: str) -> str:
    return str(story.read(office)["state"]["name"])


def paper(story: ApiStory, office: str, name: str) -> str:
    return story.world.upload(office, f"%PDF-1.7 {name}".encode(), f"{name}.pdf")


def verified(story: ApiStory, item: int) -> None:
    """The PIC claims a milestone whole, and civil society verifies it."""
    claim = story.claim(item, str(ITEMS[item - 1].target), UNIT_PIC)
    answer = story.world.post(FIRST, f"/claims/{claim}/verifications", etag=story.etag)
    done(answer)
    story.etag = answer.headers["ETag"]


def test_from_the_joint_draft_through_both_assessments_and_an_amendment_to_completion(world: ApiWorld) -> None:
    story = in_progress(world)
    assert {state(story, office) for office in (UNIT, *SOCIETY, REVIEWER, SECRETARIAT)} == {"in_progress"}
    own = assessed(story, "self_assess", "substantial", OURS)
    review = assessed(story, "review", "limited", THEIRS)
    items = [item_body(ITEMS[0]), item_body(ITEMS[1], ends_on="2022-11-30")]
    minutes = paper(story, UNIT, "berita acara")
    body = {"reason": "hasil_telaah", "evidence": [minutes], "items": items, "based_on_revision": 0}
    story.approve(story.ask("amend", UNIT, **body), SECOND, SECRETARIAT, FIRST)
    assert story.read(UNIT)["revision"] == 1

    verified(story, 1)
    verified(story, 2)
    story.approve(story.ask("complete", UNIT, evidence=[paper(story, UNIT, "akhir")]), FIRST, THIRD, CHIEF)
    assert state(story, FIRST) == "completed"
    told = [done(world.get(SECOND, f"/requests/{one}")) for one in (own, review)]
    assert [(one["status"], one["fields"]["level"]) for one in told] == [
        ("approved", "substantial"),
        ("approved", "limited"),
    ]


def test_the_page_shows_both_assessments_to_every_side(world: ApiWorld) -> None:
    story = in_progress(world)
    assessed(story, "self_assess", "substantial", OURS)
    assessed(story, "review", "limited", THEIRS)
    for office in (UNIT, FIRST, REVIEWER):
        page = visitor(world, office)
        page.open(story.path)
        for shown in ("Penilaian mandiri", "Sebagian besar", OURS, "Telaah independen", "Terbatas", THEIRS):
            assert shown in page.words, (office, shown)
    page.open(f"{story.path}/moves/review")
    assert "Uraian telaah" in page.words


def test_each_side_does_its_own_and_a_stranger_sees_nothing(world: ApiWorld) -> None:
    refused(world.get(NEIGHBOUR, drafted(world).path), 404, "not_found")
    story = in_progress(world)
    body = {"move": "review", "fields": said("limited", THEIRS)}
    for office in (FIRST, UNIT, PANEL):
        refused(world.post(office, f"{story.path}/requests", body, etag=story.etag), 403, "role_may_not")


def test_commitments_roll_up_by_their_theme(world: ApiWorld) -> None:
    in_progress(world)
    world.catch_up()
    rolled = done(world.get(SECRETARIAT, f"/programmes/{PROGRAMME}/roll-up?level=theme"))["parents"]
    assert [(one["path"], one["commitments"]) for one in rolled] == [(["Keterbukaan anggaran"], 1)]


def test_one_person_on_both_sides_is_refused_in_words(world: ApiWorld) -> None:
    story = in_progress(world)
    own = assessed(story, "self_assess", "substantial", OURS)
    review = story.ask("review", REVIEWER, evidence=[paper(story, REVIEWER, "t")], fields=said("limited", THEIRS))
    held_too(world, PANEL, world.persons[UNIT])
    problem = refused(world.post(PANEL, f"/requests/{review}/approvals", etag=story.etag), 403, "kept_apart")
    assert own in str(problem)
