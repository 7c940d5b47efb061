"""The main job through the API, as far as a test wants it; every step must succeed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.support.api_world import ApiWorld, draft_body
from tests.support.world import HEAD, NEW_YEAR, PIC, REGION, SECRETARY, SHEET, SIGNING


@dataclass(slots=True)
class ApiStory:
    """One commitment on its way."""

    world: ApiWorld
    commitment: str
    etag: str

    @property
    def path(self) -> str:
        """The commitment's path below /api/v1."""
        return f"/commitments/{self.commitment}"

    def read(self, office: str = HEAD) -> dict[str, Any]:
        """The commitment as an office reads it."""
        return done(self.world.get(office, self.path))

    def ask(self, move: str, office: str = HEAD, **body: Any) -> str:
        """Ask for a move; the request's id."""
        answer = self.world.post(office, f"{self.path}/requests", {"move": move, **body}, etag=self.etag)
        return str(self._moved(answer)["request"]["id"])

    def approve(self, request: str, *offices: str) -> None:
        """These offices approve, one after the other."""
        for office in offices:
            self._moved(self.world.post(office, f"/requests/{request}/approvals", etag=self.etag))

    def claim(self, item: int, value: int | str, office: str = PIC) -> str:
        """Claim progress with a photo; the claim's id."""
        photo = self.world.upload(office, b"\x89PNG\r\n\x1a\n foto", "foto.png")
        body = {"item": item, "value": value, "evidence": [photo]}
        return str(self._moved(self.world.post(office, f"{self.path}/claims", body))["claim"]["id"])

    def _moved(self, answer: TestResponse) -> dict[str, Any]:
        body = done(answer)
        self.etag = answer.headers["ETag"]
        return body


def done(answer: TestResponse) -> dict[str, Any]:
    """The body of an answer that must be a success."""
    assert answer.status_code < 300, answer.get_data(as_text=True)
    body: dict[str, Any] = answer.get_json()
    return body


def refused(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem of an answer that must be refused so."""
    assert answer.mimetype == "application/problem+json", answer.get_data(as_text=True)
    problem: dict[str, Any] = answer.get_json()
    assert (answer.status_code, problem["code"]) == (status, code), problem
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{code}"
    assert problem["title"]
    return problem


def drafted(world: ApiWorld, **changed: Any) -> ApiStory:
    """A commitment drafted by the regency's coordinator."""
    answer = world.post(REGION, "/commitments", draft_body(**changed))
    return ApiStory(world, str(done(answer)["commitment"]), answer.headers["ETag"])


def sign_asked(world: ApiWorld) -> tuple[ApiStory, str]:
    """A draft whose signature is asked for; with the request."""
    story = drafted(world)
    return story, story.ask("sign")


def signed(world: ApiWorld) -> ApiStory:
    """A commitment that its party signed on the day of signing."""
    story, request = sign_asked(world)
    story.approve(request, REGION)
    world.advance(to=SIGNING)
    world.catch_up()
    sheet = world.get(SECRETARY, f"/sheets/{SHEET}")
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": SIGNING.isoformat()}
    answer = done(world.post(SECRETARY, f"/sheets/{SHEET}/signatures", body, etag=sheet.headers["ETag"]))
    story.etag = answer["done"][0]["etag"]
    return story


def started(world: ApiWorld) -> ApiStory:
    """A commitment in replication."""
    story = signed(world)
    world.advance(to=NEW_YEAR)
    decree = world.upload(HEAD)
    request = story.ask("start", evidence=[decree])
    story.approve(request, REGION, SECRETARY)
    return story
