"""A move's steps, and who is heard."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from workflows.definition import CONDITION_NAMES, OWNER, VERDICT_NAMES, Heard, Step
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.limits import limit
from workflows.definition_yaml.values import flag, some, words
from workflows.yaml_nodes import Value

PASSING = ("up", "block")


def steps(value: Value, known: Known) -> tuple[Step, ...]:
    """The chain of approvals: at least one, each of another name; only the last may sign."""
    chain = tuple(_step(member, known) for member in some(value))
    if len({step.name for step in chain}) < len(chain):
        value.fail("two steps of one name")
    if any(step.signs for step in chain[:-1]):
        value.fail("only the last step can sign")
    return chain


def heard(value: Value, known: Known, after: Collection[str]) -> Heard:
    """An office that gives its opinion once one of the steps named in `after` has passed."""
    parts = value.record(("role", "limit"), ("after", "when"))
    return Heard(
        role=parts["role"].one_of((*known.roles, OWNER), "role"),
        limit=limit(parts["limit"]),
        after=parts["after"].one_of(after, "step") if "after" in parts else None,
        when=_when(parts),
    )


def _step(value: Value, known: Known) -> Step:
    parts = value.record(
        ("name", "label", "role", "limit", "ladder"), ("verdicts", "signs", "when", "if_conflicted", "if_vacant")
    )
    return Step(
        name=parts["name"].identifier(),
        label=label(parts["label"]),
        role=parts["role"].one_of(known.roles, "role"),
        limit=limit(parts["limit"]),
        ladder=parts["ladder"].one_of(known.ladders, "ladder"),
        verdicts=_verdicts(parts.get("verdicts", value), known, given="verdicts" in parts),
        signs=flag(parts, "signs"),
        when=_when(parts),
        if_conflicted=parts["if_conflicted"].one_of(PASSING, "way") if "if_conflicted" in parts else "up",
        if_vacant=parts["if_vacant"].one_of(PASSING, "way") if "if_vacant" in parts else "up",
    )


def _verdicts(value: Value, known: Known, *, given: bool) -> frozenset[str]:
    verdicts = frozenset(words(value, VERDICT_NAMES, "verdict")) if given else VERDICT_NAMES
    if "approve" not in verdicts:
        value.fail("nobody could approve, expected approve among the verdicts")
    for verdict in sorted(verdicts - {"approve"} - set(known.reasons)):
        value.fail(f"the verdict {verdict} has no reason catalogue of its name")
    return verdicts


def _when(parts: Mapping[str, Value]) -> tuple[str, ...]:
    return parts["when"].some_of(CONDITION_NAMES, "condition") if "when" in parts else ()
