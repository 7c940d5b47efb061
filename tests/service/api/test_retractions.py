"""A decision that is taken back: through the API, in the read models, in the past, and in what people are told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from service.notifications.claims import claim_due, record_sent
from service.notifications.notices import EMAIL
from service.verification import verify
from tests.support.api_story import ApiStory, done, refused, started
from tests.support.api_world import ApiWorld
from tests.support.several import asked
from tests.support.world import HEAD, REGION, SECRETARY

WHY = {"text": "Salah pilih."}


def approved(world: ApiWorld) -> str:
    """A request that the coordinator has just approved; its commitment. Telling begins before it."""
    world.catch_up()
    commitment = asked(world)
    etag = world.get(REGION, f"/commitments/{commitment}").headers["ETag"]
    done(world.post(REGION, f"/requests/{commitment}.r1/approvals", etag=etag))
    return commitment


def deliveries(world: ApiWorld, office: str) -> list[tuple[str, str, bool]]:
    """Fact, status and whether it is held, of what goes to an office by mail."""
    query = text(
        "select n.fact, d.status, d.next_at is not null from delivery d join notice n on n.id = d.notice "
        "where n.office = :office order by n.position"
    )
    with world.runtime.engine.connect() as connection:
        return [(row[0], row[1], bool(row[2])) for row in connection.execute(query, {"office": office})]


def send(world: ApiWorld, *, after: timedelta) -> int:
    """What is due after a while is sent."""
    now = datetime.now(UTC) + after
    claimed = claim_due(world.runtime.engine, EMAIL, now=now, limit=100, worker="uji")
    return record_sent(world.runtime.engine, claimed, now=now)


def test_it_waits_for_the_decider_again_in_every_view(world: ApiWorld) -> None:
    commitment = approved(world)
    world.catch_up()
    answer = done(world.post(REGION, f"/requests/{commitment}.r1/retractions", WHY))
    assert [one["office"] for one in answer["request"]["waits_for"]] == [REGION]
    world.catch_up()
    assert [len(done(world.get(one, "/inbox"))["waiting"]) for one in (REGION, SECRETARY)] == [1, 0]
    possible = done(world.get(REGION, f"/commitments/{commitment}/blockers"))["possible"]
    assert next(one for one in possible if one["act"] == "approve")["may"]
    assert verify(world.runtime).agrees


def test_a_second_click_gives_the_same_answer_and_a_second_retraction_none(world: ApiWorld) -> None:
    commitment = approved(world)
    path = f"/requests/{commitment}.r1/retractions"
    first = world.post(REGION, path, WHY, key="same")
    again = world.post(REGION, path, WHY, key="same")
    assert done(again) == done(first)
    refused(world.post(REGION, path, WHY), 409, "decision_stands")


def test_who_did_not_decide_and_who_comes_late_is_refused(world: ApiWorld) -> None:
    commitment = approved(world)
    path = f"/requests/{commitment}.r1/retractions"
    refused(world.post(SECRETARY, path, WHY), 403, "not_the_decider")
    refused(world.post(REGION, path, {"text": " "}), 422, "text_missing")
    world.advance(to=world.runtime.now() + timedelta(minutes=11))
    refused(world.post(REGION, path, WHY), 409, "retraction_late")


def test_a_state_that_was_taken_back_is_in_the_past_alone(world: ApiWorld) -> None:
    story: ApiStory = started(world)
    before = world.get(HEAD, story.path).get_json()["position"]
    request = list(world.runtime.commitment(story.commitment).state.requests)[-1]
    assert story.read()["state"]["name"] == "in_replication"
    done(world.post(SECRETARY, f"/requests/{request}/retractions", WHY))
    world.catch_up()
    assert story.read()["state"]["name"] == "signed"
    listed = done(world.get(HEAD, "/commitments"))["commitments"]
    assert [one["state"] for one in listed] == ["signed"]
    then = done(world.get(HEAD, f"/commitments?at_position={before}"))["commitments"]
    assert [one["state"] for one in then] == ["in_replication"]
    now = world.runtime.now().isoformat().replace("+00:00", "Z")
    both = done(world.get(HEAD, f"/commitments?at_position=9999&as_true_on={now}"))["commitments"]
    assert [one["state"] for one in both] == ["signed"]
    assert done(world.get(HEAD, f"{story.path}?as_true_on={now}"))["state"]["name"] == "signed"
    assert verify(world.runtime).agrees


def test_notices_of_a_decision_wait_two_minutes_and_are_dropped_with_it(world: ApiWorld) -> None:
    commitment = approved(world)
    world.catch_up()
    assert deliveries(world, SECRETARY) == [("step-reached", "waiting", True)]
    send(world, after=timedelta(minutes=1))
    assert deliveries(world, SECRETARY) == [("step-reached", "waiting", True)]
    done(world.post(REGION, f"/requests/{commitment}.r1/retractions", WHY))
    world.catch_up()
    assert deliveries(world, SECRETARY) == [("step-reached", "dropped", False)]
    notice = done(world.get(SECRETARY, "/notices"))["notices"][0]
    assert (notice["fact"], notice["why"]) == ("decision-retracted", "approver")


def test_who_was_sent_the_decision_is_sent_that_it_was_taken_back(world: ApiWorld) -> None:
    commitment = approved(world)
    world.catch_up()
    assert send(world, after=timedelta(minutes=2, seconds=5)) > 0
    done(world.post(REGION, f"/requests/{commitment}.r1/retractions", WHY))
    world.catch_up()
    assert deliveries(world, SECRETARY) == [("step-reached", "sent", False), ("decision-retracted", "sent", False)]


def test_a_decision_and_its_retraction_in_one_batch_send_nothing(world: ApiWorld) -> None:
    commitment = approved(world)
    done(world.post(REGION, f"/requests/{commitment}.r1/retractions", WHY))
    world.catch_up()
    assert deliveries(world, SECRETARY) == [("step-reached", "dropped", False)]
    facts = [one["fact"] for one in done(world.get(SECRETARY, "/notices"))["notices"]]
    assert facts[:2] == ["decision-retracted", "step-reached"]
