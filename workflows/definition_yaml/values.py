"""Values that every section writes alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workflows.yaml_nodes import Value


def at_least(least: int, value: Value) -> int:
    """The whole number, which isn't smaller than `least`."""
    number = value.whole()
    if number < least:
        value.fail(f"{number}, expected at least {least}")
    return number


def flag(parts: Mapping[str, Value], key: str) -> bool:
    """The truth value at `key`; false where the key is left out."""
    return key in parts and parts[key].flag()


def some(value: Value) -> tuple[Value, ...]:
    """The list's members, of which there is at least one."""
    members = value.list()
    if not members:
        value.fail("an empty list, expected at least one member")
    return members


def words(value: Value, known: Collection[str], kind: str) -> tuple[str, ...]:
    """The list of known words, each once, of which there is at least one."""
    some(value)
    return value.some_of(known, kind)
