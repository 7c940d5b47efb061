"""Labels and reason catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import Label, Reason
from workflows.definition_yaml.values import at_least
from workflows.yaml_nodes import Value


def label(value: Value) -> Label:
    """A text in both languages."""
    parts = value.record(("id", "en"))
    return Label(parts["id"].text(), parts["en"].text())


def labels(value: Value) -> Mapping[str, Label]:
    """Labels by any key."""
    return MappingProxyType({name: label(member) for name, member in value.mapping().items()})


def catalogues(value: Value) -> Mapping[str, Mapping[str, Reason]]:
    """The reason catalogues by name."""
    return MappingProxyType({name: _catalogue(member) for name, member in value.named().items()})


def _catalogue(value: Value) -> Mapping[str, Reason]:
    return MappingProxyType({code: _reason(member) for code, member in value.named().items()})


def _reason(value: Value) -> Reason:
    parts = value.record(("id", "en"), ("text_chars",))
    text_chars = at_least(0, parts["text_chars"]) if "text_chars" in parts else 0
    return Reason(parts["id"].text(), parts["en"].text(), text_chars)
