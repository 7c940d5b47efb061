"""Values of a workflow's own fields: their one canonical form, and what an office may see of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workflows.definition import Field
from workflows.facts import FieldValue, PlanItem

Fields = Mapping[str, Field]
Values = tuple[FieldValue, ...]
LONGEST_TEXT, LONGEST_LETTER = 1_000, 100
EARLIEST, LATEST = date(1945, 1, 1), date(2199, 12, 31)
NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
MONEY = re.compile("[0-9]{1,15}")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter: its day and its number; written "2022-03-01 800/123"."""

    on: str
    number: str


def canonical(field: Field, text: str) -> str | None:
    """The one way to write a value; None where the text is no value of the field. An office's id is kept as it is.

    number  plain digits without a zero too many · money  whole rupiah · date  YYYY-MM-DD
    letter  its date, a blank, its number · choice  the code · text  without blanks around it
    """
    written = text.strip()
    match field.type:
        case "number":
            return _number(field, written)
        case "money":
            return _money(field, written)
        case "date":
            return written if _is_day(written) else None
        case "letter":
            return _letter(written)
        case "choice":
            return written if written in field.choices else None
        case "office":
            return written
        case _:
            return written if len(written) <= (field.max_chars or LONGEST_TEXT) else None


def letter_of(value: str) -> Letter:
    """The parts of a letter's canonical form, or of what was to become one."""
    on, _, number = value.partition(" ")
    return Letter(on, number.strip())


def written(fields: Fields, values: Iterable[FieldValue]) -> Values:
    """Checked values in canonical form, by name; what is empty, undeclared or no value is left out."""
    found = {}
    for one in values:
        text = canonical(fields[one.name], one.value) if one.name in fields else None
        if text:
            found[one.name] = text
    return tuple(FieldValue(name, found[name]) for name in sorted(found))


def changed(old: Values, new: Iterable[FieldValue]) -> Values:
    """The old values with the new ones in their place; an empty new one takes the old away."""
    after = {one.name: one.value for one in (*old, *new)}
    return tuple(FieldValue(name, after[name]) for name in sorted(after) if after[name].strip())


def seen(values: Values, fields: Fields, role: str | None) -> Values:
    """The values that an office of that role sees."""
    return tuple(one for one in values if one.name not in fields or fields[one.name].is_seen_by(role))


def hidden(values: Values, fields: Fields, role: str | None) -> Values:
    """The values that an office of that role doesn't see."""
    return tuple(one for one in values if one not in seen(values, fields, role))


def keeping_hidden(
    items: tuple[PlanItem, ...], before: tuple[PlanItem, ...], fields: Fields, role: str | None
) -> tuple[PlanItem, ...]:
    """A plan as an office of that role wrote it, with what it doesn't see of each item as it was before."""
    kept = {item.number: hidden(item.fields, fields, role) for item in before}
    return tuple(_with_fields(item, (*item.fields, *kept.get(item.number, ()))) for item in items)


def as_before(items: tuple[PlanItem, ...], before: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
    """A plan from a file that knows no own fields: each item keeps those that it had."""
    kept = {item.number: item.fields for item in before}
    return tuple(_with_fields(item, kept.get(item.number, ())) for item in items)


def plan_written(items: tuple[PlanItem, ...], fields: Fields) -> tuple[PlanItem, ...]:
    """A plan whose items' fields are in canonical form."""
    return tuple(_with_fields(item, written(fields, item.fields)) for item in items)


def _with_fields(item: PlanItem, fields: Values) -> PlanItem:
    return item if item.fields == fields else replace(item, fields=fields)


def _number(field: Field, text: str) -> str | None:
    if NUMBER.fullmatch(text) is None:
        return None
    number = Decimal(text)
    if _is_outside(field, number):
        return None
    return format(number.normalize() if number else Decimal(0), "f")


def _money(field: Field, text: str) -> str | None:
    if MONEY.fullmatch(text) is None or _is_outside(field, Decimal(text)):
        return None
    return str(int(text))


def _is_outside(field: Field, number: Decimal) -> bool:
    return (field.least is not None and number < field.least) or (field.most is not None and number > field.most)


def _is_day(text: str) -> bool:
    if DAY.fullmatch(text) is None:
        return False
    try:
        return EARLIEST <= date.fromisoformat(text) <= LATEST
    except ValueError:
        return False


def _letter(text: str) -> str | None:
    letter = letter_of(text)
    if not _is_day(letter.on) or not letter.number or len(letter.number) > LONGEST_LETTER:
        return None
    return f"{letter.on} {letter.number}"
