"""The table of who is told of which fact."""

from __future__ import annotations

from workflows.definition import ADDRESSEE_NAMES, NoticeRule
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.values import words
from workflows.facts import NAMES
from workflows.yaml_nodes import Value

URGENCIES = ("now", "daily", "weekly", "page")
STATE_CHANGED = "state-changed"


def notices(value: Value, known: Known) -> tuple[NoticeRule, ...]:
    """The table's cells, row by row."""
    return tuple(rule for number, member in enumerate(value.list()) for rule in _row(number, member, known))


def _row(number: int, value: Value, known: Known) -> tuple[NoticeRule, ...]:
    parts = value.record(("fact",), ("states", "action", "receipt", *URGENCIES))
    fact = parts["fact"].one_of(NAMES.values(), "fact")
    if "states" in parts and fact != STATE_CHANGED:
        parts["states"].fail(f"only {STATE_CHANGED} can be narrowed to states")
    into = frozenset(words(parts["states"], known.states, "state")) if "states" in parts else frozenset()
    names = (*known.roles, *ADDRESSEE_NAMES)
    told = {urgency: parts[urgency].some_of(names, "addressee") if urgency in parts else () for urgency in URGENCIES}
    everyone = [to for some in told.values() for to in some]
    if not everyone:
        value.fail(f"nobody is told, expected one of {', '.join(URGENCIES)}")
    if len(set(everyone)) < len(everyone):
        value.fail("an addressee is told twice")
    marked = {
        mark: parts[mark].some_of(everyone, "addressee") if mark in parts else () for mark in ("action", "receipt")
    }
    return tuple(
        NoticeRule(fact, to, urgency, into, action=to in marked["action"], receipt=to in marked["receipt"], row=number)
        for urgency, some in told.items()
        for to in some
    )
