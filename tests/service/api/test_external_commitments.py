"""A draft brought under another system's id: made once, changed from then on, and one id means one commitment."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import done, refused
from tests.support.api_world import ApiWorld, draft_body, item_body
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, OPENED, REGION, SECRETARY
from workflows.commands import OpenProgramme
from workflows.context import Acting

PATH = "/external-commitments"


def body(**changed: Any) -> dict[str, Any]:
    return draft_body(**{"system": "sipd", "id": "2022/7 – 追跡", **changed})


def test_the_first_makes_a_draft_and_a_later_one_changes_it(world: ApiWorld) -> None:
    made = done(world.post(REGION, PATH, body()))
    found = done(world.get(HEAD, "/external-ids/sipd/2022/7 – 追跡"))["found"]
    assert [(one["kind"], one["name"]) for one in found] == [("commitment", made["commitment"])]
    items = [item_body(target="80"), *(item_body(number=number) for number in (2, 3))]
    changed = done(world.post(REGION, PATH, body(items=items)))
    assert changed["commitment"] == made["commitment"]
    plan = done(world.get(REGION, f"/commitments/{made['commitment']}/plan-items"))["items"]
    assert plan[0]["target"] == "80"
    assert len(done(world.get(REGION, f"/commitments/{made['commitment']}"))["external_ids"]) == 1


def test_the_same_again_is_nothing_new_whatever_its_key(world: ApiWorld) -> None:
    first = world.post(REGION, PATH, body(), key="once")
    head = world.runtime.store.log_head()
    again = world.post(REGION, PATH, body(), key="once")
    assert done(again) == done(first)
    assert again.headers["Idempotency-Replayed"] == "true"
    done(world.post(REGION, PATH, body()))
    assert world.runtime.store.log_head() == head
    refused(world.post(REGION, PATH, body(agency="61.03.sekda"), key="once"), 422, "idempotency_key_reused")


def test_a_draft_that_is_there_gets_the_id(world: ApiWorld) -> None:
    made = done(world.post(REGION, "/commitments", draft_body()))
    assert done(world.post(REGION, PATH, body()))["commitment"] == made["commitment"]


def test_an_id_that_means_another_commitment_is_refused(world: ApiWorld) -> None:
    done(world.post(REGION, PATH, body()))
    other = body(party="61.05", agency="61.05.sekda", pic="61.05.sekda")
    refused(world.post(COORDINATOR, PATH, other), 409, "external_id_taken")


def test_a_reference_that_another_programme_has_changes_nothing_in_it(world: ApiWorld) -> None:
    made = done(world.post(REGION, "/commitments", draft_body()))
    opened = replace(OPENED, programme=OPENED.programme.upper())
    by = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(catalog.programme_stream(opened.programme), OpenProgramme(opened), by=by)
    other = body(programme=opened.programme, items=[item_body(target="80")])
    refused(world.post(REGION, PATH, other), 409, "commitment_exists")
    assert len(done(world.get(REGION, f"/commitments/{made['commitment']}/plan-items"))["items"]) == 3
    refused(world.get(REGION, "/external-ids/sipd/2022/7 – 追跡"), 404, "not_found")


def test_who_may_not_draft_brings_nothing_and_claims_no_id(world: ApiWorld) -> None:
    refused(world.post(SECRETARY, PATH, body()), 403, "role_may_not")
    assert world.post(NEIGHBOUR, PATH, body()).status_code in (403, 404)
    refused(world.get(REGION, "/external-ids/sipd/2022/7 – 追跡"), 404, "not_found")
    refused(world.post(REGION, PATH, body(id="a\nb")), 422, "external_id_unusable")
    refused(world.post(REGION, PATH, body(programme="x")), 422, "programme_unknown")
