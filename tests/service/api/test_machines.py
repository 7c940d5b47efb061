"""What machines ask: does it live, can it work, which figures and which codes; and what is written down of that."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text

from events.engine import write_transaction
from service import config
from service.api import openapi
from service.app import create_app
from service.problems import STATUSES, codes, sentence_of
from tests.support.api_story import done, drafted, refused, sign_asked
from tests.support.api_world import NOBODY_LISTENS, ApiWorld
from tests.support.world import HEAD, REGION
from workflows.blockers import SENTENCES


def test_a_living_process_says_so_without_looking_anywhere(tmp_path: Path) -> None:
    settings = config.load({"KAWAL_DATA_DIR": str(tmp_path), "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"})
    client = create_app(settings).test_client()
    assert client.get("/healthz").get_json() == {"status": "ok"}


def test_without_a_database_it_is_not_ready_and_says_why(tmp_path: Path) -> None:
    settings = config.load(
        {
            "KAWAL_DATA_DIR": str(tmp_path),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "REDIS_URL": NOBODY_LISTENS,
        }
    )
    client = create_app(settings).test_client()
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.get_json()["ready"] is False
    assert ready.get_json()["reasons"][0].startswith("database: ")
    answer = client.get("/api/v1/inbox", headers={"Authorization": "Bearer kwl_x"})
    refused(answer, 503, "database_away")
    assert int(answer.headers["Retry-After"]) > 0
    assert "kawal_up 0.0" in client.get("/metrics").get_data(as_text=True)


def test_without_valkey_it_is_ready_and_warns_that_lists_lag(world: ApiWorld) -> None:
    drafted(world)
    ready = world.client.get("/readyz")
    assert ready.status_code == 200
    found = ready.get_json()
    assert (found["ready"], found["queue_reachable"]) == (True, False)
    assert any("valkey" in warning for warning in found["warnings"])
    assert found["lag"]["commitments"] > 0
    world.catch_up()
    assert set(world.client.get("/readyz").get_json()["lag"].values()) == {0}


def test_the_figures_are_given_for_prometheus(world: ApiWorld) -> None:
    sign_asked(world)
    world.catch_up()
    world.get(HEAD, "/inbox")
    figures = world.client.get("/metrics").get_data(as_text=True)
    head = world.runtime.store.log_head()
    assert head is not None
    assert f"kawal_log_position {head.position}.0" in figures
    assert 'kawal_projection_lag{projection="inbox"} 0.0' in figures
    assert 'kawal_http_requests_total{endpoint="overviews.read_inbox",method="GET",status="200"} 1.0' in figures
    assert "kawal_obligations_open 1.0" in figures


def test_a_locked_database_is_said_and_nothing_is_half_written(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    before = world.runtime.store.log_head()
    somebody = sqlite3.connect(world.config.data_dir / "kawal.db", isolation_level=None)
    somebody.execute("BEGIN IMMEDIATE")
    answer = world.post(REGION, f"/requests/{request}/approvals", key="locked", etag=story.etag)
    somebody.close()
    refused(answer, 503, "database_locked")
    assert int(answer.headers["Retry-After"]) > 0
    assert world.runtime.store.log_head() == before
    done(world.post(REGION, f"/requests/{request}/approvals", key="locked", etag=story.etag))


def test_every_code_has_a_status_and_both_sentences() -> None:
    assert set(STATUSES) == set(codes())
    assert set(SENTENCES) <= set(STATUSES)
    for code, label in codes().items():
        assert label.id.strip(), code
        assert label.en.strip(), code
        assert sentence_of(code, {}, "en"), code


def test_every_code_is_described_where_its_type_leads(world: ApiWorld) -> None:
    listed = world.client.get("/problems").get_json()["codes"]
    assert {one["code"] for one in listed} == set(codes())
    one = world.client.get("/problems/asker_approves").get_json()
    assert one["status"] == 403
    refused(world.client.get("/problems/nothing"), 404, "not_found")


def test_the_committed_description_is_the_codes_own(world: ApiWorld) -> None:
    assert openapi.lagging() == []
    assert world.client.get("/openapi.json").get_json() == openapi.described()
    assert openapi.described()["openapi"] == "3.1.0"


def test_a_lag_of_the_description_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    behind = tmp_path / "openapi.json"
    behind.write_text(openapi.openapi_text().replace("bearer", "basic"))
    monkeypatch.setattr(openapi, "OPENAPI", behind)
    monkeypatch.setattr(openapi, "CHECKOUT", tmp_path)
    assert openapi.lagging() == [behind]
    assert openapi.main(["--check"]) == 1


def test_a_bug_says_no_more_than_that_there_was_one(world: ApiWorld) -> None:
    drafted(world)
    with write_transaction(world.runtime.engine) as connection:
        connection.execute(text("DROP TABLE inbox"))
    answer = world.get(HEAD, "/inbox")
    problem = refused(answer, 500, "server_error")
    assert "inbox" not in problem["title"]
    assert set(problem) == {"type", "title", "status", "code"}


@pytest.mark.parametrize(
    "path", ["/api/v1/commitments//blockers", "/api/v1//commitments", "/api//v1/commitments/x", "/api/v1/inbox/"]
)
def test_an_address_with_an_empty_part_is_no_address(world: ApiWorld, path: str) -> None:
    refused(world.client.get(path, headers=world.bearer(HEAD)), 404, "not_found")
