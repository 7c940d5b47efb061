"""What a plan's form says beyond the usual: component, way of counting, items before, weight, targets by period."""

from __future__ import annotations

from decimal import Decimal

import pytest

from service.web.forms import number, written_number
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import REGION
from workflows.facts import PeriodTarget

FILLED = {
    "item-2-component": "hotline",
    "item-2-value": "per_period",
    "item-2-depends_on": "1; 3, 1",
    "item-2-weight": "2,5",
    "item-2-targets": "B03=10; B06 = 1,250000",
}


def test_an_item_gets_what_comes_before_it_its_weight_and_its_targets_and_keeps_them(
    world: ApiWorld, drafted: str
) -> None:
    one = visitor(world, REGION)
    where = f"/commitments/{drafted}/draft"
    one.open(where)
    one.send(one.form(where), FILLED)
    assert one.status == 200, one.words
    for _ in range(2):
        item = world.runtime.commitment(drafted).state.items[1]
        assert (item.component, item.value, item.depends_on) == ("hotline", "per_period", (1, 3))
        assert item.weight == Decimal("2.5")
        assert item.targets == (PeriodTarget("B03", Decimal(10)), PeriodTarget("B06", Decimal("1.25")))
        one.open(where)
        one.send(one.form(where), {"item-1-output": "Keputusan tim"})
        assert one.status == 200, one.words


def test_an_item_on_which_another_rests_can_be_dropped_with_that_said_anew(world: ApiWorld, drafted: str) -> None:
    one = visitor(world, REGION)
    where = f"/commitments/{drafted}/draft"
    one.open(where)
    one.send(one.form(where), {"item-3-depends_on": "2"})
    one.open(where)
    one.send(one.form(where), {"item-2-drop": "1"})
    assert one.status == 422
    one.send(one.form(where), {"item-2-drop": "1", "item-3-depends_on": ""})
    assert one.status == 200, one.words
    assert [item.number for item in world.runtime.commitment(drafted).state.items] == [1, 3]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("item-2-depends_on", "satu"),
        ("item-2-depends_on", "1.5"),
        ("item-2-weight", "-1"),
        ("item-2-weight", "NaN"),
        ("item-2-targets", "B03"),
        ("item-2-targets", "B03=sepuluh"),
        ("item-2-targets", "=10"),
    ],
)
def test_what_cannot_be_read_is_said_at_its_field(world: ApiWorld, drafted: str, field: str, value: str) -> None:
    one = visitor(world, REGION)
    where = f"/commitments/{drafted}/draft"
    one.open(where)
    one.send(one.form(where), {field: value})
    assert one.status == 422
    assert f'id="{field}-error"' in one.page
    assert one.form(where).value(field) == value


@pytest.mark.parametrize("value", ["0.125", "12.345", "1234.5", "1250", "999999999999.000001", "0.5"])
def test_a_number_in_a_field_is_read_back_as_it_is(value: str) -> None:
    assert number({"target": written_number(Decimal(value))}, "target") == Decimal(value)
