"""Moves that leave the state as it is, over the API."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from tests.support.api_story import ApiStory, done, refused, started
from tests.support.api_world import ApiWorld, item_body
from tests.support.world import HEAD, PLAN, REGION, SECRETARY

UNTIL = date(2022, 1, 28)


def asked_hold(story: ApiStory, until: date | None = UNTIL) -> str:
    memo = story.world.upload(HEAD, b"%PDF-1.7 nota dinas", "nota.pdf")
    terms = None if until is None else {"until": until.isoformat()}
    return story.ask("hold", reason="bencana", text="Banjir", evidence=[memo], terms=terms)


def test_a_hold_is_asked_for_approved_and_shown_with_its_last_day(world: ApiWorld) -> None:
    story = started(world)
    request = asked_hold(story)
    shown = done(world.get(SECRETARY, f"/requests/{request}"))
    assert shown["terms"] == {"until": "2022-01-28", "extensions": [], "corrections": []}
    assert shown["from_state"] == shown["to_state"] == "in_replication"
    before = {one["number"]: one["ends_on"] for one in done(world.get(HEAD, f"{story.path}/plan-items"))["items"]}
    story.approve(request, SECRETARY)
    commitment = story.read()
    assert commitment["state"]["name"] == "in_replication"
    assert commitment["hold"] == {
        "request": request,
        "begins_on": "2022-01-04",
        "ends_on": "2022-01-28",
        "working_days": 18,
        "ended_on": None,
    }
    after = done(world.get(HEAD, f"{story.path}/plan-items"))["items"]
    assert all(one["ends_on"] > before[one["number"]] for one in after)
    assert done(world.get(HEAD, f"/requests/{request}"))["status"] == "approved"
    story_told = done(world.get(REGION, f"{story.path}/history"))["history"]
    told = [event["sentence"] for event in story_told if event["fact"] == "hold-begun"]
    assert "sejak Selasa, 4 Januari 2022 sampai Jumat, 28 Januari 2022 (18 hari kerja); butir 1 berakhir" in told[0]


def test_a_hold_without_its_last_day_or_with_one_that_is_over_is_refused(world: ApiWorld) -> None:
    story = started(world)
    memo = world.upload(HEAD, b"%PDF-1.7 nota dinas", "nota.pdf")
    body = {"move": "hold", "reason": "bencana", "evidence": [memo]}
    refused(world.post(HEAD, f"{story.path}/requests", body), 422, "until_missing")
    gone = {**body, "terms": {"until": "2022-01-03"}}
    refused(world.post(HEAD, f"{story.path}/requests", gone), 422, "hold_ends_past")
    refused(
        world.post(HEAD, f"{story.path}/requests", {**body, "terms": {"until": "31-01-2022"}}), 422, "input_invalid"
    )


def test_a_hold_is_ended_early(world: ApiWorld) -> None:
    story = started(world)
    story.approve(asked_hold(story), SECRETARY)
    world.advance(to=world.runtime.now() + timedelta(days=7))
    memo = world.upload(HEAD, b"%PDF-1.7 nota dinas 2", "nota.pdf")
    story.approve(story.ask("resume", reason="bencana", text="Surut", evidence=[memo]), SECRETARY)
    assert story.read()["hold"]["ended_on"] == "2022-01-11"


def test_items_are_extended_and_their_first_end_is_shown(world: ApiWorld) -> None:
    story = started(world)
    later = {"extensions": [{"item": 1, "ends_on": "2022-04-14"}]}
    request = story.ask("extend", reason="menunggu_pihak_ketiga", terms=later)
    asked = done(world.get(SECRETARY, f"/requests/{request}"))["terms"]["extensions"]
    assert asked == [{"item": 1, "ends_on": "2022-04-14", "was": "2022-03-31"}]
    story.approve(request, SECRETARY)
    item = done(world.get(HEAD, f"{story.path}/plan-items"))["items"][0]
    assert (item["ends_on"], item["first_ends_on"]) == ("2022-04-14", "2022-03-31")
    far = {"extensions": [{"item": 2, "ends_on": "2023-01-04"}]}
    body = {"move": "extend", "reason": "bencana", "terms": far}
    problem = refused(world.post(HEAD, f"{story.path}/requests", body), 422, "extension_after_year")
    assert {one["code"] for one in problem["blockers"]} == {"extension_after_year", "extension_too_long"}


def test_a_slip_is_put_right_and_a_target_is_not(world: ApiWorld) -> None:
    story = started(world)
    slip = {"corrections": [{"field": "activity", "item": 1, "new": "Kegiatan pertama 1"}]}
    request = story.ask("correct", REGION, terms=slip)
    asked = done(world.get(HEAD, f"/requests/{request}"))["terms"]["corrections"]
    assert asked[0]["old"] == "Kegiatan 1"
    story.approve(request, HEAD)
    assert done(world.get(HEAD, f"{story.path}/plan-items"))["items"][0]["activity"] == "Kegiatan pertama 1"
    target = {"corrections": [{"field": "target", "item": 1, "new": "1"}]}
    body = {"move": "correct", "terms": target}
    problem = refused(world.post(REGION, f"{story.path}/requests", body), 422, "correction_forbidden")
    assert problem["blockers"][0]["facts"] == {"fields": "1 target"}


def amendment_of(story: ApiStory, **changed: Any) -> dict[str, Any]:
    memo = story.world.upload(HEAD, b"%PDF-1.7 nota dinas", "nota.pdf")
    items = [item_body(PLAN[0], **changed), *(item_body(item) for item in PLAN[1:])]
    return {"move": "amend", "reason": "kondisi_wilayah", "evidence": [memo], "items": items}


def test_a_new_plan_is_shown_beside_the_one_that_it_replaces(world: ApiWorld) -> None:
    story = started(world)
    request = story.ask(**amendment_of(story, target=80))
    plan = done(world.get(SECRETARY, f"/requests/{request}"))["plan"]
    assert (plan["based_on_revision"], plan["revision"]) == (0, 1)
    assert plan["changes"] == [{"item": 1, "kind": "changed", "field": "target", "old": "100", "new": "80"}]


def test_a_plan_written_from_an_older_revision_is_refused_as_stale(world: ApiWorld) -> None:
    story = started(world)
    body = {**amendment_of(story, target=80), "based_on_revision": 3}
    problem = refused(world.post(HEAD, f"{story.path}/requests", body, etag=story.etag), 409, "plan_stale")
    assert problem["blockers"][0]["facts"] == {"based_on": "3", "revision": "0"}
    answer = world.post(HEAD, f"{story.path}/requests", {**body, "based_on_revision": 0}, etag=story.etag)
    assert done(answer)["request"]["plan"]["based_on_revision"] == 0


def test_a_completion_is_void_over_the_api_and_can_be_asked_again(world: ApiWorld) -> None:
    story = started(world)
    for number in (1, 2, 3):
        claim = story.claim(number, 100)
        done(world.post(REGION, f"/claims/{claim}/verifications", etag=story.read()["etag"]))
    files = [world.upload(HEAD, b"%PDF-1.7 " + name.encode(), f"{name}.pdf") for name in ("evaluasi", "sop", "catatan")]
    story.etag = story.read()["etag"]
    request = story.ask("complete", evidence=files)
    body = {"reason": "salah_hitung", "text": "Dihitung dua kali."}
    done(world.post(REGION, f"/claims/{claim}/revocations", body, etag=story.read()["etag"]))
    shown = done(world.get(HEAD, f"/requests/{request}"))
    assert (shown["status"], shown["lost_ground"]) == ("void", ["all_items_verified"])
    etag = story.read()["etag"]
    refused(world.post(REGION, f"/requests/{request}/approvals", etag=etag), 409, "request_closed")
