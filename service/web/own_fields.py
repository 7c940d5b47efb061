"""Fields of a workflow's own on pages: as inputs of a form, as what a form says, and as what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from service.sentences import Vocabulary, own_value
from service.web.forms import FieldWrong, number, text, written_number
from service.web.visit import Visit
from workflows.definition import Field
from workflows.errors import Blocker
from workflows.facts import FieldValue
from workflows.fields import Fields, Values, canonical, letter_of, seen

DAY = "-day"
"""What the name of the input for a letter's day ends with; the letter's number has the field's own."""


@dataclass(frozen=True, slots=True)
class OwnInput:
    """One field as an input. name: in the form; value: what stands in it; day: of a letter; options: of a choice"""

    name: str
    label: str
    type: str
    value: str
    day: str
    max_chars: int
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OwnShown:
    """What a field says, in words."""

    label: str
    value: str


def input_name(prefix: str, field: str) -> str:
    """The name of a field's input. prefix: empty, or what the names of an item's inputs begin with"""
    return f"{prefix}-own-{field}" if prefix else f"own-{field}"


def own_inputs(
    visit: Visit, fields: Fields, values: Values, *, entered: Mapping[str, str] | None, prefix: str = ""
) -> tuple[OwnInput, ...]:
    """The fields that the visitor sees as inputs, with their values or with what was entered."""
    said = {one.name: one.value for one in values}
    return tuple(
        _input(visit, field, said.get(field.name, ""), entered, prefix)
        for field in fields.values()
        if field.is_seen_by(visit.role)
    )


def own_values(form: Mapping[str, str], fields: Fields, role: str | None, prefix: str = "") -> Values:
    """What a form says of the fields that an office of that role sees; empty texts too. Raises FieldWrong."""
    return tuple(
        FieldValue(field.name, _read(form, field, input_name(prefix, field.name)))
        for field in fields.values()
        if field.is_seen_by(role)
    )


def own_shown(fields: Fields, values: Values, words: Vocabulary, role: str | None) -> tuple[OwnShown, ...]:
    """What an office of that role reads of the filled fields, in the workflow's order."""
    said = {one.name: one.value for one in seen(values, fields, role)}
    return tuple(
        OwnShown(words.said(field.label), own_value(field, said[name], words))
        for name, field in fields.items()
        if name in said
    )


def inputs_of(blocker: Blocker, form: Mapping[str, str]) -> tuple[str, ...]:
    """The inputs of the form that a blocker about own fields is about; none if the form hasn't all of them."""
    if blocker.code not in ("field_missing", "field_invalid"):
        return ()
    names = [_in_form(on, field, form) for on in blocker.facts["object"].split(", ") for field in _fields_of(blocker)]
    return tuple(name for name in names if name) if all(names) else ()


def _fields_of(blocker: Blocker) -> Iterable[str]:
    return blocker.facts["fields"].split(", ")


def _in_form(on: str, field: str, form: Mapping[str, str]) -> str | None:
    kind, _, item = on.partition(" ")
    prefixes = (f"item-{item}", "new") if kind == "item" else ("",)
    return next((name for prefix in prefixes if (name := input_name(prefix, field)) in form), None)


def _input(visit: Visit, field: Field, value: str, entered: Mapping[str, str] | None, prefix: str) -> OwnInput:
    name, letter = input_name(prefix, field.name), letter_of(value)
    if entered is not None:
        written, on = entered.get(name, ""), entered.get(name + DAY, "")
    elif field.type == "letter":
        written, on = letter.number, letter.on
    else:
        written = written_number(Decimal(value)) if value and field.type in ("number", "money") else value
        on = ""
    return OwnInput(
        name=name,
        label=visit.say(field.label.id, field.label.en),
        type=field.type,
        value=written,
        day=on,
        max_chars=field.max_chars or 1_000,
        options=tuple((code, visit.say(label.id, label.en)) for code, label in field.choices.items()),
    )


def _read(form: Mapping[str, str], field: Field, name: str) -> str:
    match field.type:
        case "number" | "money":
            written = text(form, name)
            sign = "-" if written.startswith("-") else ""
            return sign + format(number({name: written.removeprefix("-")}, name), "f") if written else ""
        case "letter":
            return f"{text(form, name + DAY)} {text(form, name)}".strip()
        case _:
            value = text(form, name)
            if value and field.type == "date" and canonical(field, value) is None:
                raise FieldWrong(name, "date")
            return value
