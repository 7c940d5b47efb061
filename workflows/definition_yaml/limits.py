"""Limits: a bare number of working days, or days of a said kind."""

from __future__ import annotations

from workflows.definition import Limit
from workflows.definition_yaml.values import at_least
from workflows.yaml_nodes import Value


def limit(value: Value) -> Limit:
    """How long an office has, at least a day."""
    if not value.is_mapping:
        return Limit(at_least(1, value))
    parts = value.record(("days", "working"))
    return Limit(at_least(1, parts["days"]), parts["working"].flag())
