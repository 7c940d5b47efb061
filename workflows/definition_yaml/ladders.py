"""The section of escalation ladders."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from types import MappingProxyType

from workflows.definition import Ladder, Level, Recipient, Role
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.values import MOST, at_least, flag, some, words
from workflows.yaml_nodes import Value

STYLES = ("message", "list", "digest")


def ladders(value: Value, roles: Mapping[str, Role]) -> Mapping[str, Ladder]:
    """The ladders by name."""
    return MappingProxyType({name: _ladder(name, member, roles) for name, member in value.named().items()})


def _ladder(name: str, value: Value, roles: Mapping[str, Role]) -> Ladder:
    parts = value.record(("label", "levels"))
    levels = tuple(_level(number, member, roles) for number, member in enumerate(some(parts["levels"]), start=1))
    offsets = [level.offset_days for level in levels]
    if any(later <= earlier for earlier, later in pairwise(offsets)):
        parts["levels"].fail("offsets must rise from level to level")
    return Ladder(name, label(parts["label"]), levels)


def _level(number: int, value: Value, roles: Mapping[str, Role]) -> Level:
    parts = value.record(("offset_days", "recipients"), ("style", "offers_delegation"))
    return Level(
        number=number,
        offset_days=at_least(-MOST, parts["offset_days"]),
        recipients=tuple(_recipient(member, roles) for member in some(parts["recipients"])),
        style=parts["style"].one_of(STYLES, "style") if "style" in parts else "message",
        offers_delegation=flag(parts, "offers_delegation"),
    )


def _recipient(value: Value, roles: Mapping[str, Role]) -> Recipient:
    if value.is_text:
        return Recipient(value.one_of(("obliged", "superior", "giver"), "recipient"))
    parts = value.record((), ("role", "next_up", "coordinator", "superior_below"))
    if len(parts) != 1:
        value.fail("expected exactly one of role, next_up, coordinator, superior_below")
    if "role" in parts:
        return Recipient("role", (parts["role"].one_of(roles, "role"),))
    if "next_up" in parts:
        return Recipient("next_up", words(parts["next_up"], roles, "role"))
    if "coordinator" in parts:
        return Recipient("coordinator", words(parts["coordinator"], roles, "role"))
    return Recipient("superior", never_above=parts["superior_below"].one_of(roles, "role"))
