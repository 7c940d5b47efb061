"""The section of duties."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import CLOCK_FACTS, Duty
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.limits import limit
from workflows.definition_yaml.values import words
from workflows.yaml_nodes import Value


def duties(value: Value, known: Known) -> Mapping[str, Duty]:
    """The duties by name."""
    return MappingProxyType({name: _duty(name, member, known) for name, member in value.named().items()})


def _duty(name: str, value: Value, known: Known) -> Duty:
    parts = value.record(("label", "begins", "owed_by", "limit", "until", "ladder"))
    begins_in, begins_with = _begins(parts["begins"], known)
    until = words(parts["until"], known.states, "state")
    if begins_in in until:
        parts["until"].fail(f"the state {begins_in} would end what it begins")
    return Duty(
        name=name,
        label=label(parts["label"]),
        role=parts["owed_by"].one_of(known.roles, "role"),
        limit=limit(parts["limit"]),
        until=frozenset(until),
        ladder=parts["ladder"].one_of(known.ladders, "ladder"),
        begins_in=begins_in,
        begins_with=begins_with,
    )


def _begins(value: Value, known: Known) -> tuple[str | None, str | None]:
    parts = value.record((), ("state", "fact"))
    if len(parts) != 1:
        value.fail("expected exactly one of fact, state")
    if "fact" in parts:
        return None, parts["fact"].one_of(CLOCK_FACTS, "fact")
    state = parts["state"].one_of(known.states, "state")
    if known.states[state].initial or not known.states[state].is_open:
        parts["state"].fail(f"nothing is owed from {state} on, expected an open state that isn't the initial one")
    return state, None
