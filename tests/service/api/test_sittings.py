"""A sitting through the API: opened, attended, decided and signed in, minuted, corrected; and who may what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.support.api_story import ApiStory, done, drafted, refused, signed
from tests.support.api_world import ApiWorld
from tests.support.sitting_calls import attend, open_sitting, opening
from tests.support.world import (
    AUDITOR,
    COORDINATOR,
    HEAD,
    MINISTRY,
    NEIGHBOUR,
    NEW_YEAR,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGNING,
)

HELD = SIGNING.isoformat()


@pytest.fixture
def checked(world: ApiWorld) -> ApiStory:
    """A commitment whose sheet waits for the secretary's signature, an hour after the ceremony began."""
    story = drafted(world)
    story.approve(story.ask("sign"), REGION)
    world.advance(to=SIGNING + timedelta(hours=1))
    world.catch_up()
    return story


def closing(**changed: Any) -> dict[str, Any]:
    return {"ended_at": HELD, "minutes": "Lembar ditandatangani", **changed}


def sheet_etag(world: ApiWorld) -> str:
    return world.get(SECRETARY, f"/sheets/{SHEET}").headers["ETag"]


def test_a_sheet_is_signed_and_witnessed_in_a_sitting_and_its_record_closed(checked: ApiStory) -> None:
    world = checked.world
    sitting = open_sitting(world, held_at=HELD)
    attend(world, sitting, SECRETARY, MINISTRY)
    signature = {"mode": "in_person", "place": "Pontianak", "signed_at": HELD, "sitting": sitting}
    done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", signature, etag=sheet_etag(world)))
    witness = {"mode": "online", "place": "Jakarta", "witnessed_at": HELD, "sitting": sitting}
    done(world.post(MINISTRY, f"/sheets/{SHEET}/witnesses", witness, etag=sheet_etag(world)))
    closed = done(world.post(COORDINATOR, f"/sittings/{sitting}/closure", closing()))["sitting"]
    assert (closed["is_closed"], closed["minutes"]) == (True, "Lembar ditandatangani")
    shown = checked.read()
    assert (shown["signature"]["sitting"], shown["witnesses"][0]["sitting"]) == (sitting, sitting)
    world.catch_up()
    acts = done(world.get(SECRETARY, f"/sittings/{sitting}"))["acts"]
    made = [(one["fact"], one["office"]) for one in acts]
    assert made == [("signature-recorded", SECRETARY), ("witness-recorded", MINISTRY)]
    assert {one["at"] for one in acts} == {"2021-12-06T03:00:00.000000Z"}


def test_several_requests_are_decided_in_a_sitting_true_from_its_moment(world: ApiWorld) -> None:
    story = signed(world)
    sk = world.upload(HEAD, b"%PDF-1.7 sk tim", "sk.pdf")
    request = story.ask("start", evidence=[sk])
    story.approve(request, REGION)
    asked = world.runtime.now()
    sitting = open_sitting(world, held_at=asked.isoformat())
    attend(world, sitting, SECRETARY)
    world.advance(to=asked + timedelta(days=2))
    at = (asked + timedelta(seconds=1)).isoformat()
    wanted = [{"request": request, "etag": story.etag}]
    body = {"requests": wanted, "sitting": sitting, "decided_at": at}
    first = done(world.post(SECRETARY, "/approvals", body, key="together"))
    assert [one["status"] for one in first["results"]] == ["done"]
    again = world.post(SECRETARY, "/approvals", body, key="together")
    assert again.headers["Idempotency-Replayed"] == "true"
    assert story.read()["state"]["name"] == "in_replication"
    true_then = done(world.get(HEAD, f"{story.path}?as_true_on={at.replace('+00:00', 'Z')}"))
    assert true_then["state"]["name"] == "in_replication"
    before = done(world.get(HEAD, f"{story.path}?as_true_on={asked.isoformat().replace('+00:00', 'Z')}"))
    assert before["state"]["name"] == "signed"


def test_a_sitting_does_not_end_before_what_was_decided_in_it(world: ApiWorld) -> None:
    story = signed(world)
    request = story.ask("start", evidence=[world.upload(HEAD, b"%PDF-1.7 sk tim", "sk.pdf")])
    story.approve(request, REGION)
    held = world.runtime.now()
    sitting = open_sitting(world, held_at=held.isoformat())
    attend(world, sitting, SECRETARY)
    world.advance(to=held + timedelta(days=2))
    decided = held + timedelta(hours=2)
    wanted = [{"request": request, "etag": story.etag}]
    done(
        world.post(SECRETARY, "/approvals", {"requests": wanted, "sitting": sitting, "decided_at": decided.isoformat()})
    )
    world.catch_up()
    path = f"/sittings/{sitting}/closure"
    early = closing(ended_at=(held + timedelta(hours=1)).isoformat())
    refused(world.post(COORDINATOR, path, early), 422, "sitting_ends_before")
    sound = closing(ended_at=(held + timedelta(hours=3)).isoformat())
    done(world.post(COORDINATOR, path, sound, key="once"))
    assert world.post(COORDINATOR, path, sound, key="once").headers["Idempotency-Replayed"] == "true"


def test_a_verdict_names_its_sitting_and_who_was_not_there_is_refused(world: ApiWorld) -> None:
    story = signed(world)
    sk = world.upload(HEAD, b"%PDF-1.7 sk tim", "sk.pdf")
    request = story.ask("start", evidence=[sk])
    asked = world.runtime.now()
    sitting = open_sitting(world, held_at=asked.isoformat())
    attend(world, sitting, SECRETARY)
    at = {"sitting": sitting, "decided_at": asked.isoformat()}
    path = f"/requests/{request}"
    refused(world.post(REGION, f"{path}/approvals", at, etag=story.etag), 403, "not_in_attendance")
    attend(world, sitting, REGION)
    early = {**at, "decided_at": (asked - timedelta(hours=1)).isoformat()}
    answer = world.post(REGION, f"{path}/approvals", early, etag=story.etag)
    codes = [one["code"] for one in answer.get_json()["blockers"]]
    assert codes == ["decided_before_sitting", "decided_before_asked"]
    half = {"sitting": sitting}
    refused(world.post(REGION, f"{path}/approvals", half, etag=story.etag), 422, "input_invalid")
    returned = {**at, "reason": "bukti_kurang"}
    done(world.post(REGION, f"{path}/returns", returned, etag=story.etag))


def test_a_verdict_that_was_taken_back_after_its_sitting_closed_is_shown_so(world: ApiWorld) -> None:
    story = signed(world)
    request = story.ask("start", evidence=[world.upload(HEAD, b"%PDF-1.7 sk tim", "sk.pdf")])
    held = world.runtime.now().isoformat()
    sitting = open_sitting(world, held_at=held)
    attend(world, sitting, REGION)
    verdict = {"sitting": sitting, "decided_at": held}
    done(world.post(REGION, f"/requests/{request}/approvals", verdict, etag=story.etag))
    world.catch_up()
    (stands,) = done(world.get(COORDINATOR, f"/sittings/{sitting}"))["acts"]
    assert stands["retracted"] is None
    done(world.post(COORDINATOR, f"/sittings/{sitting}/closure", closing(ended_at=world.runtime.now().isoformat())))
    done(world.post(REGION, f"/requests/{request}/retractions", {"text": "Salah pilih"}))
    world.catch_up()
    (act,) = done(world.get(COORDINATOR, f"/sittings/{sitting}"))["acts"]
    assert (act["fact"], act["at"]) == (stands["fact"], stands["at"])
    assert (act["retracted"]["office"], act["retracted"]["text"]) == (REGION, "Salah pilih")
    assert act["retracted"]["position"] > act["position"]
    assert act["retracted"]["at"] > act["at"]
    story.etag = world.get(REGION, story.path).headers["ETag"]
    story.approve(request, REGION)
    world.catch_up()
    (still,) = done(world.get(COORDINATOR, f"/sittings/{sitting}"))["acts"]
    assert still == act


def test_a_closed_sitting_takes_no_decision(checked: ApiStory) -> None:
    world = checked.world
    sitting = open_sitting(world, held_at=HELD)
    attend(world, sitting, SECRETARY)
    done(world.post(COORDINATOR, f"/sittings/{sitting}/closure", closing()))
    signature = {"mode": "in_person", "place": "Pontianak", "signed_at": HELD, "sitting": sitting}
    answer = world.post(SECRETARY, f"/sheets/{SHEET}/signatures", signature, etag=sheet_etag(world))
    refused(answer, 409, "sitting_closed")


def test_a_repeat_opens_one_sitting(checked: ApiStory) -> None:
    world = checked.world
    first = world.post(COORDINATOR, "/sittings", opening(held_at=HELD), key="once")
    again = world.post(COORDINATOR, "/sittings", opening(held_at=HELD), key="once")
    assert again.get_json() == first.get_json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(done(world.get(COORDINATOR, "/sittings"))["sittings"]) == 1


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"held_at": NEW_YEAR.isoformat()}, 422, "sitting_in_future"),
        ({"mode": "by_post"}, 422, "mode_unknown"),
        ({"zone": "Asia/Nowhere"}, 422, "zone_unknown"),
        ({"programme": "nowhere"}, 422, "programme_unknown"),
        ({"title": ""}, 422, "input_invalid"),
    ],
)
def test_a_bad_sitting_is_refused(checked: ApiStory, changed: dict[str, str], status: int, code: str) -> None:
    refused(checked.world.post(COORDINATOR, "/sittings", opening(**{"held_at": HELD, **changed})), status, code)


def test_bad_attendance_is_refused(checked: ApiStory) -> None:
    world = checked.world
    sitting = open_sitting(world, held_at=HELD)
    path = f"/sittings/{sitting}/attendance"

    def there(*offices: str) -> dict[str, Any]:
        return {"present": [{"office": office, "presence": "online"} for office in offices]}

    refused(world.post(COORDINATOR, path, there("61.nowhere")), 422, "attendee_unknown")
    refused(world.post(COORDINATOR, path, there(SECRETARY, SECRETARY)), 422, "attendee_twice")
    refused(world.post(COORDINATOR, path, there()), 422, "attendees_missing")
    attend(world, sitting, SECRETARY)
    refused(world.post(COORDINATOR, path, there(SECRETARY)), 422, "attendee_twice")


def test_minutes_as_a_file_are_stored_first(checked: ApiStory) -> None:
    world = checked.world
    sitting = open_sitting(world, held_at=HELD, mode="wet_ink")
    attend(world, sitting, SECRETARY)
    path = f"/sittings/{sitting}/closure"
    refused(world.post(COORDINATOR, path, closing()), 422, "scan_missing")
    refused(world.post(COORDINATOR, path, closing(file="a" * 64)), 422, "evidence_unknown")
    scan = world.upload(COORDINATOR, b"%PDF-1.7 risalah", "risalah.pdf")
    closed = done(world.post(COORDINATOR, path, closing(file=scan)))["sitting"]
    assert closed["file"]["digest"] == scan
    given = world.get(SECRETARY, f"/sittings/{sitting}/files/{scan}")
    assert (given.data, given.mimetype) == (b"%PDF-1.7 risalah", "application/pdf")
    assert given.headers["Content-Disposition"].startswith("attachment")
    other = world.upload(COORDINATOR, b"%PDF-1.7 risalah benar", "risalah.pdf")
    refused(world.get(SECRETARY, f"/sittings/{sitting}/files/{other}"), 404, "not_found")
    done(world.post(COORDINATOR, f"/sittings/{sitting}/corrections", {"reason": "Salah berkas", "file": other}))
    for file in (scan, other):
        assert world.get(SECRETARY, f"/sittings/{sitting}/files/{file}").status_code == 200
        refused(world.get(NEIGHBOUR, f"/sittings/{sitting}/files/{file}"), 404, "not_found")


def test_a_correction_stands_beside_what_was_said(checked: ApiStory) -> None:
    world = checked.world
    sitting = open_sitting(world, held_at=HELD)
    attend(world, sitting, SECRETARY, MINISTRY)
    path = f"/sittings/{sitting}/corrections"
    body = {"reason": "Deputi berhalangan", "struck": [MINISTRY], "place": "Singkawang"}
    shown = done(world.post(COORDINATOR, path, body))["sitting"]
    assert ([one["office"] for one in shown["attendees"]], shown["place"]) == ([SECRETARY], "Singkawang")
    assert shown["corrections"][0]["reason"] == "Deputi berhalangan"
    refused(world.post(COORDINATOR, path, {"reason": "Sama", "place": "Singkawang"}), 422, "corrections_missing")


def test_who_reads_and_who_writes_a_sitting(checked: ApiStory) -> None:
    world = checked.world
    sitting = open_sitting(world, by=REGION, held_at=HELD)
    attend(world, sitting, SECRETARY, by=REGION)
    for office in (SECRETARY, COORDINATOR, PROVINCE, MINISTRY):
        assert done(world.get(office, f"/sittings/{sitting}"))["id"] == sitting
    for office in (NEIGHBOUR, AUDITOR, HEAD):
        refused(world.get(office, f"/sittings/{sitting}"), 404, "not_found")
        assert done(world.get(office, "/sittings?programme=kalbar-2022"))["sittings"] == []
    refused(world.post(COORDINATOR, f"/sittings/{sitting}/closure", closing()), 403, "sitting_of_others")
    refused(world.post(SECRETARY, f"/sittings/{sitting}/closure", closing()), 403, "role_may_not")
    refused(world.post(NEIGHBOUR, f"/sittings/{sitting}/closure", closing()), 404, "not_found")
    refused(world.post(SECRETARY, "/sittings", opening(held_at=HELD)), 403, "role_may_not")
