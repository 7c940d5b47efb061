"""Which values of a commitment's own fields another version of its workflow couldn't say, or would show to more."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.commitment import Commitment
from workflows.definition import Definition, Field
from workflows.facts import FieldValue
from workflows.fields import Fields, canonical


def lost_fields(commitment: Commitment, old: Definition, new: Definition) -> tuple[str, ...]:
    """The names of those fields, each once.

    What is in force must be a value of the new version's field, too; what some roles don't see, wherever it was ever
    written, must have a field that hides it in the new version as well.
    """
    unsaid = (value.name for value, fields in _in_force(commitment, new) if not _can_say(value, fields))
    shown = (
        value.name
        for value, hidden, hiding in _ever_written(commitment, old, new)
        if _hides(hidden.get(value.name)) and not _hides(hiding.get(value.name))
    )
    return tuple(dict.fromkeys((*unsaid, *shown)))


def _in_force(commitment: Commitment, new: Definition) -> Iterator[tuple[FieldValue, Fields]]:
    yield from ((value, new.fields.commitment) for value in commitment.fields)
    yield from ((value, new.fields.item) for item in commitment.items for value in item.fields)


def _ever_written(
    commitment: Commitment, old: Definition, new: Definition
) -> Iterator[tuple[FieldValue, Fields, Fields]]:
    before, after = old.fields, new.fields
    yield from ((value, before.commitment, after.commitment) for value in commitment.fields)
    plans = (commitment.items, *commitment.revisions)
    yield from ((value, before.item, after.item) for plan in plans for item in plan for value in item.fields)
    for claim in commitment.claims.values():
        yield from ((value, before.claim, after.claim) for value in claim.made.fields)
    for request in commitment.requests.values():
        opened = request.opened
        own = (before.of_request(opened.move), after.of_request(opened.move))
        yield from ((value, *own) for value in opened.fields)
        yield from ((value, before.item, after.item) for item in opened.items or () for value in item.fields)


def _can_say(value: FieldValue, fields: Fields) -> bool:
    field = fields.get(value.name)
    return field is not None and canonical(field, value.value) == value.value


def _hides(field: Field | None) -> bool:
    return field is not None and field.visible_to is not None
