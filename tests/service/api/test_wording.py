"""Refusals are for people: no id, code or stored time stands in a sentence, in either language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.support.api_story import ApiStory, done, drafted, sign_asked, signed, started
from tests.support.api_world import ApiWorld, draft_body, item_body
from tests.support.world import (
    HEAD,
    MENTOR,
    MINISTRY,
    PIC,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGNING,
    definition,
)

OFFICES = (HEAD, PIC, REGION, SECRETARY, PROVINCE, MENTOR, MINISTRY)
WORKFLOW = definition()
CODES = {
    *(name for name in (*WORKFLOW.roles, *WORKFLOW.moves) if "_" in name or name in WORKFLOW.moves),
    *(name for name in WORKFLOW.states if "_" in name),
    *(reason for known in WORKFLOW.reasons.values() for reason in known if "_" in reason),
    *("edit_draft", "verify_claim", "wet_ink", "in_person", "per_period"),
}
STORED = re.compile(r"\d{4}-\d\d-\d\d|[0-9a-f]{8}-[0-9a-f]{4}|\.[rc]\d+\b")
NAMES = re.compile(r"(Jabatan|Organisasi) [\w.]+")
OFFICE = re.compile(r"\b61(\.\w+)+|\bkemendagri\b")


def sentences(answer: Any) -> Iterator[tuple[str, str]]:
    """Every sentence of an answer with its language; "?" for a title, which is in Indonesian here."""
    if isinstance(answer, list):
        for one in answer:
            yield from sentences(one)
    elif isinstance(answer, dict):
        if "sentence" in answer:
            yield from answer["sentence"].items()
        if "title" in answer:
            yield "id", answer["title"]
        for name, one in answer.items():
            if name != "sentence":
                yield from sentences(one)


def assert_spoken(answer: Any) -> None:
    found = list(sentences(answer))
    assert found, answer
    for language, text in found:
        rest = NAMES.sub("", text)
        words = set(re.findall(r"\w+", rest))
        # Without an underscore a code is an English word, which an English sentence may well use.
        assert not words & {code for code in CODES if language == "id" or "_" in code}, text
        assert STORED.search(rest) is None, text
        assert OFFICE.search(rest) is None, text


@pytest.mark.parametrize("state", ["drafted", "waiting", "signed", "started", "claimed", "amending"])
def test_what_stands_in_the_way_is_said_in_words(world: ApiWorld, state: str) -> None:
    story = _story(world, state)
    for office in OFFICES:
        answer = world.get(office, f"{story.path}/blockers")
        if answer.status_code == 200:
            found = [one for one in done(answer)["possible"] if not one["may"]]
            assert not found or list(sentences(found))
            for one in found:
                assert_spoken(one["blockers"])


def _story(world: ApiWorld, state: str) -> ApiStory:
    if state in ("drafted", "waiting"):
        return drafted(world) if state == "drafted" else sign_asked(world)[0]
    if state == "signed":
        return signed(world)
    story = started(world)
    if state == "claimed":
        story.claim(1, 5)
    if state == "amending":
        body = {"reason": "kondisi_wilayah", "items": [item_body(PLAN[0], target="90"), item_body(PLAN[1])]}
        story.ask("amend", evidence=[world.upload(HEAD)], **body)
    return story


def test_an_act_of_somebody_else_is_refused_in_words(world: ApiWorld) -> None:
    assert_spoken(world.post(MENTOR, "/commitments", draft_body()).get_json())
    story, request = sign_asked(world)
    for answer in (
        world.post(PIC, f"{story.path}/requests", {"move": "cancel", "reason": "program_dihentikan"}),
        world.post(REGION, "/commitments", draft_body(items=[])),
        world.post(HEAD, f"/requests/{request}/approvals", etag=story.etag),
        world.post(MINISTRY, f"/requests/{request}/approvals", etag=story.etag),
        world.post(PIC, f"/requests/{request}/withdrawal"),
        world.post(MENTOR, f"/requests/{request}/opinions", {"text": "Baik."}),
        world.post(MINISTRY, f"{story.path}/claims", {"item": 1, "value": 5, "evidence": []}),
    ):
        assert answer.status_code in (403, 409, 422), answer.get_json()
        assert_spoken(answer.get_json())


def test_what_the_state_forbids_is_refused_in_words(world: ApiWorld) -> None:
    story = started(world)
    claim = story.claim(1, 5)
    body = {"reason": "kondisi_wilayah", "items": [item_body(PLAN[0], target="90"), item_body(PLAN[1])]}
    request = story.ask("amend", evidence=[world.upload(HEAD)], **body)
    for answer in (
        world.post(HEAD, f"{story.path}/requests", {"move": "complete", "evidence": [world.upload(HEAD)]}),
        world.post(HEAD, f"{story.path}/requests", {"move": "sign"}),
        world.post(HEAD, f"{story.path}/requests", {"move": "withdraw"}),
        world.post(PIC, f"{story.path}/claims", {"item": 1, "value": 7, "evidence": [world.upload(PIC)]}),
        world.post(PIC, f"/claims/{claim}/verifications"),
        world.post(REGION, f"/requests/{request}/returns", {"reason": "bukan_alasan"}, etag=story.etag),
        world.post(REGION, f"/requests/{request}/returns", {"reason": "lainnya"}, etag=story.etag),
        world.patch(HEAD, story.path, {"replication_scope": "full"}, etag=story.etag),
        world.post(REGION, "/commitments", draft_body(replication_scope="separuh")),
    ):
        assert answer.status_code in (403, 409, 422), answer.get_json()
        assert_spoken({**answer.get_json(), "title": answer.get_json()["title"].replace("bukan_alasan", "-")})


def test_times_are_told_in_the_programmes_zone(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    story.approve(request, REGION)
    world.advance(to=SIGNING)
    world.catch_up()
    etag = world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]
    path = f"/sheets/{SHEET}/signatures"
    for signed_at in ("2022-11-01T02:00:00Z", "2020-01-01T02:00:00Z"):
        body = {"mode": "in_person", "place": "Pontianak", "signed_at": signed_at}
        problem = world.post(SECRETARY, path, body, etag=etag).get_json()
        assert_spoken(problem)
        assert "09.00 WIB" in " ".join(said for language, said in sentences(problem) if language == "id")


def test_a_title_speaks_the_callers_language(world: ApiWorld) -> None:
    story = started(world)
    body = {"move": "complete", "evidence": [world.upload(HEAD)]}
    spoken = world.post(HEAD, f"{story.path}/requests", body, Accept_Language="en").get_json()
    assert spoken["title"] == spoken["blockers"][0]["sentence"]["en"]
    said = world.post(HEAD, f"{story.path}/requests", body).get_json()
    assert said["title"] == said["blockers"][0]["sentence"]["id"]
