"""The section of fields of the workflow's own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType

from workflows.definition import FIELD_TYPES, Field, Label, Move, OwnFields
from workflows.definition.fields import NO_FIELDS, Fields
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.values import at_least, words
from workflows.yaml_nodes import Value

OBJECTS = ("commitment", "item", "claim")
BOUNDED = ("number", "money")


def own_fields(value: Value, known: Known, moves: Mapping[str, Move]) -> OwnFields:
    """The fields by object; a request's by its move."""
    parts = value.record((), (*OBJECTS, "request"))
    stages = (*known.states, *moves)
    by_move: dict[str, Fields] = {}
    asked = parts["request"].mapping() if "request" in parts else {}
    for move, member in asked.items():
        if move not in moves:
            member.fail(f"unknown move {move!r}, expected one of {', '.join(sorted(moves))}")
        by_move[move] = _fields(member, known, (*known.states, move))
    return OwnFields(
        commitment=_fields(parts["commitment"], known, stages) if "commitment" in parts else NO_FIELDS,
        item=_fields(parts["item"], known, stages) if "item" in parts else NO_FIELDS,
        claim=_fields(parts["claim"], known, known.states) if "claim" in parts else NO_FIELDS,
        request=MappingProxyType(by_move),
    )


def _fields(value: Value, known: Known, stages: Collection[str]) -> Fields:
    return MappingProxyType({name: _field(name, one, known, stages) for name, one in value.named().items()})


def _field(name: str, value: Value, known: Known, stages: Collection[str]) -> Field:
    parts = value.record(("label", "type"), ("required_in", "visible_to", "choices", "max_chars", "min", "max"))
    kind = parts["type"].one_of(FIELD_TYPES, "type")
    _fits(parts, kind)
    least, most = _bound(parts, "min", kind), _bound(parts, "max", kind)
    if least is not None and most is not None and most < least:
        parts["max"].fail(f"{most}, expected at least min ({least})")
    return Field(
        name=name,
        label=label(parts["label"]),
        type=kind,
        required_in=frozenset(words(parts["required_in"], stages, "stage")) if "required_in" in parts else frozenset(),
        visible_to=frozenset(words(parts["visible_to"], known.roles, "role")) if "visible_to" in parts else None,
        choices=_choices(parts["choices"]) if "choices" in parts else {},
        max_chars=at_least(1, parts["max_chars"]) if "max_chars" in parts else None,
        least=least,
        most=most,
    )


def _fits(parts: Mapping[str, Value], kind: str) -> None:
    """A key that says nothing of the type is a slip; so is a choice among nothing."""
    for key, kinds in (("choices", ("choice",)), ("max_chars", ("text",)), ("min", BOUNDED), ("max", BOUNDED)):
        if key in parts and kind not in kinds:
            parts[key].fail(f"only for {' and '.join(kinds)}, this is a {kind}")
    if kind == "choice" and "choices" not in parts:
        parts["type"].fail("a choice among nothing, expected choices")


def _choices(value: Value) -> Mapping[str, Label]:
    found = {name: label(member) for name, member in value.named().items()}
    if not found:
        value.fail("a choice among nothing, expected at least one")
    return MappingProxyType(found)


def _bound(parts: Mapping[str, Value], key: str, kind: str) -> Decimal | None:
    if key not in parts:
        return None
    return Decimal(parts[key].whole()) if kind == "money" else parts[key].quantity()
