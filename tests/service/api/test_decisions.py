"""Several requests decided in one act, each recorded by itself."""

from __future__ import annotations

from typing import Any

from tests.support.api_story import done, refused
from tests.support.api_world import ApiWorld
from tests.support.several import asked, three
from tests.support.world import HEAD, REGION, SECRETARY

Seen = list[dict[str, str]]


def seen(world: ApiWorld, *commitments: str, office: str = REGION) -> Seen:
    return [
        {"request": f"{one}.r1", "etag": world.get(office, f"/commitments/{one}").headers["ETag"]}
        for one in commitments
    ]


def facts_of(world: ApiWorld, commitment: str) -> list[str]:
    return [type(event.fact).__name__ for event in world.runtime.history(commitment)]


def statuses(answer: dict[str, Any]) -> list[str]:
    return [one["status"] for one in answer["results"]]


def test_each_is_approved_by_an_event_of_its_own_under_one_key(world: ApiWorld) -> None:
    commitments = three(world)
    answer = world.post(REGION, "/approvals", {"requests": seen(world, *commitments), "note": "lengkap"}, key="k1")
    assert statuses(done(answer)) == ["done"] * 3
    assert all(facts_of(world, one)[-2:] == ["RequestApproved", "StepReached"] for one in commitments)
    assert [one["answer"]["commitment"] for one in done(answer)["results"]] == list(commitments)


def test_one_that_moved_on_or_is_refused_leaves_the_others_alone(world: ApiWorld) -> None:
    first, second, third = three(world)
    wanted = seen(world, first, second, third)
    done(world.post(HEAD, f"/requests/{first}.r1/withdrawal", {"text": "keliru"}))
    wanted[1]["request"] = f"{second}.r7"
    answer = done(world.post(REGION, "/approvals", {"requests": wanted}))
    assert statuses(answer) == ["stale", "refused", "done"]
    stale, unknown, _ = answer["results"]
    assert (stale["code"], unknown["code"]) == ("stale_version", "not_found")
    assert stale["etag"] == world.get(REGION, f"/commitments/{first}").headers["ETag"]


def test_who_may_not_decide_one_is_told_why_with_all_blockers(world: ApiWorld) -> None:
    commitment = asked(world)
    answer = done(world.post(SECRETARY, "/approvals", {"requests": seen(world, commitment, office=SECRETARY)}))
    (result,) = answer["results"]
    assert (result["status"], result["code"]) == ("refused", "not_your_turn")
    assert result["blockers"][0]["cleared_by"] == [{"office": REGION, "name": f"Jabatan {REGION}"}]


def test_a_repeat_gives_the_same_answers_and_records_nothing(world: ApiWorld) -> None:
    first, second, third = three(world)
    wanted = seen(world, first, second, third)
    done(world.post(HEAD, f"/requests/{first}.r1/withdrawal", {"text": "keliru"}))
    once = world.post(REGION, "/approvals", {"requests": wanted}, key="same")
    before = [facts_of(world, one) for one in (first, second, third)]
    again = world.post(REGION, "/approvals", {"requests": wanted}, key="same")
    assert done(again) == done(once)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert [facts_of(world, one) for one in (first, second, third)] == before


def test_the_same_key_for_other_requests_is_refused_before_anything_is_done(world: ApiWorld) -> None:
    first, second, _ = three(world)
    done(world.post(REGION, "/approvals", {"requests": seen(world, first)}, key="same"))
    refused(
        world.post(REGION, "/approvals", {"requests": seen(world, second)}, key="same"), 422, "idempotency_key_reused"
    )
    assert "RequestApproved" not in facts_of(world, second)


def test_several_are_returned_for_one_reason(world: ApiWorld) -> None:
    first, second, _ = three(world)
    body = {"requests": seen(world, first, second), "reason": "bukti_kurang", "text": "Mohon lengkapi."}
    assert statuses(done(world.post(REGION, "/returns", body))) == ["done", "done"]
    assert facts_of(world, second)[-1] == "RequestReturned"


def test_several_are_rejected_for_one_reason_each_by_itself(world: ApiWorld) -> None:
    first, second, third = three(world)
    wanted = seen(world, first, second, third)
    assert world.post(HEAD, f"/requests/{first}.r1/withdrawal", {"text": "keliru"}).status_code == 201
    answer = done(world.post(REGION, "/rejections", {"requests": wanted, "reason": "di_luar_kewenangan"}))
    assert statuses(answer) == ["stale", "done", "done"]
    assert [facts_of(world, one)[-1] for one in (second, third)] == ["RequestRejected", "RequestRejected"]
    refused(world.post(REGION, "/rejections", {"requests": wanted}), 422, "input_invalid")


def test_a_reason_that_is_none_is_said_for_each(world: ApiWorld) -> None:
    first, second, _ = three(world)
    body = {"requests": seen(world, first, second), "reason": "suasana_hati"}
    answer = done(world.post(REGION, "/returns", body))
    assert [one["code"] for one in answer["results"]] == ["reason_unknown", "reason_unknown"]


def test_a_request_twice_none_or_too_many_are_refused_whole(world: ApiWorld) -> None:
    wanted = seen(world, asked(world))
    for requests in ([*wanted, *wanted], [], wanted * 51):
        problem = refused(world.post(REGION, "/approvals", {"requests": requests}), 422, "input_invalid")
        assert "requests" in problem["errors"]
    refused(world.post(REGION, "/returns", {"requests": wanted, "reason": "x", "note": "y"}), 422, "input_invalid")
