from decimal import Decimal

import pytest

from tests.support.reporting import ReportingWorld, text
from tests.support.world import DRAFT_DAY, PLAN, REGION, Story, draft, given, item
from workflows.definition_yaml import parse
from workflows.facts import PeriodTarget, PlanItem
from workflows.plan import differences


def targets(*values: int, periods: tuple[str, ...] = ("B03", "B06", "B09", "B12")) -> tuple[PeriodTarget, ...]:
    return tuple(PeriodTarget(period, Decimal(value)) for period, value in zip(periods, values, strict=False))


def refused(*items: PlanItem) -> tuple[str, ...]:
    return given().when(REGION, draft(items=items)).codes


def test_an_item_may_depend_weigh_and_have_targets_by_period() -> None:
    said = item(2, depends_on=(1,), weight=Decimal("2.5"), targets=targets(10, 10, 100))
    story = given().when(REGION, draft(items=(item(1), said))).done
    assert story.commitment.item(2) == said
    counted = item(1, value="per_period", targets=targets(40, 30, 30))
    given().when(REGION, draft(items=(counted,))).passes()


@pytest.mark.parametrize("weight", ["0", "-1", "NaN", "Infinity"])
def test_a_weight_is_a_positive_number(weight: str) -> None:
    assert refused(item(1, weight=Decimal(weight))) == ("weight_not_positive",)


def test_an_item_depends_on_others_of_the_plan_and_never_on_itself() -> None:
    assert refused(item(1, depends_on=(7,))) == ("dependency_unknown",)
    assert refused(item(1, depends_on=(1,))) == ("dependency_circular",)
    circle = given().when(
        REGION, draft(items=(item(1, depends_on=(3,)), item(2, depends_on=(1,)), item(3, depends_on=(2,)), item(4)))
    )
    assert circle.refused("dependency_circular").blocker("dependency_circular").facts["items"] == "1, 2, 3"
    given().when(REGION, draft(items=(item(1), item(2, depends_on=(1,)), item(3, depends_on=(1, 2))))).passes()


@pytest.mark.parametrize(
    "changed",
    [
        {"targets": targets(10, periods=("B04",))},
        {"targets": targets(10, 20, periods=("B06", "B03"))},
        {"targets": targets(10, 20, periods=("B03", "B03"))},
        {"targets": targets(-1)},
        {"targets": (PeriodTarget("B03", Decimal("NaN")),)},
        {"targets": targets(20, 10)},
        {"targets": targets(10, 101)},
        {"targets": targets(60, 41), "value": "per_period"},
    ],
)
def test_targets_by_period_name_periods_in_order_and_keep_within_the_target(changed: dict[str, object]) -> None:
    tried = given().when(REGION, draft(items=(item(1, **changed),))).refused("target_periods_unsound")
    assert tried.blocker("target_periods_unsound").facts == {"items": "1", "known": "B03, B06, B09, B12"}


def test_a_workflow_without_periods_has_no_targets_by_period() -> None:

    written = text()
    line = next(line for line in written.splitlines() if line.startswith("periods:"))
    silent = ReportingWorld(definition=parse(written.replace(line + "\n", "")))
    Story(silent, DRAFT_DAY).when(REGION, draft(items=(item(1, targets=targets(10)),))).refused(
        "target_periods_unsound"
    )


def test_what_an_item_says_beyond_the_usual_is_a_difference_of_plans() -> None:
    new = (item(1, depends_on=(2,), weight=Decimal(2), targets=targets(10, 20)), *PLAN[1:])
    assert [(one.field, one.old, one.new) for one in differences((item(1), *PLAN[1:]), new)] == [
        ("depends_on", "", "2"),
        ("weight", "", "2"),
        ("targets", "", "B03=10, B06=20"),
    ]
