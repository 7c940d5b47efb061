"""What protects a writer: idempotency keys, ETags, and who may speak at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service import identity
from tests.support.api_story import done, drafted, refused, sign_asked, signed
from tests.support.api_world import ApiWorld, draft_body
from tests.support.world import HEAD, NEIGHBOUR, REGION, SECRETARY


def test_the_same_key_with_the_same_request_gives_the_same_answer(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    path, seen = f"/requests/{request}/approvals", story.etag
    first = world.post(REGION, path, {"note": "sesuai"}, key="k-1", etag=seen)
    done(first)
    # What came in between changes nothing of the repeat's answer.
    world.post(HEAD, f"/requests/{request}/withdrawal")
    again = world.post(REGION, path, {"note": "sesuai"}, key="k-1", etag=seen)
    assert again.status_code == first.status_code == 201
    assert again.get_json() == first.get_json()
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Location"] == first.headers["Location"]
    assert (first.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")


def test_the_same_key_with_another_request_is_refused(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    path = f"/requests/{request}/approvals"
    done(world.post(REGION, path, {"note": "a"}, key="k-1", etag=story.etag))
    refused(world.post(REGION, path, {"note": "b"}, key="k-1", etag=story.etag), 422, "idempotency_key_reused")


def test_a_key_is_its_persons_own(world: ApiWorld) -> None:
    story = drafted(world)
    asked = done(world.post(HEAD, f"{story.path}/requests", {"move": "sign"}, key="same"))
    answer = world.post(REGION, f"/requests/{asked['request']['id']}/approvals", key="same", etag=asked["etag"])
    assert done(answer)["request"]["passed"] == ["check"]


def test_a_repeated_draft_is_one_commitment(world: ApiWorld) -> None:
    first = done(world.post(REGION, "/commitments", draft_body(), key="d"))
    assert done(world.post(REGION, "/commitments", draft_body(), key="d")) == first
    assert done(world.post(REGION, "/commitments", draft_body(), key="other"))["version"] == first["version"]
    other = draft_body(replication_scope="partial")
    refused(world.post(REGION, "/commitments", other, key="d"), 422, "idempotency_key_reused")
    refused(world.post(REGION, "/commitments", other), 409, "commitment_exists")


def test_a_command_without_a_key_is_refused(world: ApiWorld) -> None:
    answer = world.client.post("/api/v1/commitments", json=draft_body(), headers=world.bearer(REGION))
    refused(answer, 400, "idempotency_key_missing")


@pytest.mark.parametrize("key", ["", "x" * 201, "two words", "caf\u00e9"])
def test_a_malformed_key_is_refused(world: ApiWorld, key: str) -> None:
    refused(world.post(REGION, "/commitments", draft_body(), Idempotency_Key=key), 400, "idempotency_key_malformed")


@pytest.mark.parametrize("verdict", ["approvals", "returns", "rejections"])
def test_a_verdict_needs_what_was_seen(world: ApiWorld, verdict: str) -> None:
    _, request = sign_asked(world)
    refused(world.post(REGION, f"/requests/{request}/{verdict}", {}), 428, "if_match_missing")


def test_a_signature_and_an_edit_need_what_was_seen(world: ApiWorld) -> None:
    story = drafted(world)
    world.catch_up()
    refused(world.post(SECRETARY, "/sheets/kalbar-2022:61.03/signatures", {}), 428, "if_match_missing")
    refused(world.patch(HEAD, story.path, {"pic": HEAD}, etag=None), 428, "if_match_missing")
    refused(world.post(HEAD, f"{story.path}/requests", {"move": "amend"}), 428, "if_match_missing")


@pytest.mark.parametrize("etag", ["7-abc", 'W/"7-abc"', "*", '"a", "b"', '"ABC"'])
def test_a_malformed_etag_is_refused(world: ApiWorld, etag: str) -> None:
    story = drafted(world)
    refused(world.patch(HEAD, story.path, {"pic": HEAD}, etag=etag), 400, "if_match_malformed")


def test_a_stale_etag_tells_what_changed_since(world: ApiWorld) -> None:
    story = drafted(world)
    seen = story.etag
    story.ask("sign")
    answer = world.patch(HEAD, story.path, {"replication_scope": "partial"}, etag=seen)
    problem = refused(answer, 412, "stale_version")
    assert problem["etag"] == answer.headers["ETag"] == story.etag
    assert [change["fact"] for change in problem["changes"]] == ["request-opened", "step-reached"]
    assert all(change["sentence"].endswith(".") for change in problem["changes"])


def test_an_approval_twice_is_refused(world: ApiWorld) -> None:
    story = signed(world)
    request = story.ask("start", evidence=[world.upload(HEAD)])
    story.approve(request, REGION)
    answer = world.post(REGION, f"/requests/{request}/approvals", etag=story.etag)
    refused(answer, 409, "acted_already")


def test_an_approval_after_the_request_closed_is_refused(world: ApiWorld) -> None:
    _, request = sign_asked(world)
    closed = world.post(HEAD, f"/requests/{request}/withdrawal")
    answer = world.post(REGION, f"/requests/{request}/approvals", etag=closed.headers["ETag"])
    refused(answer, 409, "request_closed")


def test_an_approval_outside_the_scope_finds_nothing(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    refused(world.post(NEIGHBOUR, f"/requests/{request}/approvals", etag=story.etag), 404, "not_found")


@pytest.mark.parametrize("header", [None, "Basic eDp5", "Bearer", "Bearer kwl_x", "Token kwl_x"])
def test_without_a_good_token_nobody_is_heard(world: ApiWorld, header: str | None) -> None:
    answer = world.client.get("/api/v1/inbox", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="kawal"')


def test_a_session_cookie_is_no_token(world: ApiWorld) -> None:
    now = datetime.now(UTC)
    opened = identity.open_session(
        world.runtime.engine,
        person=world.persons[HEAD],
        office=HEAD,
        method="demo",
        now=now,
        lifetime=identity.lifetime_of(world.config),
    )
    client = world.client
    client.set_cookie("kawal", opened.cookie)
    client.set_cookie("session", opened.cookie)
    refused(client.get("/api/v1/inbox"), 401, "token_missing")


def test_who_holds_the_office_no_more_is_nobody(world: ApiWorld) -> None:
    done(world.get(HEAD, "/inbox"))
    world.end(HEAD)
    refused(world.get(HEAD, "/inbox"), 401, "not_a_holder")


def test_a_revoked_token_is_refused(world: ApiWorld) -> None:
    now = datetime.now(UTC)
    token = identity.list_tokens(world.runtime.engine, person=world.persons[HEAD])[0]
    identity.revoke_token(world.runtime.engine, token.id, now=now)
    refused(world.get(HEAD, "/inbox"), 401, "token_revoked")


def test_a_key_of_a_read_notice_is_for_that_notice(world: ApiWorld) -> None:
    world.catch_up()
    sign_asked(world)
    world.catch_up()
    first, *_ = done(world.get(REGION, "/notices"))["notices"]
    path = f"/notices/{first['id']}/read"
    answer, again = (world.post(REGION, path, key="read") for _ in range(2))
    assert done(answer) == done(again) == {"id": first["id"]}
    assert (answer.headers.get("Idempotency-Replayed"), again.headers["Idempotency-Replayed"]) == (None, "true")
    refused(world.post(REGION, "/notices/other/read", key="read"), 422, "idempotency_key_reused")
    refused(world.post(REGION, "/notices/other/read", key="new"), 404, "not_found")
