"""A party that left a commitment promises the same again through the API: one new commitment, never two open ones."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.api_story import ApiStory, done, refused
from tests.support.api_world import ApiWorld, draft_body
from tests.support.world import HEAD, PARTY, REGION, SECRETARY

OTHER = {"party": "61.05", "agency": "61.05.sekda", "pic": "61.05.sekda"}
LATER = timedelta(minutes=11)


def left(world: ApiWorld) -> ApiStory:
    """A draft that its party withdrew, so long ago that nobody takes it back."""
    answer = world.post(REGION, "/commitments", draft_body())
    story = ApiStory(world, str(done(answer)["commitment"]), answer.headers["ETag"])
    letter = world.upload(REGION)
    request = story.ask("withdraw", REGION, reason="tanpa_anggaran", text="Refocusing", evidence=[letter])
    story.approve(request, SECRETARY)
    world.advance(to=world.runtime.now() + LATER)
    return story


def again(story: ApiStory, **changed: Any) -> dict[str, Any]:
    return draft_body(**{"follows": story.commitment, **changed})


def test_a_party_that_withdrew_promises_the_same_again_under_a_reference_of_its_own(world: ApiWorld) -> None:
    story = left(world)
    refused(world.post(REGION, "/commitments", draft_body(replication_scope="partial")), 409, "commitment_exists")
    first = world.post(REGION, "/commitments", again(story), key="once")
    made = done(first)
    assert made["commitment"] != story.commitment
    read = done(world.get(REGION, f"/commitments/{made['commitment']}"))
    assert (read["reference"], read["follows"]) == ("KALBAR-2022-6103-pikobar-2", story.commitment)
    assert story.read(REGION)["follows"] is None
    repeated = world.post(REGION, "/commitments", again(story), key="once")
    assert (done(repeated), repeated.headers["Idempotency-Replayed"]) == (made, "true")
    assert done(world.post(REGION, "/commitments", again(story)))["commitment"] == made["commitment"]
    refused(world.post(REGION, "/commitments", again(story, replication_scope="partial")), 409, "commitment_exists")


def test_the_second_one_is_followed_only_once_it_has_ended_too(world: ApiWorld) -> None:
    story = left(world)
    made = done(world.post(REGION, "/commitments", again(story)))["commitment"]
    found = refused(world.post(REGION, "/commitments", draft_body(follows=made)), 409, "commitment_not_left")
    assert found["blockers"][0]["facts"]["commitment"] == "KALBAR-2022-6103-pikobar-2"
    assert world.get(HEAD, "/commitments/none").status_code == 404


def test_what_may_still_be_taken_back_is_not_followed_yet(world: ApiWorld) -> None:
    answer = world.post(REGION, "/commitments", draft_body())
    story = ApiStory(world, str(done(answer)["commitment"]), answer.headers["ETag"])
    letter = world.upload(REGION)
    story.approve(
        story.ask("withdraw", REGION, reason="tanpa_anggaran", text="Refocusing", evidence=[letter]), SECRETARY
    )
    refused(world.post(REGION, "/commitments", again(story)), 409, "end_retractable")


def test_it_is_the_same_partys_and_one_that_the_office_sees(world: ApiWorld) -> None:
    story = left(world)
    assert draft_body()["party"] == PARTY
    assert world.post("61.05.sekda", "/commitments", again(story, **OTHER)).status_code == 404
    refused(world.post(REGION, "/commitments", again(story, party="61.05")), 422, "follows_another")
    assert world.post(REGION, "/commitments", draft_body(follows="none")).status_code == 404


def test_another_system_brings_it_under_an_id_of_its_own(world: ApiWorld) -> None:
    story = left(world)
    old, new = {"system": "sipd", "id": "7"}, {"system": "sipd", "id": "7/2"}
    done(world.post(REGION, f"{story.path}/external-ids", old))
    refused(world.post(REGION, "/external-commitments", {**again(story), **old}), 409, "external_id_taken")
    made = done(world.post(REGION, "/external-commitments", {**again(story), **new}))
    assert made["commitment"] != story.commitment
    changed = done(world.post(REGION, "/external-commitments", {**draft_body(replication_scope="partial"), **new}))
    assert changed["commitment"] == made["commitment"]
    read = done(world.get(REGION, f"/commitments/{made['commitment']}"))
    assert (read["replication_scope"], read["follows"]) == ("partial", story.commitment)
