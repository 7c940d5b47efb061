"""What is drawn of a workflow: each state and each move is a node, so that no label has to find room on a line."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition import Definition, Label
from workflows.lifecycle import compile_table

LONGEST_LINE = 18


@dataclass(frozen=True, slots=True)
class Node:
    """A state or a move, or a bend of a long line (kind state | move | bend)."""

    name: str
    kind: str
    lines: tuple[str, ...] = ()
    meaning: str = ""
    is_initial: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line from one node to another. arrow: at its end; dashed: of a move that leaves the state as it is"""

    source: str
    target: str
    arrow: bool = False
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Graph:
    """The nodes by name, and the lines between them."""

    nodes: dict[str, Node]
    lines: tuple[Line, ...]


def state_node(name: str) -> str:
    """The name of a state's node."""
    return f"state {name}"


def move_node(name: str) -> str:
    """The name of a move's node."""
    return f"move {name}"


def graph_of(definition: Definition, language: str) -> Graph:
    """The workflow's states and moves with their labels in a language."""
    states = [
        Node(state_node(state.name), "state", wrapped(said(state.label, language)), state.meaning, state.initial)
        for state in definition.states.values()
    ]
    moves = [
        Node(move_node(move.name), "move", wrapped(said(move.label, language))) for move in definition.moves.values()
    ]
    return Graph({node.name: node for node in (*states, *moves)}, _lines(definition))


def said(label: Label, language: str) -> str:
    """A label in a language."""
    return label.en if language == "en" else label.id


def wrapped(text: str) -> tuple[str, ...]:
    """A label in lines that are as long as fits a node; a longer word stands alone."""
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + 1 + len(word) <= LONGEST_LINE:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _lines(definition: Definition) -> tuple[Line, ...]:
    lines: dict[Line, None] = {}
    for (source, name), target in compile_table(definition).items():
        stays = definition.moves[name].target is None
        lines[Line(state_node(source), move_node(name), dashed=stays)] = None
        if not stays:
            lines[Line(move_node(name), state_node(target), arrow=True)] = None
    return tuple(lines)
