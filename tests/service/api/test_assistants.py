"""An assistant through the API: reads the inbox, sorts it, advises in a line, and decides nothing."""

from __future__ import annotations

from typing import Any

from tests.support.api_story import done, refused, sign_asked, started
from tests.support.api_world import ApiWorld
from tests.support.world import DRAFT_DAY, HEAD, OTHER_HEAD, REGION, SECRETARY

AS_ASSISTANT = {"X_Kawal_On_Behalf_Of": REGION}


def named(world: ApiWorld) -> str:
    """The agency's head is named assistant of the regency's coordinator; the delegation."""
    day = DRAFT_DAY.date().isoformat()
    body = {"to": OTHER_HEAD, "capacity": "assist", "letter": "800/3", "starts_on": day, "ends_on": day}
    return str(done(world.post(REGION, "/delegations", body))["delegation"]["id"])


def note(commitment: str, request: str, **changed: Any) -> dict[str, Any]:
    return {"commitment": commitment, "kind": "decision", "key": request, "star": True, "text": "Lengkap.", **changed}


def test_an_assistant_reads_sorts_and_advises_and_the_office_reads_it(world: ApiWorld) -> None:
    named(world)
    story, request = sign_asked(world)
    world.catch_up()
    seen = done(world.get(OTHER_HEAD, "/inbox", **AS_ASSISTANT))["waiting"]
    assert [one["key"] for one in seen] == [request]
    written = done(world.post(OTHER_HEAD, "/inbox/advice", note(story.commitment, request), **AS_ASSISTANT))
    assert (written["advice"], written["advised_by"]) == ("Lengkap.", OTHER_HEAD)
    mine = done(world.get(REGION, "/inbox"))["waiting"][0]
    assert (mine["star"], mine["advice"], mine["advised_by"]) == (True, "Lengkap.", OTHER_HEAD)


def test_every_verdict_of_an_assistant_is_refused_with_why(world: ApiWorld) -> None:
    named(world)
    story, request = sign_asked(world)
    reason = {"reason": "bukti_kurang"}
    for verdict, body in (("approvals", {}), ("returns", reason), ("rejections", {"reason": "di_luar_kewenangan"})):
        answer = world.post(OTHER_HEAD, f"/requests/{request}/{verdict}", body, etag=story.etag, **AS_ASSISTANT)
        refused(answer, 403, "assistant_decides")


def test_an_assistant_gives_nobody_the_offices_authority(world: ApiWorld) -> None:
    named(world)
    day = DRAFT_DAY.date().isoformat()
    body = {"to": SECRETARY, "capacity": "an", "letter": "800/4", "starts_on": day, "ends_on": day}
    refused(world.post(OTHER_HEAD, "/delegations", body, **AS_ASSISTANT), 403, "assistant_decides")


def test_an_assistants_own_inbox_stays_its_own(world: ApiWorld) -> None:
    named(world)
    sign_asked(world)
    world.catch_up()
    assert done(world.get(OTHER_HEAD, "/inbox"))["waiting"] == []
    assert done(world.get(REGION, "/inbox"))["waiting"][0]["delegated_to"] is None


def test_after_the_revocation_an_assistant_sees_nothing_more(world: ApiWorld) -> None:
    delegation = named(world)
    done(world.post(REGION, f"/delegations/{delegation}/revocation"))
    refused(world.get(OTHER_HEAD, "/inbox", **AS_ASSISTANT), 403, "not_a_delegate")


def test_what_is_starred_comes_first_and_pages_go_on_behind_it(world: ApiWorld) -> None:
    story = started(world)
    story.claim(1, 10)
    story.claim(2, 10)
    world.catch_up()
    first = done(world.get(REGION, "/inbox"))["waiting"]
    assert len(first) == 2
    last = first[-1]
    body = {"commitment": last["commitment"], "kind": last["kind"], "key": last["key"], "star": True}
    done(world.post(REGION, "/inbox/advice", body))
    page = done(world.get(REGION, "/inbox?limit=1"))
    keys = [one["key"] for one in page["waiting"]]
    page = done(world.get(REGION, f"/inbox?limit=1&cursor={page['next']}"))
    keys += [one["key"] for one in page["waiting"]]
    assert keys == [last["key"], first[0]["key"]]


def test_a_note_without_star_and_text_is_none(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    world.catch_up()
    done(world.post(REGION, "/inbox/advice", note(story.commitment, request)))
    done(world.post(REGION, "/inbox/advice", note(story.commitment, request, star=False, text=" ")))
    mine = done(world.get(REGION, "/inbox"))["waiting"][0]
    assert (mine["star"], mine["advice"], mine["advised_by"]) == (False, None, None)


def test_nobody_notes_in_another_inbox_or_beside_what_does_not_wait(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    world.catch_up()
    for office in (HEAD, SECRETARY):
        refused(world.post(office, "/inbox/advice", note(story.commitment, request)), 404, "not_found")
    refused(world.post(REGION, "/inbox/advice", note(story.commitment, "none")), 404, "not_found")
    refused(world.post(REGION, "/inbox/advice", note(story.commitment, request, text="x" * 201)), 422, "input_invalid")
