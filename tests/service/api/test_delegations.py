"""Delegations through the API: given, used by a header, revoked; and what everybody sees meanwhile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.api_story import done, drafted, refused, sign_asked
from tests.support.api_world import ApiWorld
from tests.support.world import ADMIN, DRAFT_DAY, HEAD, NEIGHBOUR, OTHER_HEAD, PROVINCE, REGION, SECRETARY


def body(to: str = OTHER_HEAD, **changed: Any) -> dict[str, Any]:
    sound = {
        "to": to,
        "capacity": "plh",
        "letter": "800/12/2021",
        "starts_on": DRAFT_DAY.date().isoformat(),
        "ends_on": (DRAFT_DAY.date() + timedelta(days=14)).isoformat(),
    }
    return {**sound, **changed}


def give(world: ApiWorld, office: str = REGION, to: str = OTHER_HEAD, **changed: Any) -> str:
    return str(done(world.post(office, "/delegations", body(to, **changed)))["delegation"]["id"])


def behalf(office: str) -> dict[str, str]:
    return {"X_Kawal_On_Behalf_Of": office}


def test_a_delegation_is_given_listed_by_both_and_revoked(world: ApiWorld) -> None:
    delegation = give(world)
    for office, side in ((REGION, "given"), (OTHER_HEAD, "received")):
        listed = done(world.get(office, "/delegations"))[side]
        assert [(one["id"], one["standing"]) for one in listed] == [(delegation, "in_force")]
    revoked = done(world.post(REGION, f"/delegations/{delegation}/revocation", {"reason": "kembali"}))
    assert revoked["delegation"]["standing"] == "revoked"
    assert done(world.get(OTHER_HEAD, f"/delegations/{delegation}"))["standing"] == "revoked"
    refused(world.post(REGION, f"/delegations/{delegation}/revocation", {}), 403, "delegation_ended")


def test_a_repeat_under_the_same_key_gives_the_same_delegation(world: ApiWorld) -> None:
    first = world.post(REGION, "/delegations", body(), key="once")
    again = world.post(REGION, "/delegations", body(), key="once")
    assert again.get_json() == first.get_json()
    assert again.headers["Idempotency-Replayed"] == "true"
    refused(world.post(REGION, "/delegations", body(letter="9"), key="once"), 422, "idempotency_key_reused")


def test_wrong_delegations_are_refused_by_name(world: ApiWorld) -> None:
    yesterday = (DRAFT_DAY.date() - timedelta(days=1)).isoformat()
    refused(world.post(REGION, "/delegations", body(to=REGION)), 422, "delegation_to_oneself")
    refused(world.post(REGION, "/delegations", body(ends_on=yesterday)), 422, "end_before_start")
    refused(world.post(REGION, "/delegations", body(starts_on=yesterday)), 422, "delegation_in_past")
    refused(world.post(REGION, "/delegations", body(moves=["fly"])), 422, "delegation_scope_unknown")
    give(world)
    refused(world.post(REGION, "/delegations", body(to=SECRETARY)), 409, "delegation_overlaps")
    refused(world.post(OTHER_HEAD, "/delegations", body(to=REGION)), 409, "delegation_loop")
    refused(world.post(REGION, "/delegations/none/revocation", {}), 404, "delegation_not_found")
    refused(world.post(REGION, "/delegations", {"to": OTHER_HEAD}), 422, "input_invalid")


def test_the_delegate_approves_for_the_giver_and_the_event_names_both(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    give(world)
    refused(world.post(OTHER_HEAD, f"/requests/{request}/approvals", etag=story.etag), 404, "not_found")
    answer = world.post(OTHER_HEAD, f"/requests/{request}/approvals", etag=story.etag, **behalf(REGION))
    acts = done(answer)["request"]["acts"]
    assert (acts[1]["office"], acts[1]["delegate"]) == (REGION, OTHER_HEAD)
    event = world.runtime.store.event_at(answer.get_json()["position"])
    assert event is not None
    attributes = event.attributes
    assert (attributes["office"], attributes["onbehalfof"], attributes["capacity"]) == (OTHER_HEAD, REGION, "plh")


def test_without_a_delegation_the_header_opens_nothing(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    refused(world.get(OTHER_HEAD, "/inbox", **behalf(REGION)), 403, "not_a_delegate")
    refused(world.get(OTHER_HEAD, story.path, **behalf("nowhere")), 403, "not_a_delegate")
    delegation = give(world)
    done(world.get(OTHER_HEAD, story.path, **behalf(REGION)))
    done(world.post(REGION, f"/delegations/{delegation}/revocation", {}))
    approving = world.post(OTHER_HEAD, f"/requests/{request}/approvals", etag=story.etag, **behalf(REGION))
    refused(approving, 403, "not_a_delegate")


def test_the_asker_does_not_approve_by_way_of_a_delegation(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    give(world, to=HEAD)
    answer = world.post(HEAD, f"/requests/{request}/approvals", etag=story.etag, **behalf(REGION))
    refused(answer, 403, "asker_approves")


def test_a_delegation_of_some_moves_refuses_the_others(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    give(world, moves=["start"])
    answer = world.post(OTHER_HEAD, f"/requests/{request}/approvals", etag=story.etag, **behalf(REGION))
    refused(answer, 403, "delegation_out_of_scope")


def test_the_event_names_the_capacity_of_the_delegation_that_reaches_the_act(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    give(world, capacity="plt", moves=["start"])
    give(world, capacity="an", letter="800/13/2021", moves=["sign"])
    answer = world.post(OTHER_HEAD, f"/requests/{request}/approvals", etag=story.etag, **behalf(REGION))
    event = world.runtime.store.event_at(done(answer)["position"])
    assert event is not None
    assert (event.attributes["onbehalfof"], event.attributes["capacity"]) == (REGION, "an")
    assert world.runtime.commitment(story.path.rpartition("/")[2]).state.last.capacity == "an"


def test_no_inbox_loses_an_item_while_it_is_delegated(world: ApiWorld) -> None:
    _, request = sign_asked(world)
    world.catch_up()
    give(world)
    theirs = done(world.get(OTHER_HEAD, "/inbox"))
    assert [(one["key"], one["on_behalf_of"]) for one in theirs["waiting"]] == [(request, REGION)]
    assert theirs["total"] == 1
    mine = done(world.get(REGION, "/inbox"))["waiting"]
    assert [(one["key"], one["on_behalf_of"], one["delegated_to"]) for one in mine] == [(request, None, OTHER_HEAD)]
    assert mine[0]["delegated_until"] == (DRAFT_DAY.date() + timedelta(days=14)).isoformat()
    as_giver = done(world.get(OTHER_HEAD, "/inbox", **behalf(REGION)))
    assert [one["key"] for one in as_giver["waiting"]] == [request]


def test_an_inbox_of_some_moves_holds_those_alone(world: ApiWorld) -> None:
    sign_asked(world)
    world.catch_up()
    give(world, moves=["start"])
    assert done(world.get(OTHER_HEAD, "/inbox"))["waiting"] == []
    assert done(world.get(REGION, "/inbox"))["waiting"][0]["delegated_to"] is None


def test_a_delegate_who_may_passes_the_authority_on(world: ApiWorld) -> None:
    give(world, may_redelegate=True)
    passed_on = done(world.post(OTHER_HEAD, "/delegations", body(to=SECRETARY, letter="2"), **behalf(REGION)))
    assert (passed_on["delegation"]["office"], passed_on["delegation"]["given_by"]) == (REGION, OTHER_HEAD)


def test_delegations_are_seen_by_both_sides_and_above_and_revoked_by_who_administers(world: ApiWorld) -> None:
    delegation = give(world)
    done(world.get(PROVINCE, f"/delegations?office={REGION}"))
    refused(world.get(NEIGHBOUR, f"/delegations?office={REGION}"), 404, "not_found")
    refused(world.get(NEIGHBOUR, f"/delegations/{delegation}"), 404, "not_found")
    refused(world.post(NEIGHBOUR, f"/delegations/{delegation}/revocation", {}), 403, "not_the_giver")
    done(world.post(ADMIN, f"/delegations/{delegation}/revocation", {}))


def test_the_feed_tells_a_delegation_to_those_concerned(world: ApiWorld) -> None:
    drafted(world)
    give(world)
    for office, sees in ((REGION, True), (OTHER_HEAD, True), (NEIGHBOUR, False)):
        events = done(world.get(office, "/events?after=0&limit=500"))["events"]
        assert ("delegation-given" in {one["event"]["type"] for one in events}) is sees
