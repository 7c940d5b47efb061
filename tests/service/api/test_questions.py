"""Why not: for any office and act that somebody may ask about, now and as the log knew it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.api_story import done, refused, sign_asked, started
from tests.support.api_world import ApiWorld
from tests.support.world import AUDITOR, HEAD, NEIGHBOUR, OWNER, PIC, PROVINCE, REGION, SECRETARY


def acts(answer: dict[str, object]) -> dict[str, dict[str, object]]:
    possible = answer["possible"]
    assert isinstance(possible, list)
    return {one["act"]: one for one in possible}


def test_somebody_asks_why_another_office_has_not_acted_yet(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    answer = done(world.get(HEAD, f"{story.path}/blockers?office={SECRETARY}"))
    assert answer["office"] == SECRETARY
    blocker = acts(answer)["approve"]["blockers"][0]
    assert (blocker["code"], blocker["cleared_by"][0]["office"]) == ("not_your_turn", REGION)
    assert blocker["until"]
    assert blocker["sentence"]["id"] != blocker["sentence"]["en"]
    assert acts(done(world.get(HEAD, f"{story.path}/blockers?office={REGION}")))["approve"]["may"]


def test_an_act_or_move_that_the_state_does_not_offer_is_answered_all_the_same(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    move = done(world.get(HEAD, f"{story.path}/blockers?move=complete"))["possible"]
    assert [(one["act"], one["on"]) for one in move] == [("ask", "complete")]
    assert "not_in_state" in {one["code"] for one in move[0]["blockers"]}
    witness = done(world.get(PROVINCE, f"{story.path}/blockers?act=witness"))["possible"]
    assert witness[0]["blockers"][0]["code"] == "signature_missing"


@pytest.mark.parametrize("query", ["act=dance", "as_known_on=yesterday", "office=", "colour=red"])
def test_a_question_that_cannot_be_read_names_its_field(world: ApiWorld, query: str) -> None:
    story, _ = sign_asked(world)
    answer = world.get(HEAD, f"{story.path}/blockers?{query}")
    assert answer.status_code in (400, 422)
    assert answer.get_json()["code"] in ("input_invalid", "as_of_malformed")


def test_an_unknown_move_or_office_is_none(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    refused(world.get(HEAD, f"{story.path}/blockers?move=fly"), 404, "not_found")
    refused(world.get(HEAD, f"{story.path}/blockers?office=99.nobody"), 404, "not_found")


def test_the_past_is_answered_as_the_log_knew_it(world: ApiWorld) -> None:
    story, request = sign_asked(world)
    before = world.runtime.now()
    world.advance(to=before + timedelta(days=1))
    story.approve(request, REGION)
    known_on = before.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    past = done(world.get(HEAD, f"{story.path}/blockers?office={REGION}&as_known_on={known_on}"))
    assert acts(past)["approve"]["may"]
    assert past["etag"] is None
    assert past["as_of"]["known_on"]
    now = done(world.get(HEAD, f"{story.path}/blockers?office={REGION}"))
    assert not acts(now)["return"]["may"]
    first = done(world.get(HEAD, f"{story.path}/history"))["history"][0]["position"]
    drafted = done(world.get(HEAD, f"{story.path}/blockers?office={HEAD}&at_position={first}&act=approve"))
    assert acts(drafted)["approve"]["blockers"][0]["code"] == "no_request_open"
    refused(world.get(HEAD, f"{story.path}/blockers?at_position={first - 1}"), 404, "not_found")


def test_who_held_an_office_then_counts_for_the_past(world: ApiWorld) -> None:
    story, _ = sign_asked(world)
    known_on = world.runtime.now().strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    world.advance(to=world.runtime.now() + timedelta(days=1))
    world.end(REGION)
    vacant = done(world.get(HEAD, f"{story.path}/blockers?office={REGION}&act=approve"))
    assert acts(vacant)["approve"]["blockers"][0]["code"] == "not_a_holder"
    past = done(world.get(HEAD, f"{story.path}/blockers?office={REGION}&act=approve&as_known_on={known_on}"))
    assert acts(past)["approve"]["may"]


def test_nobody_learns_of_a_commitment_or_an_office_outside_their_scope(world: ApiWorld) -> None:
    story = started(world)
    refused(world.get(NEIGHBOUR, f"{story.path}/blockers?office={HEAD}"), 404, "not_found")
    refused(world.get(AUDITOR, f"{story.path}/blockers?office={HEAD}"), 404, "not_found")
    refused(world.get(PIC, f"{story.path}/blockers?office={NEIGHBOUR}"), 404, "not_found")
    refused(world.get(SECRETARY, f"{story.path}/blockers?office={AUDITOR}"), 404, "not_found")


def test_an_auditor_asks_about_every_office_that_its_grant_reaches(world: ApiWorld) -> None:
    story = started(world)
    world.grant(AUDITOR, subject="pikobar")
    assert done(world.get(AUDITOR, f"{story.path}/blockers?office={HEAD}"))["possible"]
    refused(world.get(AUDITOR, f"{story.path}/blockers?office={NEIGHBOUR}"), 404, "not_found")
    world.grant(AUDITOR, organisation="61")
    outside = done(world.get(AUDITOR, f"{story.path}/blockers?office={NEIGHBOUR}"))["possible"]
    assert {blocker["code"] for one in outside for blocker in one["blockers"]} == {"out_of_scope"}
    refused(world.get(AUDITOR, f"{story.path}/blockers?office={OWNER}"), 404, "not_found")
