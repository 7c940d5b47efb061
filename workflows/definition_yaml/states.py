"""The section of states."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import State
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.values import flag
from workflows.yaml_nodes import Value

MEANINGS = ("open", "working", "closed", "success", "exit")


def states(value: Value) -> Mapping[str, State]:
    """The states by name, of which one is the initial one and open."""
    found = {name: _state(name, member) for name, member in value.named().items()}
    initial = [state for state in found.values() if state.initial]
    if len(initial) != 1:
        value.fail(f"{len(initial)} initial states, expected one")
    if not initial[0].is_open:
        value.fail(f"the initial state {initial[0].name} isn't open")
    return MappingProxyType(found)


def _state(name: str, value: Value) -> State:
    parts = value.record(("label", "meaning"), ("initial", "private", "claims", "owed"))
    return State(
        name=name,
        label=label(parts["label"]),
        meaning=parts["meaning"].one_of(MEANINGS, "meaning"),
        initial=flag(parts, "initial"),
        private=flag(parts, "private"),
        claims=flag(parts, "claims"),
        owed=flag(parts, "owed"),
    )
