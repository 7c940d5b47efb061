"""One commitment through the API, from its draft to an approval."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.api_world import ApiWorld, api_world, draft_body
from tests.support.world import HEAD, REGION


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    return api_world(tmp_path)


def test_a_draft_is_read_asked_for_and_approved(world: ApiWorld) -> None:
    drafted = world.post(REGION, "/commitments", draft_body())
    assert drafted.status_code == 201, drafted.get_data(as_text=True)
    commitment = drafted.get_json()["commitment"]
    assert drafted.headers["Location"] == f"/api/v1/commitments/{commitment}"

    read = world.get(HEAD, f"/commitments/{commitment}")
    assert read.status_code == 200, read.get_data(as_text=True)
    assert read.headers["ETag"] == drafted.headers["ETag"] == read.get_json()["etag"]
    assert read.get_json()["state"]["name"] == "drafted"

    asked = world.post(HEAD, f"/commitments/{commitment}/requests", {"move": "sign"})
    assert asked.status_code == 201, asked.get_data(as_text=True)
    request = asked.get_json()["request"]
    assert request["waits_for"]["office"] == REGION

    approved = world.post(REGION, f"/requests/{request['id']}/approvals", etag=asked.headers["ETag"])
    assert approved.status_code == 201, approved.get_data(as_text=True)
    assert approved.get_json()["request"]["passed"] == ["check"]


def test_who_asked_never_approves(world: ApiWorld) -> None:
    commitment = world.post(REGION, "/commitments", draft_body()).get_json()["commitment"]
    asked = world.post(HEAD, f"/commitments/{commitment}/requests", {"move": "sign"})
    request = asked.get_json()["request"]["id"]
    refused = world.post(HEAD, f"/requests/{request}/approvals", etag=asked.headers["ETag"], Accept_Language="en")
    assert refused.status_code == 403
    assert refused.mimetype == "application/problem+json"
    problem = refused.get_json()
    assert problem["code"] == "asker_approves"
    assert problem["type"] == "/problems/asker_approves"
    assert problem["blockers"][0]["sentence"]["id"]
