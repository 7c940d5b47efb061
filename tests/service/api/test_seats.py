"""A programme's seats through the API: scope, invited and signed are three different sets."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.support.api_story import done, refused, signed
from tests.support.api_world import ApiWorld
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, PARTY, PROGRAMME, PROVINCE, REGION

PATH, OTHER = f"/programmes/{PROGRAMME}", "61.05"
LETTER = {"letter": "000.8/1", "invited_on": "2021-11-01", "answer_by": "2021-11-15"}


def standing(answer: dict[str, Any]) -> dict[str, str]:
    return {one["party"]["id"]: one["standing"] for one in answer["seats"]}


def test_scope_invited_and_signed_are_three_sets(world: ApiWorld) -> None:
    signed(world)
    world.catch_up()
    invited = done(world.post(COORDINATOR, f"{PATH}/invitations", {**LETTER, "parties": [OTHER]}, key="once"))
    assert standing(invited) == {PARTY: "not_invited", OTHER: "no_answer"}
    assert invited["counts"] == {
        "parties": 2,
        "invited": 1,
        "no_answer": 1,
        "declined": 0,
        "joined": 0,
        "signed": 1,
    }
    assert [(one["party"]["id"], one["signed"]) for one in invited["seats"]] == [(PARTY, True), (OTHER, False)]
    again = world.post(COORDINATOR, f"{PATH}/invitations", {**LETTER, "parties": [OTHER]}, key="once")
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert standing(done(world.get(COORDINATOR, f"{PATH}/seats"))) == standing(invited)


def test_a_party_declines_is_asked_again_and_joins_late(world: ApiWorld) -> None:
    done(world.post(COORDINATOR, f"{PATH}/invitations", {**LETTER, "parties": [PARTY]}))
    no = {"declined_on": "2021-11-10", "reason": "Tanpa anggaran"}
    seat = done(world.post(COORDINATOR, f"{PATH}/seats/{PARTY}/declinations", no))["seats"][0]
    assert (seat["standing"], seat["reason"], seat["answered_on"]) == ("declined", "Tanpa anggaran", "2021-11-10")
    yes = {"joined_on": "2021-11-22", "letter": "000.8/7"}
    seat = done(world.post(COORDINATOR, f"{PATH}/seats/{PARTY}/joinings", yes))["seats"][0]
    assert (seat["standing"], seat["late"], seat["answer_letter"], seat["reason"]) == ("joined", True, "000.8/7", None)
    body = {**LETTER, "parties": [PARTY]}
    problem = refused(world.post(COORDINATOR, f"{PATH}/invitations", body), 409, "party_joined")
    assert problem["blockers"][0]["facts"] == {"party": PARTY, "on": "2021-11-22"}


def test_what_is_wrong_is_said_and_nothing_is_half_done(world: ApiWorld) -> None:
    strangers = {**LETTER, "parties": [PARTY, "61.99"]}
    refused(world.post(COORDINATOR, f"{PATH}/invitations", strangers), 422, "party_not_in_programme")
    refused(world.post(COORDINATOR, f"{PATH}/invitations", {**LETTER, "parties": []}), 422, "input_invalid")
    no = {"declined_on": "2021-11-10", "reason": "Tanpa anggaran"}
    refused(world.post(COORDINATOR, f"{PATH}/seats/{PARTY}/declinations", no), 409, "party_not_invited")
    tomorrow = str((world.runtime.now() + timedelta(days=2)).date())
    early = {"joined_on": tomorrow}
    refused(world.post(COORDINATOR, f"{PATH}/seats/{PARTY}/joinings", early), 422, "seat_in_future")
    refused(world.post(COORDINATOR, "/programmes/none/invitations", strangers), 422, "programme_unknown")
    refused(world.get(COORDINATOR, "/programmes/none/seats"), 422, "programme_unknown")
    assert set(standing(done(world.get(COORDINATOR, f"{PATH}/seats"))).values()) == {"not_invited"}


def test_an_office_sees_the_seats_of_its_scope_and_only_who_opens_programmes_changes_them(world: ApiWorld) -> None:
    seen = {office: list(standing(done(world.get(office, f"{PATH}/seats")))) for office in (PROVINCE, REGION, HEAD)}
    assert seen == {PROVINCE: [PARTY, OTHER], REGION: [PARTY], HEAD: [PARTY]}
    assert list(standing(done(world.get(NEIGHBOUR, f"{PATH}/seats")))) == [OTHER]
    for office in (PROVINCE, REGION, HEAD):
        body = {**LETTER, "parties": [PARTY]}
        refused(world.post(office, f"{PATH}/invitations", body), 403, "role_may_not")
        refused(world.post(office, f"{PATH}/seats/{PARTY}/joinings", {"joined_on": "2021-11-20"}), 403, "role_may_not")
