"""Values that every section writes alike."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workflows.yaml_nodes import Value

MOST = 10_000
"""Of days, months, years, characters and versions: further than that, no calendar counts and nothing ever ends."""
MOST_IDR = 2**53 - 1


def at_least(least: int, value: Value, *, most: int = MOST) -> int:
    """The whole number, which isn't smaller than `least` nor larger than `most`."""
    number = value.whole()
    if number < least:
        value.fail(f"{number}, expected at least {least}")
    if number > most:
        value.fail(f"{number}, expected at most {most}")
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
