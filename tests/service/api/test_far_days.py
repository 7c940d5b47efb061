"""Days at the ends of what a date can hold, and plans of any length: refused or carried out, never a broken answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from service.api import cursors
from tests.support.api_story import ApiStory, done
from tests.support.api_world import ApiWorld, api_world, draft_body, item_body
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, HEAD, PLAN, REGION, SECRETARY, SHEET, SIGNING


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    return api_world(tmp_path / "world")


def begun(world: ApiWorld, **body: object) -> ApiStory:
    answer = world.post(REGION, "/commitments", draft_body(**body))
    return ApiStory(world, done(answer)["commitment"], answer.headers["ETag"])


@pytest.mark.parametrize("end", ["9999-12-31", "9999-12-30", "2190-01-01"])
def test_a_plan_that_ends_beyond_every_calendar_breaks_no_page(world: ApiWorld, end: str) -> None:
    answer = world.post(REGION, "/commitments", draft_body(items=[item_body(PLAN[0], ends_on=end), item_body(PLAN[1])]))
    assert answer.status_code < 500, answer.get_data(as_text=True)
    if answer.status_code >= 400:
        return
    story = ApiStory(world, done(answer)["commitment"], answer.headers["ETag"])
    asked = world.post(HEAD, f"{story.path}/requests", {"move": "sign"}, etag=story.etag)
    assert asked.status_code < 500, asked.get_data(as_text=True)
    world.catch_up()
    for office in (HEAD, REGION, SECRETARY):
        done(world.get(office, f"{story.path}/blockers"))
        for page in ("/", f"/commitments/{story.commitment}", f"/sheets/{SHEET}"):
            one = visitor(world, office)
            one.open(page)
            assert one.status == 200, (office, page)


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+07:00"])
def test_a_moment_at_the_end_of_time_is_refused(world: ApiWorld, moment: str) -> None:
    story = begun(world)
    story.approve(story.ask("sign"), REGION)
    world.catch_up()
    etag = world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": moment}
    answer = world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=etag)
    assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)
    assert answer.mimetype == "application/problem+json"


def test_a_forged_cursor_at_the_beginning_of_time_is_refused(world: ApiWorld) -> None:
    forged = cursors.encode("inbox", "0001-01-01T00:00:00+23:59", "x", "decision", "x")
    answer = world.get(COORDINATOR, f"/inbox?cursor={forged}")
    assert 400 <= answer.status_code < 500, answer.get_data(as_text=True)


def test_a_long_plan_can_be_signed(world: ApiWorld) -> None:
    items = [item_body(PLAN[1], number=number, activity="Kegiatan") for number in range(1, 131)]
    story = begun(world, items=items)
    request = story.ask("sign")
    world.advance(to=SIGNING)
    story.approve(request, REGION)
    world.catch_up()
    etag = world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": world.runtime.now().isoformat()}
    done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=etag))
    owed = world.runtime.commitment(story.commitment, fresh=True).state.owed
    assert sum(one.obligation.kind == "item" for one in owed.values()) == 130
