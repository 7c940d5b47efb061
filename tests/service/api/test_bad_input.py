"""What can't be right is refused with a stable code, names its place, and leaves nothing behind."""

from __future__ import annotations

import json
from typing import Any

import pytest

from service import catalog
from tests.support.api_story import done, drafted, refused, started
from tests.support.api_world import ApiWorld, draft_body, item_body
from tests.support.world import HEAD, PIC, REGION
from workflows.commands import RegisterOrganisation


def _events(world: ApiWorld) -> int:
    head = world.runtime.store.log_head()
    return 0 if head is None else head.position


BAD_DRAFTS: list[tuple[str, dict[str, Any], int, str]] = [
    ("an unknown field", {"colour": "red"}, 422, "input_invalid"),
    ("a missing field", {"party": None}, 422, "input_invalid"),
    ("a number for a text", {"agency": 7}, 422, "input_invalid"),
    ("a text for a number", {"fiscal_year": "2022"}, 422, "input_invalid"),
    ("an unknown party", {"party": "99.99"}, 422, "organisation_unknown"),
    ("a party outside the programme", {"party": "bpk"}, 422, "party_not_in_programme"),
    ("an unknown programme", {"programme": "other"}, 422, "programme_unknown"),
    ("an unknown subject", {"subject": "nothing"}, 422, "subject_not_in_programme"),
    ("an unknown office", {"pic": "61.03.nobody"}, 422, "office_unknown"),
    ("an agency of another party", {"agency": "61.05.sekda"}, 422, "agency_not_of_party"),
    ("an unknown scope", {"replication_scope": "half"}, 422, "scope_unknown"),
    ("another year", {"fiscal_year": 2030}, 422, "fiscal_year_unknown"),
]


@pytest.mark.parametrize(
    ("changed", "status", "code"), [row[1:] for row in BAD_DRAFTS], ids=[row[0] for row in BAD_DRAFTS]
)
def test_a_bad_draft_is_refused(world: ApiWorld, changed: dict[str, Any], status: int, code: str) -> None:
    before = _events(world)
    refused(world.post(REGION, "/commitments", draft_body(**changed)), status, code)
    assert _events(world) == before


BAD_ITEMS: list[tuple[str, dict[str, Any], str]] = [
    ("an end before its start", {"starts_on": "2022-03-01", "ends_on": "2022-02-01"}, "date_order"),
    ("negative money", {"budget_idr": -1}, "budget_negative"),
    ("money with a fraction", {"budget_idr": 1.5}, "input_invalid"),
    ("money as text", {"budget_idr": "1000"}, "input_invalid"),
    ("a day that doesn't exist", {"ends_on": "2022-02-30"}, "input_invalid"),
    ("a day in another order", {"ends_on": "30-09-2022"}, "input_invalid"),
    ("a day without dashes", {"ends_on": "20220930"}, "input_invalid"),
    ("a target of nothing", {"target": 0}, "target_not_positive"),
    ("a target below nothing", {"target": "-5"}, "target_not_positive"),
    ("a target that is no number", {"target": "many"}, "input_invalid"),
    ("a target with too many digits", {"target": "0.1234567"}, "input_invalid"),
    ("a target that is true", {"target": True}, "input_invalid"),
    ("an unknown stage", {"stage": "later"}, "stage_unknown"),
    ("an unknown fund", {"fund": "pocket"}, "fund_unknown"),
    ("an unknown component", {"component": "nothing"}, "component_unknown"),
    ("an unknown way to count", {"value": "sometimes"}, "value_unknown"),
    ("a null byte", {"activity": "a\x00b"}, "input_invalid"),
    ("half a character", {"activity": "a\ud800b"}, "input_invalid"),
]


@pytest.mark.parametrize(("changed", "code"), [row[1:] for row in BAD_ITEMS], ids=[row[0] for row in BAD_ITEMS])
def test_a_bad_plan_item_is_refused(world: ApiWorld, changed: dict[str, Any], code: str) -> None:
    before = _events(world)
    refused(world.post(REGION, "/commitments", draft_body(items=[item_body(**changed)])), 422, code)
    assert _events(world) == before


def test_two_items_of_one_number_are_refused(world: ApiWorld) -> None:
    refused(world.post(REGION, "/commitments", draft_body(items=[item_body(), item_body()])), 422, "item_number_twice")


def test_every_wrong_field_is_named_where_it_stands(world: ApiWorld) -> None:
    body = draft_body(items=[item_body(), item_body(number=2, target="x", ends_on="2022-13-01")], colour="red")
    errors = refused(world.post(REGION, "/commitments", body), 422, "input_invalid")["errors"]
    assert set(errors) == {"colour", "items"}
    assert set(errors["items"]["1"]) == {"target", "ends_on"}


def test_a_code_that_lost_its_zero_is_refused_and_the_right_one_suggested(world: ApiWorld) -> None:
    world.tell(
        catalog.OFFICES, RegisterOrganisation("61.10", "61", "Kabupaten Melawi", "kind", "Asia/Pontianak", "id-kalbar")
    )
    problem = refused(
        world.post(REGION, "/commitments", draft_body(party="61.1"), Accept_Language="en"), 422, "organisation_unknown"
    )
    assert "61.10" in problem["title"]
    assert "61.10" in problem["errors"]["party"][0]
    as_number = world.post(REGION, "/commitments", draft_body(party=61.1))
    assert "party" in refused(as_number, 422, "input_invalid")["errors"]


def test_numbers_keep_every_digit(world: ApiWorld) -> None:
    body = json.dumps(draft_body()).replace('"target": "100"', '"target": 0.1', 1)
    headers = {**world.bearer(REGION), "Idempotency-Key": "exact"}
    answer = world.client.post("/api/v1/commitments", data=body, content_type="application/json", headers=headers)
    commitment = done(answer)["commitment"]
    items = done(world.get(REGION, f"/commitments/{commitment}/plan-items"))["items"]
    assert items[0]["target"] == "0.1"


BAD_BODIES: list[tuple[str, bytes, str | None, int, str]] = [
    ("no JSON", b"{", "application/json", 400, "body_malformed"),
    ("not UTF-8", b'{"a": "\xff"}', "application/json", 400, "body_malformed"),
    ("a number that is none", b'{"fiscal_year": NaN}', "application/json", 400, "body_malformed"),
    ("a name twice", b'{"party": "a", "party": "b"}', "application/json", 400, "body_malformed"),
    ("nested too deeply", b"[" * 100 + b"]" * 100, "application/json", 400, "body_malformed"),
    ("a bomb", b"[" * 100_000, "application/json", 400, "body_malformed"),
    ("an empty body", b"", "application/json", 400, "body_malformed"),
    ("a list", b"[]", "application/json", 422, "input_invalid"),
    ("a text", b'"a"', "application/json", 422, "input_invalid"),
    ("null", b"null", "application/json", 422, "input_invalid"),
    ("a form", b"a=b", "application/x-www-form-urlencoded", 415, "media_type_unsupported"),
    ("no type", b"{}", None, 415, "media_type_unsupported"),
]


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"), [row[1:] for row in BAD_BODIES], ids=[row[0] for row in BAD_BODIES]
)
def test_a_bad_body_is_refused(world: ApiWorld, body: bytes, media_type: str | None, status: int, code: str) -> None:
    headers = {**world.bearer(REGION), "Idempotency-Key": "bad"}
    answer = world.client.post("/api/v1/commitments", data=body, content_type=media_type, headers=headers)
    refused(answer, status, code)


def test_a_body_over_the_limit_is_refused_before_it_is_read(world: ApiWorld) -> None:
    body = draft_body(items=[item_body(activity="x" * 1_100_000)])
    refused(world.post(REGION, "/commitments", body), 413, "body_too_large")


def test_a_plan_too_large_for_one_fact_is_refused(world: ApiWorld) -> None:
    items = [item_body(number=number, activity="x" * 900) for number in range(1, 101)]
    before = _events(world)
    refused(world.post(REGION, "/commitments", draft_body(items=items)), 413, "fact_too_large")
    assert _events(world) == before


def test_an_unknown_address_method_and_query_are_problems(world: ApiWorld) -> None:
    refused(world.get(HEAD, "/nothing"), 404, "not_found")
    answer = world.client.delete("/api/v1/inbox", headers=world.bearer(HEAD))
    refused(answer, 405, "method_not_allowed")
    assert "GET" in answer.headers["Allow"]
    assert "colour" in refused(world.get(HEAD, "/commitments?colour=red"), 422, "input_invalid")["errors"]
    assert "state" in refused(world.get(HEAD, "/commitments?state=nowhere"), 422, "input_invalid")["errors"]
    assert "office" in refused(world.get(HEAD, "/commitments?office=nobody"), 422, "input_invalid")["errors"]


def test_a_move_that_the_state_forbids_is_refused(world: ApiWorld) -> None:
    story = drafted(world)
    body = {"move": "complete", "evidence": [world.upload(HEAD)]}
    refused(world.post(HEAD, f"{story.path}/requests", body), 409, "not_in_state")
    refused(world.post(HEAD, f"{story.path}/requests", {"move": "fly"}), 422, "move_unknown")


def test_bad_claims_are_refused(world: ApiWorld) -> None:
    story = started(world)
    photo = world.upload(PIC, b"\x89PNG\r\n\x1a\n foto", "foto.png")
    path, good = f"{story.path}/claims", {"item": 1, "value": 5, "evidence": [photo]}
    refused(world.post(PIC, path, {**good, "value": 0}), 422, "value_not_positive")
    refused(world.post(PIC, path, {**good, "item": 99}), 422, "item_unknown")
    refused(world.post(PIC, path, {**good, "evidence": []}), 422, "evidence_missing")
    refused(world.post(PIC, path, {**good, "evidence": ["0" * 64]}), 422, "evidence_unknown")
    refused(world.post(PIC, path, {**good, "value": 1e300}), 422, "input_invalid")
    refused(world.get(PIC, "/claims/none"), 404, "not_found")


def test_reasons_come_from_the_list(world: ApiWorld) -> None:
    story = drafted(world)
    request = story.ask("sign")
    path = f"/requests/{request}/returns"
    refused(world.post(REGION, path, {"reason": "because"}, etag=story.etag), 422, "reason_unknown")
    refused(world.post(REGION, path, {"reason": "lainnya"}, etag=story.etag), 422, "reason_text_short")


@pytest.mark.parametrize("cursor", ["x", "!!!", "e30", "WyJvdGhlciIsImEiXQ", "WyJjb21taXRtZW50cyIsMV0"])
def test_a_cursor_of_another_making_is_refused(world: ApiWorld, cursor: str) -> None:
    refused(world.get(HEAD, f"/commitments?cursor={cursor}"), 400, "cursor_malformed")
