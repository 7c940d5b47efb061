"""Other systems' ids: given once, meaning one thing in a programme, found by whoever sees what they mean."""

from __future__ import annotations

import pytest

from service.external_ids import COMMITMENT, External, claim
from tests.support.api_story import done, refused, signed
from tests.support.api_world import ApiWorld
from tests.support.world import AUDITOR, COORDINATOR, HEAD, NEIGHBOUR, PROGRAMME, REGION, SECRETARY


def test_a_commitment_and_its_item_are_found_by_their_ids(world: ApiWorld) -> None:
    story = signed(world)
    given = {"system": "sipd", "id": "2022/7 – 追跡"}
    answer = world.post(HEAD, f"{story.path}/external-ids", given)
    assert done(answer)["commitment"] == story.commitment
    done(world.post(HEAD, f"{story.path}/external-ids", {**given, "item": 2}))
    found = done(world.client.get(answer.headers["Location"], headers=world.bearer(REGION)))["found"]
    assert [(one["kind"], one["name"], one["item"]) for one in found] == [
        ("commitment", story.commitment, None),
        ("item", story.commitment, 2),
    ]
    assert found[0]["reference"] == "KALBAR-2022-6103-pikobar"
    shown = story.read()["external_ids"]
    assert [(one["id"], one["item"]) for one in shown] == [("2022/7 – 追跡", None), ("2022/7 – 追跡", 2)]


def test_the_same_again_is_nothing_new_and_a_repeat_has_the_same_answer(world: ApiWorld) -> None:
    story, body = signed(world), {"system": "sipd", "id": "7"}
    first = world.post(HEAD, f"{story.path}/external-ids", body, key="once")
    head = world.runtime.store.log_head()
    again = world.post(HEAD, f"{story.path}/external-ids", body, key="once")
    assert done(again) == done(first)
    assert again.headers["Idempotency-Replayed"] == "true"
    done(world.post(HEAD, f"{story.path}/external-ids", body))
    assert world.runtime.store.log_head() == head


def test_an_id_means_one_commitment_and_one_item_in_a_programme(world: ApiWorld) -> None:
    story, engine = signed(world), world.runtime.engine
    taken = External(PROGRAMME, COMMITMENT, "sipd", "7")
    assert claim(engine, taken, "another", now=world.runtime.now()) == "another"
    refused(world.post(HEAD, f"{story.path}/external-ids", {"system": "sipd", "id": "7"}), 409, "external_id_taken")
    item = {"system": "sipd", "id": "8", "item": 1}
    done(world.post(COORDINATOR, f"{story.path}/external-ids", item))
    again = world.post(COORDINATOR, f"{story.path}/external-ids", {**item, "item": 2})
    assert "8" in refused(again, 409, "external_id_taken")["title"]
    elsewhere = External("another programme", COMMITMENT, "sipd", "7")
    assert claim(engine, elsewhere, story.commitment, now=world.runtime.now()) == story.commitment


def test_what_is_refused_claims_nothing(world: ApiWorld) -> None:
    story, body = signed(world), {"system": "sipd", "id": "7"}
    refused(world.post(SECRETARY, f"{story.path}/external-ids", body), 403, "role_may_not")
    refused(world.post(NEIGHBOUR, f"{story.path}/external-ids", body), 404, "not_found")
    refused(world.post(HEAD, f"{story.path}/external-ids", {**body, "item": 99}), 422, "item_unknown")
    refused(world.get(HEAD, "/external-ids/sipd/7"), 404, "not_found")


def test_an_id_is_found_by_those_alone_who_see_what_it_means(world: ApiWorld) -> None:
    story = signed(world)
    done(world.post(HEAD, f"{story.path}/external-ids", {"system": "sipd", "id": "7"}))
    for office in (NEIGHBOUR, AUDITOR):
        refused(world.get(office, "/external-ids/sipd/7"), 404, "not_found")
    refused(world.get(HEAD, "/external-ids/other/7"), 404, "not_found")


def test_parties_and_subjects_of_a_programme_have_ids_too(world: ApiWorld) -> None:
    path = f"/programmes/{PROGRAMME}/external-ids"
    body = {"kind": "party", "name": "61.03", "system": "kemendagri", "id": "6103"}
    first = world.post(COORDINATOR, path, body, key="once")
    assert done(first) == {"programme": PROGRAMME, **body}
    assert world.post(COORDINATOR, path, body, key="once").headers["Idempotency-Replayed"] == "true"
    done(world.post(COORDINATOR, path, {**body, "kind": "subject", "name": "pikobar"}))
    found = done(world.get(AUDITOR, "/external-ids/kemendagri/6103"))["found"]
    assert [(one["kind"], one["name"]) for one in found] == [("party", "61.03"), ("subject", "pikobar")]
    refused(world.post(COORDINATOR, path, {**body, "name": "61.05"}), 409, "external_id_taken")
    refused(world.post(HEAD, path, {**body, "id": "9"}), 403, "role_may_not")
    refused(world.post(COORDINATOR, "/programmes/none/external-ids", body), 404, "not_found")


@pytest.mark.parametrize(
    "body", [{}, {"system": "", "id": "7"}, {"system": "s" * 61, "id": "7"}, {"system": "s", "id": "i" * 1001}]
)
def test_an_id_that_cannot_be_one_is_refused_by_its_field(world: ApiWorld, body: dict[str, str]) -> None:
    story = signed(world)
    refused(world.post(HEAD, f"{story.path}/external-ids", body), 422, "input_invalid")
    two_lines = {"system": "sipd", "id": "a\nb"}
    refused(world.post(HEAD, f"{story.path}/external-ids", two_lines), 422, "external_id_unusable")


def test_two_ways_to_write_one_letter_are_one_id(world: ApiWorld) -> None:
    story = signed(world)
    done(world.post(HEAD, f"{story.path}/external-ids", {"system": "sipd", "id": "cafe\u0301"}))
    for written in ("caf\u00e9", "cafe\u0301"):
        found = done(world.client.get(f"/api/v1/external-ids/sipd/{written}", headers=world.bearer(HEAD)))["found"]
        assert [one["name"] for one in found] == [story.commitment]
    head = world.runtime.store.log_head()
    done(world.post(HEAD, f"{story.path}/external-ids", {"system": "sipd", "id": "caf\u00e9"}))
    assert world.runtime.store.log_head() == head
