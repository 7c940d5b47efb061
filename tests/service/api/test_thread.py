"""One commitment through the API, from its draft to a verified claim."""

from __future__ import annotations

from tests.support.api_story import done, drafted, refused, sign_asked, signed, started
from tests.support.api_world import ApiWorld, draft_body
from tests.support.world import HEAD, MINISTRY, PIC, PROVINCE, REGION, SECRETARY, SHEET, SIGNING


def test_a_draft_is_read_asked_for_and_approved(world: ApiWorld) -> None:
    drafted = world.post(REGION, "/commitments", draft_body())
    commitment = done(drafted)["commitment"]
    assert drafted.headers["Location"] == f"/api/v1/commitments/{commitment}"

    read = world.get(HEAD, f"/commitments/{commitment}")
    assert read.headers["ETag"] == drafted.headers["ETag"] == done(read)["etag"]
    assert read.get_json()["state"]["name"] == "drafted"

    asked = world.post(HEAD, f"/commitments/{commitment}/requests", {"move": "sign"})
    request = done(asked)["request"]
    assert [one["office"] for one in request["waits_for"]] == [REGION]
    assert asked.headers["Location"] == f"/api/v1/requests/{request['id']}"

    approved = world.post(REGION, f"/requests/{request['id']}/approvals", etag=asked.headers["ETag"])
    assert done(approved)["request"]["passed"] == ["check"]
    assert done(world.get(HEAD, f"/requests/{request['id']}"))["waits_for"][0]["office"] == SECRETARY


def test_who_asked_never_approves(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    answer = world.post(HEAD, f"/requests/{request}/approvals", etag=story.etag, Accept_Language="en")
    problem = refused(answer, 403, "asker_approves")
    blocker = problem["blockers"][0]
    assert blocker["sentence"]["en"] == problem["title"]
    assert blocker["cleared_by"] == [{"office": REGION, "name": f"Jabatan {REGION}"}]
    assert answer.headers["Content-Language"] == "en"


def test_a_draft_is_edited_by_who_saw_it(world: ApiWorld) -> None:
    story = drafted(world)
    answer = done(world.patch(HEAD, story.path, {"replication_scope": "partial"}, etag=story.etag))
    assert answer["version"] > 1
    assert story.read()["replication_scope"] == "partial"


def test_a_sheet_is_signed_and_witnessed(world: ApiWorld) -> None:
    story = signed(world)
    assert story.read()["state"]["name"] == "signed"
    sheet = world.get(MINISTRY, f"/sheets/{SHEET}")
    body = {"mode": "online", "place": "Jakarta", "witnessed_at": SIGNING.isoformat()}
    answer = done(world.post(MINISTRY, f"/sheets/{SHEET}/witnesses", body, etag=sheet.headers["ETag"]))
    assert [one["commitment"] for one in answer["done"]] == [story.commitment]
    assert [one["office"] for one in story.read(PROVINCE)["witnesses"]] == [MINISTRY]


def test_progress_is_claimed_with_evidence_and_verified_by_another(world: ApiWorld) -> None:
    story = started(world)
    claim = story.claim(1, "100.0")
    refused(world.post(PIC, f"/claims/{claim}/verifications"), 403, "claimant_verifies")
    verified = done(world.post(REGION, f"/claims/{claim}/verifications", {"note": "Sesuai"}))
    assert verified["claim"]["status"] == "verified"
    items = done(world.get(HEAD, f"{story.path}/plan-items"))["items"]
    assert (items[0]["verified_value"], items[0]["complete"], items[0]["owed"]) == ("100.0", True, "met")
    claims = done(world.get(HEAD, f"{story.path}/claims"))["claims"]
    assert [one["status"] for one in claims] == ["verified"]


def test_a_request_is_returned_withdrawn_and_rejected_with_reasons(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    body = {"reason": "rencana_belum_jelas", "text": "Target belum terukur"}
    returned = world.post(REGION, f"/requests/{request}/returns", body, etag=story.etag)
    assert done(returned)["request"]["status"] == "returned"
    again = world.post(HEAD, f"{story.path}/requests", {"move": "sign"})
    refused(again, 409, "substance_unchanged")
    edited = world.patch(HEAD, story.path, {"replication_scope": "partial"}, etag=returned.headers["ETag"])
    done(edited)
    second = done(world.post(HEAD, f"{story.path}/requests", {"move": "sign"}))["request"]["id"]
    assert done(world.post(HEAD, f"/requests/{second}/withdrawal"))["request"]["status"] == "withdrawn"
    third = world.post(HEAD, f"{story.path}/requests", {"move": "sign"})
    name = done(third)["request"]["id"]
    body = {"reason": "di_luar_kewenangan"}
    rejected = done(world.post(REGION, f"/requests/{name}/rejections", body, etag=third.headers["ETag"]))
    assert rejected["request"]["closing_reason"] == "di_luar_kewenangan"


def test_blockers_say_what_an_office_may_and_why_not_the_rest(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    mine = {one["act"]: one for one in done(world.get(REGION, f"{story.path}/blockers"))["possible"] if one["may"]}
    assert {"approve", "return", "reject"} <= set(mine)
    theirs = done(world.get(HEAD, f"{story.path}/blockers"))["possible"]
    approve = next(one for one in theirs if one["act"] == "approve")
    assert approve["may"] is False
    assert approve["blockers"][0]["code"] == "asker_approves"
