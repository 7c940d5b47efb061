"""Fields of a workflow's own over the API: written, refused by name, searched, and hidden from who doesn't see them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.api_story import ApiStory, done, drafted, refused
from tests.support.api_world import ApiWorld, draft_body, item_body
from tests.support.own_fields import PROGRAMME, with_own_fields
from tests.support.world import COORDINATOR, HEAD, PARTY, PLAN, REGION

SECRET, REMARK, MINUTES = "Sengketa lahan", "Lahan belum bebas", "Rapat tertutup"
FIELDS = {"group": "children", "decree": "2021-11-30 800/12", "secret": SECRET, "hotline": "0561 100%"}


@pytest.fixture
def fielded(world: ApiWorld) -> ApiWorld:
    return with_own_fields(world)


def items(**changed: Any) -> list[dict[str, Any]]:
    return [item_body(one, fields={"cost": "1000"}, **changed) for one in PLAN]


def story(world: ApiWorld, **fields: str) -> ApiStory:
    plan = items()
    plan[0]["fields"] = {"cost": "1000", "remark": REMARK}
    return drafted(world, programme=PROGRAMME, items=plan, fields={**FIELDS, **fields})


def test_fields_are_written_and_read_in_their_canonical_form(fielded: ApiWorld) -> None:
    told = story(fielded, share="087.50", ceiling="0001500000", partner=HEAD)
    read = told.read(REGION)["fields"]
    assert (read["share"], read["ceiling"], read["partner"]) == ("87.5", "1500000", HEAD)
    edited = fielded.patch(REGION, told.path, {"fields": {"share": "", "group": "elderly"}}, etag=told.etag)
    done(edited)
    read = told.read(REGION)["fields"]
    assert read["group"] == "elderly"
    assert "share" not in read
    assert read["secret"] == SECRET


def test_a_wrong_value_is_refused_by_the_name_of_its_field(fielded: ApiWorld) -> None:
    def tried(**fields: str) -> dict[str, Any]:
        body = {**_draft_body(), "fields": {"group": "children", **fields}}
        return fielded.post(REGION, "/commitments", body).get_json()

    assert refused(fielded.post(REGION, "/commitments", {**_draft_body(), "fields": {}}), 422, "field_missing")
    for name, value in (("share", "101"), ("decree", "800/12"), ("group", "x"), ("partner", "x"), ("ceiling", "1.5")):
        problem = tried(**{name: value})
        assert problem["code"] == "field_invalid", problem
        assert problem["blockers"][0]["facts"]["fields"] == name
    assert tried(colour="red")["code"] == "field_unknown"


@pytest.mark.parametrize("fields", [["a"], "a", {"group": 1}, {"group": None}, {"": "x"}, {"a\nb": "x"}])
def test_what_is_no_object_of_texts_is_refused(fielded: ApiWorld, fields: object) -> None:
    body = {**_draft_body(), "fields": fields}
    problem = refused(fielded.post(REGION, "/commitments", body), 422, "input_invalid")
    assert "fields" in problem["errors"]


def test_a_move_says_which_fields_it_misses(fielded: ApiWorld) -> None:
    told = drafted(fielded, programme=PROGRAMME, fields={"group": "children"})
    problem = refused(fielded.post(HEAD, f"{told.path}/requests", {"move": "sign"}), 422, "field_missing")
    assert [one["facts"]["fields"] for one in problem["blockers"]] == ["met_on", "decree", "cost"]


def test_no_answer_shows_a_field_to_an_office_that_does_not_see_it(fielded: ApiWorld) -> None:
    told = story(fielded)
    body = {"move": "sign", "fields": {"met_on": "2021-11-30", "host": MINUTES}}
    request = done(fielded.post(HEAD, f"{told.path}/requests", body))["request"]
    assert request["fields"] == body["fields"]
    fielded.catch_up()
    places = [
        told.path,
        f"{told.path}?at_position={fielded.runtime.store.log_head().position}",
        f"{told.path}/plan-items",
        f"{told.path}/history",
        f"{told.path}/blockers",
        f"/requests/{request['id']}",
        f"/commitments?programme={PROGRAMME}",
        f"/sheets/{PROGRAMME}:{PARTY}",
        f"/programmes/{PROGRAMME}/roll-up",
        "/events?limit=1000",
    ]
    said = {office: "".join(fielded.get(office, place).get_data(as_text=True) for place in places) for office in SEES}
    assert {office: {one for one in (SECRET, REMARK, MINUTES) if one in text} for office, text in said.items()} == SEES
    for text in said.values():
        assert "0561 100%" in text


def test_a_supposition_shows_no_field_to_an_office_that_does_not_see_it(fielded: ApiWorld) -> None:
    told = story(fielded)
    changed = {"office": REGION, "path": told.path, "body": {"items": items()}}
    fields = {"met_on": "2021-11-30", "host": MINUTES}
    asked = {"office": HEAD, "path": f"{told.path}/requests", "body": {"move": "sign", "fields": fields}}
    said = {}
    for office in SEES:
        body = {"commands": [changed, asked]}
        answer = fielded.client.post("/api/v1/what-if", json=body, headers=fielded.bearer(office))
        assert [one["refused"] for one in done(answer)["steps"]] == [False, False]
        said[office] = answer.get_data(as_text=True)
    for text in said.values():
        assert not any(hidden in text for hidden in (SECRET, REMARK, MINUTES))


SEES = {HEAD: {MINUTES}, REGION: {SECRET, REMARK}, COORDINATOR: set()}


def test_the_feed_says_where_it_left_something_out(fielded: ApiWorld) -> None:
    story(fielded)

    def reduced(office: str) -> list[str]:
        events = done(fielded.get(office, "/events?limit=1000"))["events"]
        return [one["event"]["type"] for one in events if one["reduced"]]

    assert reduced(REGION) == []
    assert reduced(HEAD) == ["commitment-drafted", "plan-drafted"]


def test_a_list_is_narrowed_by_a_field(fielded: ApiWorld) -> None:
    told = story(fielded, share="87.5")
    fielded.catch_up()

    def found(office: str = REGION, **fields: str) -> list[str]:
        query = "&".join(f"field.{name}={value}" for name, value in fields.items())
        rows = done(fielded.get(office, f"/commitments?{query}"))["commitments"]
        return [row["id"] for row in rows]

    assert found(group="children") == [told.commitment]
    assert found(group="elderly") == []
    assert found(group="child") == []
    assert found(hotline="100%25") == [told.commitment]
    assert found(hotline="1_0") == []
    assert found(share="087.50") == [told.commitment]
    assert found(group="children", hotline="0561") == [told.commitment]
    assert found(secret="SENGKETA") == [told.commitment]
    refused(fielded.get(HEAD, "/commitments?field.secret=S"), 422, "input_invalid")
    refused(fielded.get(REGION, "/commitments?field.colour=red"), 422, "input_invalid")
    refused(fielded.get(REGION, "/commitments?field.group=a&field.group=b"), 422, "input_invalid")
    refused(fielded.get(REGION, "/commitments?field.group=a&at_position=1"), 422, "as_of_filter_unknown")
    refused(fielded.get(REGION, "/matrix?field.group=a"), 422, "input_invalid")


def test_a_list_shows_the_fields_that_the_office_sees(fielded: ApiWorld) -> None:
    story(fielded)
    fielded.catch_up()
    (row,) = done(fielded.get(HEAD, "/commitments"))["commitments"]
    assert row["fields"] == {name: FIELDS[name] for name in ("decree", "group", "hotline")}
    (then,) = done(fielded.get(HEAD, "/commitments?as_known_on=2021-11-29"))["commitments"]
    assert "fields" not in then


def _draft_body() -> dict[str, Any]:
    return draft_body(programme=PROGRAMME, items=items())
