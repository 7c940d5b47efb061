"""The sections of the completion scale, of publication and of retention."""

from __future__ import annotations

from itertools import pairwise

from workflows.definition import RECORD_KINDS, OwnFields, Publication, Retention, Scale, ScaleLevel
from workflows.definition_yaml.known import Known
from workflows.definition_yaml.labels import label
from workflows.definition_yaml.values import at_least, flag
from workflows.facts import NAMES, CommitmentFact
from workflows.yaml_nodes import Value

LEAST_LEVELS, WHOLE = 2, 100
FACTS = tuple(NAMES[fact] for fact in CommitmentFact.__args__)


def scale(value: Value) -> Scale:
    """The levels of completion, the lowest first: at least two, from 0 per cent on and rising."""
    parts = value.record(("label", "levels"))
    levels = tuple(_level(name, member) for name, member in parts["levels"].named().items())
    if len(levels) < LEAST_LEVELS:
        parts["levels"].fail(f"{len(levels)} levels, expected at least {LEAST_LEVELS}")
    starts = [level.from_percent for level in levels]
    if starts[0] != 0 or starts[-1] > WHOLE or any(later <= earlier for earlier, later in pairwise(starts)):
        parts["levels"].fail(f"from_percent must begin with 0 and rise from level to level, at most to {WHOLE}")
    return Scale(label(parts["label"]), levels)


def _level(name: str, value: Value) -> ScaleLevel:
    parts = value.record(("label", "from_percent"))
    return ScaleLevel(name, label(parts["label"]), parts["from_percent"].whole())


def publication(value: Value, known: Known, fields: OwnFields) -> Publication:
    """What is published; a private state never is, nor a field that not everybody sees."""
    parts = value.record((), ("states", "fields", "facts"))
    states = parts["states"].some_of(known.states, "state") if "states" in parts else ()
    for state, member in zip(states, parts["states"].list() if "states" in parts else (), strict=True):
        if known.states[state].private:
            member.fail(f"the state {state} is private")
    by_name = {f"{place}.{field.name}": field for place, field in fields.each()}
    named = parts["fields"].some_of(by_name, "field") if "fields" in parts else ()
    for name, member in zip(named, parts["fields"].list() if "fields" in parts else (), strict=True):
        if by_name[name].visible_to is not None:
            member.fail(f"the field {name} is visible to some roles alone")
    facts = parts["facts"].some_of(FACTS, "fact of a commitment") if "facts" in parts else ()
    return Publication(frozenset(states), frozenset(named), frozenset(facts))


def retention(value: Value) -> tuple[Retention, ...]:
    """How long records are kept, each kind once."""
    found: list[Retention] = []
    for kind, member in value.mapping().items():
        if kind not in RECORD_KINDS:
            member.fail(f"unknown kind of record {kind!r}, expected one of {', '.join(sorted(RECORD_KINDS))}")
        parts = member.record(("label", "years"), ("placeholder",))
        years = at_least(1, parts["years"])
        found.append(Retention(kind, label(parts["label"]), years, flag(parts, "placeholder")))
    return tuple(found)
