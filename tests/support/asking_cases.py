"""Asking for what amends, ends or opens a commitment again: each move in a state where somebody may ask for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from tests.support.api_story import ApiStory, done, signed, started
from tests.support.api_world import ApiWorld, item_body
from tests.support.role_cases import Case
from tests.support.world import COORDINATOR, HEAD, MENTOR, OWNER, PLAN, PROVINCE, REGION, item

YEAR_OVER = datetime(2023, 2, 13, 2, tzinfo=UTC)
LATER = date(2023, 6, 30)


def _adaptation(world: ApiWorld) -> Case:
    items = [item_body(PLAN[0]), item_body(PLAN[1], activity="Layanan lewat radio"), item_body(PLAN[2])]
    return _asked(started(world), {"move": "adapt", "items": items}, {HEAD})


def _amendment_before_start(world: ApiWorld) -> Case:
    items = [item_body(PLAN[0]), item_body(PLAN[1], target="90"), item_body(PLAN[2])]
    body = {"move": "amend_before_start", "reason": "kondisi_wilayah", "items": items}
    return _asked(signed(world), body, {HEAD})


def _expiry(world: ApiWorld) -> Case:
    return _asked(_year_over(world), {"move": "expire", "reason": "waktu_habis"}, {COORDINATOR})


def _reopening(world: ApiWorld) -> Case:
    story = _year_over(world)
    story.approve(story.ask("expire", COORDINATOR, reason="waktu_habis"), PROVINCE)
    items = [item_body(one, ends_on=LATER.isoformat()) for one in (*PLAN, item(4))]
    body = {"move": "reopen", "reason": "temuan_pemeriksaan", "items": items}
    return _asked(story, body, {COORDINATOR})


def _year_over(world: ApiWorld) -> ApiStory:
    story = started(world)
    world.advance(to=YEAR_OVER)
    return story


def _asked(story: ApiStory, body: Mapping[str, Any], allowed: set[str]) -> Case:
    world, evidence = story.world, [story.world.upload(HEAD)]
    etag, path = done(world.get(HEAD, story.path))["etag"], f"{story.path}/requests"
    return Case(lambda office: world.post(office, path, {**body, "evidence": evidence}, etag=etag), allowed)


def an_opinion(world: ApiWorld) -> Case:
    """Saying what one thinks of an amendment of a core component: those who were invited."""
    story = started(world)
    body: dict[str, Any] = {"reason": "kondisi_wilayah", "items": [item_body(PLAN[0], target="90"), item_body(PLAN[1])]}
    request = story.ask("amend", evidence=[world.upload(HEAD)], **body)
    story.approve(request, REGION)
    invited = {one["office"] for one in done(world.get(HEAD, f"/requests/{request}"))["invited"]}
    assert invited == {MENTOR, OWNER}
    said = {"text": "Komponen inti berubah; mohon diperhatikan."}
    # The agency of origin has no grant: that it is asked is what lets it in.
    return Case(lambda office: world.post(office, f"/requests/{request}/opinions", said), invited)


CHANGES: Mapping[str, Callable[[ApiWorld], Case]] = {
    "adapt": _adaptation,
    "amend_before_start": _amendment_before_start,
    "expire": _expiry,
    "reopen": _reopening,
}
