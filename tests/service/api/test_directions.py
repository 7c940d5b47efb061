"""One direction on several commitments: a result each, one key, nothing given twice."""

from __future__ import annotations

from typing import Any

from tests.support.api_story import done, refused, started
from tests.support.api_world import ApiWorld
from tests.support.world import HEAD, NEIGHBOUR, PROVINCE, REGION, SECRETARY

DUE = "2022-02-15"


def asked(*commitments: str, **changed: Any) -> dict[str, Any]:
    return {"commitments": list(commitments), "addressee": REGION, "due_on": DUE, "text": "Mohon dipercepat", **changed}


def test_each_commitment_has_a_result_of_its_own(world: ApiWorld) -> None:
    first = started(world).commitment
    answer = world.post(PROVINCE, "/directions", asked(first, "nowhere"))
    given, unknown = done(answer)["results"]
    assert (given["status"], given["answer"]["matter"]["addressee"]) == ("done", REGION)
    assert (unknown["status"], unknown["code"]) == ("refused", "not_found")
    assert int(answer.headers["X-Kawal-Position"]) == given["answer"]["position"]


def test_the_same_key_gives_the_direction_once(world: ApiWorld) -> None:
    first = started(world).commitment
    once = world.post(PROVINCE, "/directions", asked(first), key="arahan")
    again = world.post(PROVINCE, "/directions", asked(first), key="arahan")
    assert done(once) == done(again)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(done(world.get(REGION, f"/commitments/{first}/matters"))["matters"]) == 1
    other = world.post(PROVINCE, "/directions", asked(first, text="Lain"), key="arahan")
    refused(other, 422, "idempotency_key_reused")


def test_what_is_refused_says_why_and_writes_nothing(world: ApiWorld) -> None:
    first = started(world).commitment
    before = world.runtime.store.log_head()
    for office, changed, code in (
        (SECRETARY, {"addressee": PROVINCE}, "addressee_not_below"),
        (PROVINCE, {"due_on": "2021-12-01"}, "due_in_past"),
        (HEAD, {}, "role_may_not"),
        (NEIGHBOUR, {}, "not_found"),
    ):
        [result] = done(world.post(office, "/directions", asked(first, **changed)))["results"]
        assert (result["status"], result["code"]) == ("refused", code)
        assert result["sentence"]["id"] != result["sentence"]["en"]
    refused(world.post(PROVINCE, "/directions", asked(first, first)), 422, "input_invalid")
    refused(world.post(PROVINCE, "/directions", asked()), 422, "input_invalid")
    assert world.runtime.store.log_head() == before
