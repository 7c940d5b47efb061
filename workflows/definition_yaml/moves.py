"""The section of moves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType

from workflows.definition import EFFECT_NAMES, GUARD_NAMES, Move
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.steps import heard, steps
from workflows.definition_yaml.values import at_least, flag, words
from workflows.yaml_nodes import Value

OPTIONAL = (
    "to",
    "does",
    "heard",
    "guards",
    "evidence",
    "reasons",
    "plan",
    "adapts",
    "apart_from",
    "longest_days",
    "most_times",
    "after_year_days",
    "within_months",
)


def moves(value: Value, known: Known) -> Mapping[str, Move]:
    """The moves by name."""
    members = value.named()
    return MappingProxyType({name: _move(name, member, known, members) for name, member in members.items()})


def _move(name: str, value: Value, known: Known, names: Collection[str]) -> Move:
    parts = value.record(("label", "from", "ask", "steps"), OPTIONAL)
    if ("to" in parts) == ("does" in parts):
        value.fail("expected either to, the state it leads to, or does, what it does without one")
    if flag(parts, "adapts") and not flag(parts, "plan"):
        value.fail("an adaptation carries a plan, expected plan: true")
    others = frozenset(words(parts["apart_from"], names, "move")) if "apart_from" in parts else frozenset()
    if name in others:
        parts["apart_from"].fail("a move can't be kept apart from itself")
    chain = steps(parts["steps"], known)
    before = [step.name for step in chain]
    return Move(
        name=name,
        label=label(parts["label"]),
        sources=frozenset(words(parts["from"], known.states, "state")),
        target=parts["to"].one_of(known.states, "state") if "to" in parts else None,
        ask=words(parts["ask"], known.roles, "role"),
        steps=chain,
        heard=tuple(heard(one, known, before) for one in parts["heard"].list()) if "heard" in parts else (),
        guards=parts["guards"].some_of(GUARD_NAMES, "guard") if "guards" in parts else (),
        evidence=tuple(label(one) for one in parts["evidence"].list()) if "evidence" in parts else (),
        reasons=parts["reasons"].one_of(known.reasons, "reason catalogue") if "reasons" in parts else None,
        plan=flag(parts, "plan"),
        adapts=flag(parts, "adapts"),
        apart_from=others,
        does=parts["does"].one_of(EFFECT_NAMES, "effect") if "does" in parts else None,
        longest_days=at_least(1, parts["longest_days"]) if "longest_days" in parts else None,
        after_year_days=at_least(1, parts["after_year_days"]) if "after_year_days" in parts else None,
        within_months=at_least(1, parts["within_months"]) if "within_months" in parts else None,
        most_times=at_least(1, parts["most_times"]) if "most_times" in parts else None,
    )
