"""A sheet is signed in one act, commitment by commitment: what isn't ready is left out, nothing is signed twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from service import catalog
from service.dispatch import Caller
from service.sheets import read_sheet, write_sheet
from tests.support.api_story import ApiStory, done, refused
from tests.support.api_world import ApiWorld, draft_body
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, HEAD, MINISTRY, NEIGHBOUR, OPENED, OTHER_HEAD, REGION, SECRETARY, SIGNING
from workflows.commands import OpenProgramme, SignCommitment
from workflows.context import Acting

SHEET = "dua:61.03"
BODY = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}


@pytest.fixture
def two(world: ApiWorld) -> tuple[ApiWorld, ApiStory, ApiStory]:
    """Two commitments of one party; both wait for the signature."""
    subjects = (OPENED.subjects[0], replace(OPENED.subjects[0], subject="lain", name="Lain", short_name="Lain"))
    opened = replace(OPENED, programme="dua", subjects=subjects)
    by = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(catalog.programme_stream("dua"), OpenProgramme(opened), by=by)
    stories = [_asked(world, subject.subject) for subject in subjects]
    world.advance(to=SIGNING)
    world.catch_up()
    return world, stories[0], stories[1]


def _asked(world: ApiWorld, subject: str) -> ApiStory:
    answer = world.post(REGION, "/commitments", draft_body(programme="dua", subject=subject))
    story = ApiStory(world, done(answer)["commitment"], answer.headers["ETag"])
    story.approve(story.ask("sign"), REGION)
    return story


def _etag(world: ApiWorld) -> str:
    return world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]


def _signed(answer: dict[str, Any]) -> list[str]:
    return sorted(one["commitment"] for one in answer["done"])


def test_all_that_is_ready_is_signed_in_one_act(two: tuple[ApiWorld, ApiStory, ApiStory]) -> None:
    world, one, other = two
    answer = done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", BODY, etag=_etag(world)))
    assert _signed(answer) == sorted((one.commitment, other.commitment))
    assert answer["left_out"] == []
    assert {one.read()["state"]["name"], other.read()["state"]["name"]} == {"signed"}


def test_what_is_not_ready_is_left_out_with_its_reason(two: tuple[ApiWorld, ApiStory, ApiStory]) -> None:
    world, one, other = two
    request = other.read()["open_request"]["id"]
    done(world.post(HEAD, f"/requests/{request}/withdrawal"))
    answer = done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", BODY, etag=_etag(world)))
    assert _signed(answer) == [one.commitment]
    assert [(left["commitment"], left["code"]) for left in answer["left_out"]] == [
        (other.commitment, "signature_not_awaited")
    ]
    assert answer["left_out"][0]["blockers"][0]["cleared_by"]


def test_a_repeat_signs_nothing_twice_and_answers_the_same(two: tuple[ApiWorld, ApiStory, ApiStory]) -> None:
    world, *_ = two
    seen = _etag(world)
    path = f"/sheets/{SHEET}/signatures"
    first = world.post(SECRETARY, path, BODY, key="sheet", etag=seen)
    again = world.post(SECRETARY, path, BODY, key="sheet", etag=seen)
    assert done(again) == done(first)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = {**BODY, "place": "Sambas"}
    refused(world.post(SECRETARY, path, other, key="sheet", etag=seen), 422, "idempotency_key_reused")
    refused(world.post(SECRETARY, path, BODY, key="new", etag=seen), 412, "stale_version")


def test_what_a_crash_left_undone_is_done_by_the_repeat(two: tuple[ApiWorld, ApiStory, ApiStory]) -> None:
    world, one, other = two
    seen = _etag(world)
    first_of_it = _append_only_the_first(world, seen)
    answer = done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", BODY, key="crash", etag=seen))
    assert _signed(answer) == sorted((one.commitment, other.commitment))
    assert answer["done"][0]["commitment"] == first_of_it


def test_a_sheet_that_moved_since_it_was_seen_is_not_signed(two: tuple[ApiWorld, ApiStory, ApiStory]) -> None:
    world, _, other = two
    seen = _etag(world)
    request = other.read()["open_request"]["id"]
    done(world.post(HEAD, f"/requests/{request}/withdrawal"))
    refused(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", BODY, etag=seen), 412, "stale_version")
    assert other.read()["signature"] is None


def test_nobody_else_signs_or_sees_a_sheet(two: tuple[ApiWorld, ApiStory, ApiStory]) -> None:
    world, *_ = two
    refused(world.get(NEIGHBOUR, f"/sheets/{SHEET}"), 404, "not_found")
    refused(world.get(SECRETARY, "/sheets/none:61.03"), 404, "not_found")
    etag = world.get(MINISTRY, f"/sheets/{SHEET}").headers["ETag"]
    refused(world.post(MINISTRY, f"/sheets/{SHEET}/signatures", BODY, etag=etag), 409, "not_your_turn")


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"mode": "by_heart"}, "mode_unknown"),
        ({"mode": "wet_ink"}, "scan_missing"),
        ({"signed_at": "2022-01-01T00:00:00Z"}, "signed_in_future"),
        ({"signed_at": "2020-01-01T00:00:00Z"}, "signed_before_draft"),
        ({"signed_at": "2021-12-06"}, "input_invalid"),
        ({"scan": "0" * 64}, "evidence_unknown"),
    ],
)
def test_a_bad_signature_is_refused(
    two: tuple[ApiWorld, ApiStory, ApiStory], changed: dict[str, Any], code: str
) -> None:
    world, *_ = two
    refused(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", {**BODY, **changed}, etag=_etag(world)), 422, code)


def _append_only_the_first(world: ApiWorld, seen: str) -> str:
    """What stands in the log when a process is killed between the two appends."""
    runtime, person = world.runtime, world.persons[SECRETARY]
    sheet = read_sheet(runtime, runtime.basis(), SECRETARY, name=SHEET, now=runtime.now())
    assert sheet.etag == seen
    only = replace(sheet, parts=sheet.parts[:1])
    command = SignCommitment(SHEET, "in_person", "Pontianak", SIGNING, kind="internal")
    caller = Caller(Acting(SECRETARY, person), "token:x")
    operation = f"http:{SECRETARY}:{person}:crash"
    write_sheet(runtime, only, command, caller=caller, operation=operation, expected=only.etag)
    return only.parts[0].commitment.id


def test_what_was_signed_is_answered_in_the_exact_bytes_of_its_digest(
    two: tuple[ApiWorld, ApiStory, ApiStory],
) -> None:
    world, one, _ = two
    path = f"/sheets/{SHEET}"
    assert done(world.get(SECRETARY, path))["digest"] is None
    refused(world.get(SECRETARY, f"{path}/content"), 404, "not_found")
    done(world.post(SECRETARY, f"{path}/signatures", BODY, etag=_etag(world)))
    content = world.get(SECRETARY, f"{path}/content")
    digest = sha256(content.data).hexdigest()
    assert done(world.get(SECRETARY, path))["digest"] == digest
    assert content.headers["ETag"] == f'"{digest}"'
    said = json.loads(content.data)
    canonical = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert content.data == canonical
    mine = next(part for part in said["signatures"] if part["commitment"] == one.commitment)
    assert (mine["kind"], mine["capacity"], mine["place"]) == ("internal", "definitive", "Pontianak")
    assert [item["number"] for item in mine["plan"]] == [1, 2, 3]
    witness = {"mode": "online", "place": "Jakarta", "witnessed_at": SIGNING.isoformat()}
    done(world.post(MINISTRY, f"{path}/witnesses", witness, etag=_etag(world)))
    assert world.get(SECRETARY, f"{path}/content").data == content.data


def test_what_a_delegate_signed_names_both_offices_in_the_bytes_and_on_paper(
    two: tuple[ApiWorld, ApiStory, ApiStory],
) -> None:
    world, _, _ = two
    today = SIGNING.date()
    term = {"letter": "800/1", "starts_on": today.isoformat(), "ends_on": (today + timedelta(days=9)).isoformat()}
    done(world.post(SECRETARY, "/delegations", {"to": OTHER_HEAD, "capacity": "plh", **term}))
    behalf = {"X_Kawal_On_Behalf_Of": SECRETARY}
    signed_at = (SIGNING + timedelta(hours=1)).isoformat()
    world.advance(to=SIGNING + timedelta(hours=2))
    body = {**BODY, "signed_at": signed_at}
    done(world.post(OTHER_HEAD, f"/sheets/{SHEET}/signatures", body, etag=_etag(world), **behalf))
    (said, *_) = json.loads(world.get(SECRETARY, f"/sheets/{SHEET}/content").data)["signatures"]
    assert (said["office"], said["by"], said["on_behalf_of"]) == (SECRETARY, OTHER_HEAD, SECRETARY)
    reader = visitor(world, SECRETARY)
    for path in (f"/sheets/{SHEET}", f"/sheets/{SHEET}/print"):
        reader.open(path)
        assert OTHER_HEAD in reader.words, path


def test_a_kind_that_cannot_be_made_here_is_refused(two: tuple[ApiWorld, ApiStory, ApiStory]) -> None:
    world, *_ = two
    path = f"/sheets/{SHEET}/signatures"
    certified = world.post(SECRETARY, path, {**BODY, "kind": "certified"}, etag=_etag(world))
    problem = refused(certified, 409, "certified_signature_not_configured")
    assert "docs/signatures.md" in problem["title"]
    table = world.upload(SECRETARY, b"a,b\n1,2\n", "lembar.csv")
    for body, code in (
        ({"kind": "seal"}, "signature_kind_unknown"),
        ({"kind": "scan"}, "signature_kind_not_of_file"),
        ({"kind": "internal", "scan": table}, "signature_kind_not_of_file"),
        ({"mode": "wet_ink", "scan": table}, "scan_not_paper"),
        ({"mode": "wet_ink", "scan": "a" * 64}, "evidence_unknown"),
    ):
        refused(world.post(SECRETARY, path, {**BODY, **body}, etag=_etag(world)), 422, code)
