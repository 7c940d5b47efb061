"""Sixteen approve the same open step at once, through a real web server: it is approved once, and everybody is told."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from service.catalog import commitment_stream
from tests.support.api_story import ApiStory, sign_asked
from tests.support.api_world import NOBODY_LISTENS, ApiWorld, api_world
from tests.support.databases import ENGINES, fresh_database
from tests.support.processes import environment, eventually, free_port
from tests.support.world import REGION

pytestmark = pytest.mark.serial
CROWD = 16


@dataclass
class Served:
    """A world with a web server of its own on it."""

    world: ApiWorld
    port: int
    story: ApiStory
    request: str

    def approve(self, token: str, key: str) -> tuple[int, dict[str, Any], str | None]:
        """Approve over the network: status, body, ETag."""
        headers = {
            "Authorization": f"Bearer {token}",
            "Idempotency-Key": key,
            "If-Match": self.story.etag,
            "Content-Type": "application/json",
        }
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("POST", f"/api/v1/requests/{self.request}/approvals", b"{}", headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read()), answer.headers["ETag"]

    def at_once(self, tokens_and_keys: list[tuple[str, str]]) -> list[tuple[int, dict[str, Any], str | None]]:
        """All of them approve in the same moment."""
        together, answers = Barrier(len(tokens_and_keys)), []

        def one(token: str, key: str) -> None:
            together.wait()
            answers.append(self.approve(token, key))

        crowd = [Thread(target=one, args=pair) for pair in tokens_and_keys]
        for thread in crowd:
            thread.start()
        for thread in crowd:
            thread.join()
        return answers

    @property
    def approvals(self) -> int:
        """How often the log says that the request was approved."""
        stream = self.world.runtime.store.read_stream(commitment_stream(self.story.commitment))
        return sum(event.type == "request-approved" for event in stream)


@pytest.fixture(params=ENGINES)
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    with fresh_database(request.param, tmp_path) as url:
        world = api_world(tmp_path, database_url=url)
        story, asked = sign_asked(world)
        port = free_port()
        settings = {"DATABASE_URL": url, "REDIS_URL": NOBODY_LISTENS, "KAWAL_WEB_THREADS": str(CROWD)}
        server = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "web"], env=environment(tmp_path, port, settings), cwd=tmp_path
        )
        try:
            eventually(lambda: _answers(port), what="the web server answers")
            yield Served(world, port, story, asked)
        finally:
            server.terminate()
            server.wait(timeout=20)
            world.runtime.close()


def test_sixteen_holders_of_the_office_approve_it_once(served: Served) -> None:
    tokens = [served.world.appoint(REGION) for _ in range(CROWD)]
    answers = served.at_once([(token, f"own-{number}") for number, token in enumerate(tokens)])
    _approved_once(served, answers)


def test_one_token_with_sixteen_keys_approves_once(served: Served) -> None:
    token = served.world.tokens[REGION]
    _approved_once(served, served.at_once([(token, f"key-{number}") for number in range(CROWD)]))


def test_sixteen_times_one_key_is_one_approval_with_one_answer(served: Served) -> None:
    answers = served.at_once([(served.world.tokens[REGION], "the key")] * CROWD)
    malformed = Counter(status for status, _, _ in answers)
    assert malformed == {400: CROWD}, "a blank is no part of a key"
    answers = served.at_once([(served.world.tokens[REGION], "the-key")] * CROWD)
    assert [status for status, _, _ in answers] == [201] * CROWD, answers
    bodies = {json.dumps([body, etag], sort_keys=True) for _, body, etag in answers}
    assert len(bodies) == 1
    assert served.approvals == 1


def _approved_once(served: Served, answers: list[tuple[int, dict[str, Any], str | None]]) -> None:
    statuses = Counter(status for status, _, _ in answers)
    assert statuses[201] == 1, (statuses, [body for status, body, _ in answers if status >= 500])
    assert set(statuses) <= {201, 409, 412}, statuses
    codes = {body["code"] for status, body, _ in answers if status != 201}
    assert codes <= {"stale_version", "acted_already", "not_your_turn", "sign_by_sheet", "request_closed"}, codes
    assert served.approvals == 1


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=2)) as connection:
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except OSError:
            return False
