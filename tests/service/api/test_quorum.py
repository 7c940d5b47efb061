"""A step that several offices share, through the API."""

from __future__ import annotations

from tests.support.api_story import done, refused
from tests.support.api_world import ApiWorld, draft_body
from tests.support.shared_api import SHARED_PROGRAMME, shared_programme, shared_request
from tests.support.world import COORDINATOR, HEAD, MENTOR, PROVINCE, REGION, SECRETARY


def decide(world: ApiWorld, office: str, commitment: str, verdict: str, **body: str) -> dict[str, object]:
    etag = world.get(office, f"/commitments/{commitment}").headers["ETag"]
    answer = done(world.post(office, f"/requests/{commitment}.r1/{verdict}", body, etag=etag))
    request = answer["request"]
    assert isinstance(request, dict)
    return request


def test_a_request_names_every_office_that_it_waits_for_and_its_quorum(world: ApiWorld) -> None:
    commitment = shared_request(world)
    request = done(world.get(HEAD, f"/requests/{commitment}.r1"))
    assert [(one["office"], one["member"]) for one in request["waits_for"]] == [
        (REGION, 1),
        (MENTOR, 2),
        (COORDINATOR, 3),
    ]
    (quorum,) = request["quorums"]
    assert (quorum["step"], quorum["needed"], len(quorum["members"])) == ("review", 2, 3)


def test_it_stands_in_every_inbox_until_enough_have_approved(world: ApiWorld) -> None:
    commitment = shared_request(world)
    world.catch_up()
    offices = (REGION, MENTOR, COORDINATOR)
    assert [len(done(world.get(one, "/inbox"))["waiting"]) for one in offices] == [1, 1, 1]
    listed = [done(world.get(REGION, f"/commitments?office={one}"))["commitments"] for one in (*offices, SECRETARY)]
    assert [len(one) for one in listed] == [1, 1, 1, 0]

    decide(world, MENTOR, commitment, "approvals")
    request = decide(world, REGION, commitment, "approvals")
    assert [one["office"] for one in request["waits_for"]] == [SECRETARY]
    world.catch_up()
    assert [len(done(world.get(one, "/inbox"))["waiting"]) for one in (*offices, SECRETARY)] == [0, 0, 0, 1]
    notice = done(world.get(COORDINATOR, "/notices"))["notices"][0]
    assert (notice["fact"], notice["why"]) == ("members-released", "approver")


def test_one_rejection_leaves_it_open_and_the_second_ends_it(world: ApiWorld) -> None:
    commitment = shared_request(world)
    first = decide(world, MENTOR, commitment, "rejections", reason="di_luar_kewenangan")
    assert (first["status"], [act["kind"] for act in first["acts"]]) == ("open", ["asked", "rejected"])
    second = decide(world, REGION, commitment, "rejections", reason="di_luar_kewenangan")
    assert second["status"] == "rejected"


def test_a_quorum_that_cannot_be_met_is_refused_with_the_offices(world: ApiWorld) -> None:
    shared_programme(world)
    for office in (MENTOR, COORDINATOR, PROVINCE):
        world.end(office)
    drafted = done(world.post(REGION, "/commitments", draft_body(programme=SHARED_PROGRAMME)))
    answer = world.post(HEAD, f"/commitments/{drafted['commitment']}/requests", {"move": "start"})
    problem = refused(answer, 409, "quorum_unreachable")
    assert "Jabatan 61.mentor" in problem["title"] or "61.mentor" in problem["title"]
