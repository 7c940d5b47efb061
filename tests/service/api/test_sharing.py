"""One more approver, and a verdict that another office prepares, through the API."""

from __future__ import annotations

from service.verification import verify
from tests.support.api_story import done, refused
from tests.support.api_world import ApiWorld
from tests.support.several import asked
from tests.support.world import COORDINATOR, HEAD, PIC, REGION, SECRETARY


def waits_for(world: ApiWorld, commitment: str) -> list[tuple[str, str]]:
    request = done(world.get(HEAD, f"/requests/{commitment}.r1"))
    return [(one["step"], one["office"]) for one in request["waits_for"]]


def etag_of(world: ApiWorld, office: str, commitment: str) -> str:
    return str(world.get(office, f"/commitments/{commitment}").headers["ETag"])


def inbox(world: ApiWorld, office: str) -> list[str]:
    world.catch_up()
    return [one["kind"] for one in done(world.get(office, "/inbox"))["waiting"]]


def test_one_more_office_decides_first_and_is_named(world: ApiWorld) -> None:
    commitment = asked(world)
    path, body = f"/requests/{commitment}.r1", {"office": COORDINATOR, "place": "before", "text": "Mohon telaah."}
    answer = done(world.post(REGION, f"{path}/approvers", body, etag=etag_of(world, REGION, commitment)))
    (waits,), (extra,) = answer["request"]["waits_for"], answer["request"]["extras"]
    assert (waits["step"], waits["label"]["id"]) == ("extra-1", "Persetujuan tambahan")
    assert (extra["office"], extra["beside"], extra["place"]) == (COORDINATOR, "check", "before")
    assert (inbox(world, COORDINATOR), inbox(world, REGION)) == (["decision"], [])
    done(world.post(COORDINATOR, f"{path}/approvals", etag=etag_of(world, COORDINATOR, commitment)))
    assert waits_for(world, commitment) == [("check", REGION)]
    assert inbox(world, REGION) == ["decision"]
    assert verify(world.runtime).agrees


def test_who_may_not_be_asked_is_refused_by_name(world: ApiWorld) -> None:
    commitment = asked(world)
    path, etag = f"/requests/{commitment}.r1/approvers", etag_of(world, REGION, commitment)
    refused(world.post(REGION, path, {"office": SECRETARY, "place": "before"}, etag=etag), 409, "extra_in_chain")
    refused(world.post(REGION, path, {"office": HEAD, "place": "before"}, etag=etag), 409, "extra_conflicted")
    refused(world.post(REGION, path, {"office": COORDINATOR, "place": "aside"}, etag=etag), 422, "place_unknown")
    refused(world.post(REGION, path, {"office": COORDINATOR, "place": "before"}), 428, "if_match_missing")


def test_a_verdict_is_prepared_below_and_given_above(world: ApiWorld) -> None:
    commitment = asked(world)
    path = f"/requests/{commitment}.r1"
    done(world.post(REGION, f"{path}/approvals", etag=etag_of(world, REGION, commitment)))
    body = {"office": PIC, "instruction": "Mohon periksa lampiran."}
    done(world.post(SECRETARY, f"{path}/forwards", body, etag=etag_of(world, SECRETARY, commitment)))
    assert inbox(world, PIC) == ["preparation"]
    refused(
        world.post(PIC, f"{path}/returns", {"reason": "bukti_kurang"}, etag=etag_of(world, PIC, commitment)),
        409,
        "not_your_turn",
    )
    noted = done(world.post(PIC, f"{path}/preparations", {"text": "Lengkap.", "hands_back": True}))
    (forward,) = noted["request"]["forwards"]
    assert (forward["handed_back"], forward["notes"], forward["by"]) == (True, ["Lengkap."], SECRETARY)
    assert inbox(world, PIC) == []
    refused(world.post(PIC, f"{path}/preparations", {"text": "Lagi."}), 403, "not_preparing")
    assert verify(world.runtime).agrees
