"""Commitments as a file for a spreadsheet: what the office sees, and nothing that a spreadsheet would carry out."""

from __future__ import annotations

import csv
import io

from tests.support.api_story import drafted, started
from tests.support.api_world import ApiWorld, item_body
from tests.support.browsing import visitor
from tests.support.own_fields import PROGRAMME, with_own_fields
from tests.support.world import COORDINATOR, HEAD, NEIGHBOUR, PLAN, REGION

FORMULA = '=HYPERLINK("https://evil.example")'
PATH = f"/commitments.csv?programme={PROGRAMME}"


def downloaded(world: ApiWorld, office: str, path: str = "/commitments.csv") -> list[dict[str, str]]:
    one = visitor(world, office)
    one.open(path)
    assert one.status == 200
    assert one.page.startswith("\N{ZERO WIDTH NO-BREAK SPACE}reference,")
    return list(csv.DictReader(io.StringIO(one.page.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}"))))


def test_each_commitment_is_a_row_with_its_names_and_counts(world: ApiWorld) -> None:
    story = started(world)
    world.catch_up()
    (row,) = downloaded(world, COORDINATOR)
    assert row["reference"] == story.read(COORDINATOR)["reference"]
    assert (row["state"], row["state_name"], row["items"]) == ("in_replication", "Dalam replikasi", str(len(PLAN)))
    assert row["signed_at"].endswith("+07:00")
    assert downloaded(world, NEIGHBOUR) == []


def test_own_fields_are_exported_to_who_sees_them_and_no_cell_is_a_formula(world: ApiWorld) -> None:
    items = [item_body(one, fields={"cost": "1000"}) for one in PLAN]
    fields = {"group": "children", "secret": 'Sengketa, "lahan"', "hotline": FORMULA}
    drafted(with_own_fields(world), programme=PROGRAMME, items=items, fields=fields)
    world.catch_up()
    (own,) = downloaded(world, REGION, PATH)
    assert (own["field.group"], own["field.secret"]) == ("children", 'Sengketa, "lahan"')
    assert own["field.hotline"] == f"'{FORMULA}"
    (other,) = downloaded(world, HEAD, PATH)
    assert "field.secret" not in other
    assert other["field.group"] == "children"


def test_no_cell_becomes_a_formula_where_a_semicolon_ends_cells(world: ApiWorld) -> None:
    items = [item_body(one, fields={"cost": "1000"}) for one in PLAN]
    fields = {"group": "children", "hotline": "112;=1+1; -2;tetap"}
    drafted(with_own_fields(world), programme=PROGRAMME, items=items, fields=fields)
    world.catch_up()
    (own,) = downloaded(world, HEAD, PATH)
    assert own["field.hotline"] == "112;'=1+1;' -2;tetap"


def test_an_unknown_programme_is_not_found_and_nobody_downloads_unknown(world: ApiWorld) -> None:
    one = visitor(world, COORDINATOR)
    one.open("/commitments.csv?programme=none")
    assert one.status == 404
    assert world.app.test_client().get("/commitments.csv").location == "/login?next=/commitments.csv"
