"""Figures rolled up by what commitments hang under: computed from what each commitment's stream says."""

from __future__ import annotations

from typing import Any

from service.catalog import definition_stream, programme_stream
from service.dispatch import Caller
from tests.support.api_story import done, drafted, refused
from tests.support.api_world import ApiWorld, item_body
from tests.support.browsing import visitor
from tests.support.own_fields import NAME, PROGRAMME, text_with_fields, with_own_fields
from tests.support.world import COORDINATOR, NEIGHBOUR, PLAN, REGION
from workflows.commands import ConfirmDefinition, ProposeDefinition, UseDefinition
from workflows.context import Acting

PATH = f"/programmes/{PROGRAMME}/roll-up"


def hanging(world: ApiWorld, group: str, **changed: Any) -> None:
    items = [item_body(one, fields={"cost": "1000"}) for one in PLAN]
    drafted(world, programme=PROGRAMME, items=items, fields={"group": group}, **changed)
    world.catch_up()


def test_each_parent_counts_what_hangs_under_it(world: ApiWorld) -> None:
    hanging(with_own_fields(world), "children")
    found = done(world.get(COORDINATOR, PATH))
    assert [one["name"] for one in found["levels"]] == ["group"]
    (parent,) = found["parents"]
    assert (parent["path"], parent["commitments"], parent["items"]) == (["children"], 1, len(PLAN))
    assert [(one["state"], one["commitments"]) for one in parent["states"]] == [("drafted", 1)]
    assert (parent["verified_permille"], parent["money"]) == (0, None)
    assert found["sample"] is True


def test_a_changed_parent_moves_the_commitment_to_it(world: ApiWorld) -> None:
    hanging(with_own_fields(world), "children")
    (row,) = done(world.get(REGION, f"/commitments?programme={PROGRAMME}"))["commitments"]
    etag = world.get(REGION, f"/commitments/{row['id']}").headers["ETag"]
    done(world.patch(REGION, f"/commitments/{row['id']}", {"fields": {"group": "elderly"}}, etag=etag))
    world.catch_up()
    assert [one["path"] for one in done(world.get(COORDINATOR, PATH))["parents"]] == [["elderly"]]


def test_an_office_rolls_up_only_what_it_sees(world: ApiWorld) -> None:
    hanging(with_own_fields(world), "children")
    assert done(world.get(NEIGHBOUR, PATH))["parents"] == []


def test_a_parent_that_an_older_version_hides_stays_hidden(world: ApiWorld) -> None:
    items = [item_body(one, fields={"cost": "1000"}) for one in PLAN]
    drafted(
        with_own_fields(world), programme=PROGRAMME, items=items, fields={"group": "children", "secret": "Sengketa"}
    )
    now_seen = text_with_fields().replace("version: 2\n", "version: 3\n", 1).replace("[group]", "[secret]", 1)
    now_seen = now_seen.replace(
        "type: text, visible_to: [region_coordinator]}", "type: text, required_in: [drafted]}", 1
    )
    stream, coordinator = definition_stream(NAME), Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    world.tell(stream, ProposeDefinition(NAME, now_seen))
    world.tell(stream, ConfirmDefinition(f"{NAME}.p2"), by=coordinator)
    world.tell(programme_stream(PROGRAMME), UseDefinition(PROGRAMME, 3, "SE/3", "Versi baru"), by=coordinator)
    world.catch_up()
    assert [one["path"] for one in done(world.get(REGION, PATH))["parents"]] == [["Sengketa"]]
    assert [one["path"] for one in done(world.get(COORDINATOR, PATH))["parents"]] == [[""]]
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    assert "Sengketa" not in one.words


def test_an_unknown_level_is_named_with_those_that_there_are(world: ApiWorld) -> None:
    with_own_fields(world)
    problem = refused(world.get(COORDINATOR, f"{PATH}?level=nobody"), 422, "input_invalid")
    assert "expected one of group" in str(problem["errors"])
    refused(world.get(COORDINATOR, "/programmes/none/roll-up"), 422, "programme_unknown")


def test_a_workflow_without_parents_has_none(world: ApiWorld) -> None:
    assert done(world.get(COORDINATOR, "/programmes/kalbar-2022/roll-up"))["parents"] == []
    one = visitor(world, COORDINATOR)
    one.open("/programmes/kalbar-2022/roll-up")
    assert "tidak memakai induk" in one.words


def test_the_page_tells_it_in_words(world: ApiWorld) -> None:
    hanging(with_own_fields(world), "children")
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    assert "Anak" in one.words
    assert "Konsep: 1" in one.words
    one.open(f"{PATH}?level=nobody")
    assert one.status == 404
    one.open("/programmes/none/roll-up")
    assert one.status == 404
