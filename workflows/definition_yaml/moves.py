"""The section of moves."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from workflows.definition import GUARD_NAMES, Move
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.steps import heard, steps
from workflows.definition_yaml.values import flag, words
from workflows.yaml_nodes import Value


def moves(value: Value, known: Known) -> Mapping[str, Move]:
    """The moves by name."""
    return MappingProxyType({name: _move(name, member, known) for name, member in value.named().items()})


def _move(name: str, value: Value, known: Known) -> Move:
    parts = value.record(("label", "from", "to", "ask", "steps"), ("heard", "guards", "evidence", "reasons", "plan"))
    chain = steps(parts["steps"], known)
    names = [step.name for step in chain]
    return Move(
        name=name,
        label=label(parts["label"]),
        sources=frozenset(words(parts["from"], known.states, "state")),
        target=parts["to"].one_of(known.states, "state"),
        ask=words(parts["ask"], known.roles, "role"),
        steps=chain,
        heard=tuple(heard(one, known, names) for one in parts["heard"].list()) if "heard" in parts else (),
        guards=parts["guards"].some_of(GUARD_NAMES, "guard") if "guards" in parts else (),
        evidence=tuple(label(one) for one in parts["evidence"].list()) if "evidence" in parts else (),
        reasons=parts["reasons"].one_of(known.reasons, "reason catalogue") if "reasons" in parts else None,
        plan=flag(parts, "plan"),
    )
