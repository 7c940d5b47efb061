"""The section of roles."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import ACT_NAMES, ADDRESSEE_NAMES, OWNER, Role
from workflows.definition_yaml.labels import label
from workflows.yaml_nodes import Value


def roles(value: Value) -> Mapping[str, Role]:
    """The roles by name; none is called as those who are named by what they did."""
    members = value.named((*ADDRESSEE_NAMES, OWNER))
    return MappingProxyType({name: _role(name, member) for name, member in members.items()})


def _role(name: str, value: Value) -> Role:
    parts = value.record(("label",), ("may",))
    may = parts["may"].some_of(ACT_NAMES, "act") if "may" in parts else ()
    return Role(name, label(parts["label"]), frozenset(may))
