"""What an item's form says beyond the usual: its part of the subject, how it counts, what comes before it, how much
it weighs, and what it is to reach by each period."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from service.web.forms import FieldWrong, number, text, written_number
from workflows.facts import PeriodTarget, PlanItem

EXTRAS = ("component", "value", "depends_on", "weight", "targets")
MOST_DIGITS = 4
_APART = re.compile(r"[;,\s]+")


def written_extras(item: PlanItem) -> Mapping[str, str]:
    """The fields as they say what the item has."""
    return {
        "component": item.component or "",
        "value": item.value,
        "depends_on": "; ".join(str(one) for one in item.depends_on),
        "weight": "" if item.weight is None else written_number(item.weight),
        "targets": "; ".join(f"{one.period}={written_number(one.target)}" for one in item.targets),
    }


def with_extras(form: Mapping[str, str], item: PlanItem, prefix: str) -> PlanItem:
    """The item as those of the fields say that the form has. Raises FieldWrong."""
    names = {name: f"{prefix}-{name}" for name in EXTRAS}
    said = {name: text(form, names[name]) for name in EXTRAS if names[name] in form}
    return replace(
        item,
        component=(said["component"] or None) if "component" in said else item.component,
        value=said.get("value", item.value),
        depends_on=_numbers(said["depends_on"], names["depends_on"]) if "depends_on" in said else item.depends_on,
        weight=_weight(said["weight"], names["weight"]) if "weight" in said else item.weight,
        targets=_targets(said["targets"], names["targets"]) if "targets" in said else item.targets,
    )


def _numbers(said: str, field: str) -> tuple[int, ...]:
    parts = [part for part in _APART.split(said) if part]
    if not all(part.isascii() and part.isdigit() and len(part) <= MOST_DIGITS for part in parts):
        raise FieldWrong(field, "items")
    return tuple(dict.fromkeys(int(part) for part in parts))


def _weight(said: str, field: str) -> Decimal | None:
    return number({field: said}, field) if said else None


def _targets(said: str, field: str) -> tuple[PeriodTarget, ...]:
    return tuple(_target(part, field) for part in re.split(r"[;\n]", said) if part.strip())


def _target(part: str, field: str) -> PeriodTarget:
    period, _, target = part.partition("=")
    if not period.strip() or not target.strip():
        raise FieldWrong(field, "targets")
    return PeriodTarget(period.strip(), number({field: target}, field))
