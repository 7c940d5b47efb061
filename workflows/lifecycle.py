"""The state machine of a definition: built with `transitions`, drawn by it, and read off it as a plain table.

`decide` reads the table, a look-up being far cheaper than a trigger; nothing here fires the machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from transitions import Machine, State
from transitions.extensions import GraphMachine

from workflows.definition import Definition, Label
from workflows.remembered import Remembered

Table = Mapping[tuple[str, str], str]
DEFINITIONS_REMEMBERED = 64
Edge = tuple[str, frozenset[str], str | None]
STYLING = ("class ", "classdef ")


class Standing:
    """Where a machine stands: `transitions` gives it a state and the triggers."""


def machine_of(definition: Definition, standing: Standing) -> Machine:
    """A new machine of the definition's states and, as triggers, its moves; `standing` is put in the initial state."""
    edges = tuple((move.name, move.sources, move.target) for move in definition.moves.values())
    return _machine(tuple(definition.states), edges, definition.initial.name, standing=standing)


def mermaid(definition: Definition, language: str) -> str:
    """The machine as the text of a Mermaid state diagram, its labels in a language (id | en)."""
    machine = _DrawnMachine(
        model=Standing(),
        graph_engine="mermaid",
        title=f"title: {json.dumps(_said(definition.label, language), ensure_ascii=False)}",
        states=[{"name": state.name, "label": _said(state.label, language)} for state in definition.states.values()],
        transitions=[
            {
                "trigger": move.name,
                "source": source,
                "dest": move.leads_to(source),
                "label": _said(move.label, language),
            }
            for move in definition.moves.values()
            for source in sorted(move.sources)
        ],
        initial=definition.initial.name,
        auto_transitions=False,
    )
    return _plain(str(machine.get_combined_graph().draw(None)))


def _table(definition: Definition) -> Table:
    edges = tuple((move.name, move.sources, move.target) for move in definition.moves.values())
    return _compiled(tuple(definition.states), edges, definition.initial.name)


compile_table = Remembered(_table, size=DEFINITIONS_REMEMBERED)
"""Where each move leads from each state that it may begin in, read off the machine: (state, move) -> target.

compile_table(definition) costs a look-up; the table is built once a definition, and once for equal states and moves.
"""


@lru_cache(maxsize=16)
def _compiled(states: tuple[str, ...], edges: tuple[Edge, ...], initial: str) -> Table:
    machine = _machine(states, edges, initial, standing=Standing())
    return MappingProxyType(
        {
            (source, move): source if leading.dest is None else str(leading.dest)
            for move, event in machine.events.items()
            for source, transitions in event.transitions.items()
            for leading in transitions
        }
    )


def _machine(states: tuple[str, ...], edges: tuple[Edge, ...], initial: str, *, standing: Standing) -> Machine:
    return Machine(
        model=standing,
        states=list(states),
        transitions=[{"trigger": move, "source": sorted(sources), "dest": target} for move, sources, target in edges],
        initial=initial,
        auto_transitions=False,
    )


class _LabelledState(State):
    def __init__(self, name: str, *, label: str, ignore_invalid_triggers: bool | None = None) -> None:
        super().__init__(name, ignore_invalid_triggers=bool(ignore_invalid_triggers))
        self.label = label


class _DrawnMachine(GraphMachine):
    state_cls = _LabelledState


def _said(label: Label, language: str) -> str:
    text = label.id if language == "id" else label.en
    return text.replace('"', "'")


def _plain(drawing: str) -> str:
    """Without colours: they would mark the initial state as the current one, and pages have their own theme."""
    lines = (line.rstrip() for line in drawing.splitlines())
    return "\n".join(line for line in lines if not line.strip().lower().startswith(STYLING)) + "\n"
