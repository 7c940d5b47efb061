"""What is wrong with the values of a workflow's own fields, and which of them are missing."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby

from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import FieldValue, PlanItem
from workflows.fields import Fields, Values, canonical, keeping_hidden, plan_written
from workflows.rules import NONE, Blockers, collect, role_of


@dataclass(frozen=True, slots=True)
class Filling:
    """Values that the acting office writes. on: commitment | item <number> | claim | request"""

    on: str
    fields: Fields
    values: Values
    context: Context

    @property
    def role(self) -> str | None:
        """The acting office's role."""
        return role_of(self.context.by.authority, self.context)

    @property
    def seen(self) -> Fields:
        """The fields that the acting office sees."""
        return {name: field for name, field in self.fields.items() if field.is_seen_by(self.role)}


def filling_blockers(on: str, fields: Fields, values: Values, context: Context) -> Blockers:
    """Everything that is wrong with the values, whatever may be missing."""
    return collect(FILLING_RULES, Filling(on, fields, values, context))


def item_blockers(items: Iterable[PlanItem], context: Context) -> Blockers:
    """Everything that is wrong with the values in a plan as somebody wrote it."""
    fields = context.definition.fields.item
    return tuple(
        blocker for item in items for blocker in filling_blockers(f"item {item.number}", fields, item.fields, context)
    )


def items_written(items: tuple[PlanItem, ...], before: tuple[PlanItem, ...], context: Context) -> tuple[PlanItem, ...]:
    """A plan that the acting office wrote, as a fact states it: canonical, and what it doesn't see as before."""
    fields, role = context.definition.fields.item, role_of(context.by.authority, context)
    if not fields:
        return items
    return plan_written(keeping_hidden(items, before, fields, role), fields)


def missing(
    on: str, fields: Fields, values: Values, stages: Collection[str], cleared_by: tuple[str, ...] = ()
) -> Blockers:
    """The fields that must be filled in one of the stages (states and moves) and aren't."""
    filled = {one.name for one in values}
    wanted = [name for name, field in fields.items() if not field.required_in.isdisjoint(stages) and name not in filled]
    if not wanted:
        return NONE
    return (Blocker("field_missing", {"fields": ", ".join(wanted), "object": on}, cleared_by),)


def missing_in_plan(
    items: Iterable[PlanItem], fields: Fields, stages: Collection[str], cleared_by: tuple[str, ...] = ()
) -> Blockers:
    """The same for each item of a plan; items that lack the same are named together."""
    lacking = [
        (blocker.facts["fields"], item.number)
        for item in items
        for blocker in missing("item", fields, item.fields, stages)
    ]
    return tuple(
        Blocker(
            "field_missing", {"fields": names, "object": ", ".join(f"item {number}" for _, number in alike)}, cleared_by
        )
        for names, alike in groupby(sorted(lacking), key=lambda one: one[0])
    )


def known(case: Filling) -> Blockers:
    """Declared, and seen by the acting office: a field that it doesn't see isn't there for it."""
    unknown = [one.name for one in case.values if one.name not in case.seen]
    if not unknown:
        return NONE
    found = {"fields": ", ".join(unknown), "object": case.on, "known_fields": ", ".join(sorted(case.seen)) or "-"}
    return (Blocker("field_unknown", found),)


def sound(case: Filling) -> Blockers:
    """Each filled value is one of its field's."""
    return tuple(
        Blocker("field_invalid", {"fields": one.name, "object": case.on, "expected": case.fields[one.name].type})
        for one in case.values
        if one.name in case.seen and one.value.strip() and not _is_sound(case, one)
    )


FILLING_RULES = (known, sound)


def _is_sound(case: Filling, one: FieldValue) -> bool:
    field = case.fields[one.name]
    value = canonical(field, one.value)
    if value is not None and field.type == "office":
        return case.context.directory.office(value) is not None
    return value is not None
