"""Appointments by two persons through the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from service import identity
from tests.support.api_story import done, refused, sign_asked
from tests.support.api_world import ApiWorld
from tests.support.world import ADMIN, DRAFT_DAY, HEAD, PROVINCE, REGION, SECRETARY

EMAIL = "pengganti@kawal.example"


def newcomer(world: ApiWorld) -> str:
    made = identity.create_person(world.runtime.engine, identity.NewPerson("Pengganti", EMAIL), now=datetime.now(UTC))
    return made.id


def body(**changed: Any) -> dict[str, Any]:
    sound = {
        "office": REGION,
        "email": EMAIL,
        "capacity": "plh",
        "letter": "821/9/2021",
        "starts_on": DRAFT_DAY.date().isoformat(),
        "ends_on": (DRAFT_DAY.date() + timedelta(days=14)).isoformat(),
    }
    return {**sound, **changed}


def propose(world: ApiWorld, by: str = SECRETARY, **changed: Any) -> str:
    return str(done(world.post(by, "/appointments", body(**changed)))["appointment"]["id"])


def test_a_proposed_holder_acts_only_once_another_person_confirmed(world: ApiWorld) -> None:
    person, (story, request) = newcomer(world), sign_asked(world)
    token = identity.issue_token(
        world.runtime.engine, person=person, office=REGION, name="uji", now=datetime.now(UTC)
    ).secret
    appointment = propose(world)
    world.tokens["newcomer"] = token
    refused(world.get("newcomer", "/inbox"), 401, "not_a_holder")
    refused(world.post(SECRETARY, f"/appointments/{appointment}/confirmation"), 403, "proposer_confirms")
    confirmed = done(world.post(ADMIN, f"/appointments/{appointment}/confirmation"))["appointment"]
    assert (confirmed["status"], confirmed["person"]) == ("confirmed", person)
    approved = world.post("newcomer", f"/requests/{request}/approvals", etag=story.etag)
    assert done(approved)["request"]["acts"][1]["office"] == REGION
    event = world.runtime.store.event_at(approved.get_json()["position"])
    assert event is not None
    assert event.actor.capacity == "plh"


def test_a_proposal_is_listed_to_those_who_may_confirm_it(world: ApiWorld) -> None:
    newcomer(world)
    appointment = propose(world)
    for office, sees in ((SECRETARY, True), (ADMIN, True), (PROVINCE, True), (REGION, True), (HEAD, False)):
        listed = done(world.get(office, "/appointments"))["appointments"]
        assert [one["id"] for one in listed] == ([appointment] if sees else [])


def test_repeats_read_the_same_and_wrong_proposals_are_refused(world: ApiWorld) -> None:
    newcomer(world)
    first = world.post(SECRETARY, "/appointments", body(), key="once")
    again = world.post(SECRETARY, "/appointments", body(), key="once")
    assert again.get_json() == first.get_json()
    refused(world.post(ADMIN, "/appointments", body()), 409, "proposal_waiting")
    refused(world.post(SECRETARY, "/appointments", body(email="tidak@ada.example")), 422, "appointee_unknown")
    refused(world.post(HEAD, "/appointments", body(email="tidak@ada.example")), 403, "may_not_appoint")
    refused(world.post(SECRETARY, "/appointments", body(office="nowhere")), 422, "office_unknown")
    past = (DRAFT_DAY.date() - timedelta(days=1)).isoformat()
    refused(world.post(SECRETARY, "/appointments", body(starts_on=past, capacity="plt")), 422, "appointment_in_past")
    refused(world.post(ADMIN, "/appointments/none/confirmation"), 404, "proposal_unknown")


def test_a_declined_proposal_is_gone(world: ApiWorld) -> None:
    newcomer(world)
    appointment = propose(world)
    declined = done(world.post(ADMIN, f"/appointments/{appointment}/refusal", {"reason": "Sudah ada Plh."}))
    assert declined["appointment"]["status"] == "declined"
    refused(world.post(ADMIN, f"/appointments/{appointment}/confirmation"), 404, "proposal_unknown")
    own = propose(world)
    done(world.post(SECRETARY, f"/appointments/{own}/refusal", {"reason": "Salah ketik"}))
