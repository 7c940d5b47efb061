"""Every endpoint of oversight in a state where somebody may call it: the call, as an office, and who may.

Who may is the offices, the act that their roles must have, or SEEN: whoever sees the commitment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from werkzeug.test import TestResponse

from tests.support.api_story import ApiStory, done, started
from tests.support.api_world import ApiWorld
from tests.support.world import COORDINATOR, HEAD, REGION

Call = tuple[Callable[[str], TestResponse], str | set[str]]
SEEN = "sees it"
FINDING = {"addressee": HEAD, "due_on": "2022-02-15", "text": "Daftar hadir tidak ada"}
DIRECTION = {"addressee": HEAD, "due_on": "2022-02-15", "text": "Mohon dipercepat"}
SAID = {"text": "Mohon diperhatikan"}
VISIT = {"visited_on": "2022-01-04", "place": "Sanggau", "text": "Berjalan"}


def _raise(path: str, act: str, body: Mapping[str, Any]) -> Callable[[ApiWorld], Call]:
    def build(world: ApiWorld) -> Call:
        story = started(world)
        files = {"evidence": [world.upload(HEAD)]}
        return (lambda office: world.post(office, f"{story.path}/{path}", {**body, **files}), act)

    return build


def _finding(world: ApiWorld) -> tuple[ApiStory, str]:
    """A commitment with a finding of the province's coordinator to the agency, and its id."""
    story = started(world)
    body = {**FINDING, "evidence": [world.upload(COORDINATOR)]}
    answer = world.post(COORDINATOR, f"{story.path}/findings", body)
    return story, str(done(answer)["matter"]["id"])


def _answer(world: ApiWorld) -> Call:
    _, matter = _finding(world)
    return (lambda office: world.post(office, f"/matters/{matter}/answers", SAID), {HEAD})


def _follow(act: str) -> Callable[[ApiWorld], Call]:
    def build(world: ApiWorld) -> Call:
        _, matter = _finding(world)
        etag = world.post(HEAD, f"/matters/{matter}/answers", SAID).headers["ETag"]
        return (lambda office: world.post(office, f"/matters/{matter}/{act}", SAID, etag=etag), {COORDINATOR})

    return build


def _directions(world: ApiWorld) -> Call:
    body = {**DIRECTION, "commitments": [started(world).commitment]}

    def call(office: str) -> TestResponse:
        answer = world.post(office, "/directions", body)
        if done(answer)["results"][0]["status"] == "done":
            return answer
        return world.post(office, f"/commitments/{body['commitments'][0]}/directions", DIRECTION)

    return (call, "give_direction")


def _revocation(world: ApiWorld) -> Call:
    claim = started(world).claim(1, 5)
    done(world.post(REGION, f"/claims/{claim}/verifications"))
    body = {"reason": "salah_hitung"}
    return (lambda office: world.post(office, f"/claims/{claim}/revocations", body), "revoke_verification")


def _read_matter(world: ApiWorld) -> Call:
    _, matter = _finding(world)
    return (lambda office: world.get(office, f"/matters/{matter}"), SEEN)


def _list(path: str) -> Callable[[ApiWorld], Call]:
    def build(world: ApiWorld) -> Call:
        story, _ = _finding(world)
        return (lambda office: world.get(office, f"{story.path}/{path}"), SEEN)

    return build


OVERSIGHT: Mapping[str, Callable[[ApiWorld], Call]] = {
    "revoke_verification": _revocation,
    "list_matters": _list("matters"),
    "read_matter": _read_matter,
    "record_finding": _raise("findings", "record_finding", FINDING),
    "give_direction": _raise("directions", "give_direction", DIRECTION),
    "direct_together": _directions,
    "report_obstacle": _raise("obstacles", "report_obstacle", {"category": "teknis", "text": "Jaringan"}),
    "ask_for_help": _raise("help-requests", "ask_help", SAID),
    "answer_matter": _answer,
    "return_answer": _follow("returns"),
    "close_matter": _follow("closings"),
    "list_notes": _list("notes"),
    "make_note": _raise("notes", "note", SAID),
    "note_visit": _raise("visits", "note_visit", VISIT),
}
