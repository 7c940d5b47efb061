"""The section of parents: under what a commitment hangs, from the top down, each a field of its own."""

from __future__ import annotations

from workflows.definition import Field, OwnFields, State
from workflows.yaml_nodes import Value


def parents(value: Value, fields: OwnFields, initial: State) -> tuple[str, ...]:
    """Names of the commitment's own fields, the outermost parent first; filled from the beginning, seen by all."""
    names = value.some_of(fields.commitment, "field of the commitment")
    for name, member in zip(names, value.list(), strict=True):
        _stands(member, fields.commitment[name], initial)
    if not names:
        value.fail("no parent, expected at least one field of the commitment")
    return names


def _stands(member: Value, field: Field, initial: State) -> None:
    """What hangs under a parent is counted by everybody, from its first day on."""
    if field.visible_to is not None:
        member.fail(f"the field {field.name} is visible to some roles alone")
    if initial.name not in field.required_in:
        member.fail(f"the field {field.name} isn't required in {initial.name}")
