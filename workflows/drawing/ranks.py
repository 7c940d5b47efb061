"""Which layer each node stands in: every line that isn't a way back leads downwards."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.definition import Definition
from workflows.drawing.graph import move_node, state_node
from workflows.lifecycle import compile_table


def ranks(definition: Definition) -> Mapping[str, int]:
    """The layer of each state and move, from 0 at the top; states stand in even layers, moves in odd ones.

    A state stands below all that lead to it, but for ways back; one that nothing leads to stands on top, or at the
    bottom if it is closed.
    """
    of_state = _state_ranks(definition)
    layers = {state_node(name): 2 * rank for name, rank in of_state.items()}
    for move in definition.moves.values():
        highest = min(of_state[source] for source in move.sources)
        lowest = max(of_state[source] for source in move.sources)
        above_target = move.target is not None and of_state[move.target] > highest
        goal = of_state[move.target] if above_target and move.target is not None else lowest + 1
        layers[move_node(move.name)] = 2 * (goal if move.target is not None else highest + 1) - 1
    return layers


def _state_ranks(definition: Definition) -> Mapping[str, int]:
    forward = _forward(definition)
    found: dict[str, int] = {}

    def rank(state: str) -> int:
        if state not in found:
            found[state] = max((rank(source) + 1 for source, target in forward if target == state), default=0)
        return found[state]

    for name in definition.states:
        rank(name)
    bottom = max(found.values())
    reached = {target for _, target in forward}
    for state in definition.states.values():
        if state.name not in reached and not state.is_open:
            found[state.name] = bottom
    return found


def _forward(definition: Definition) -> frozenset[tuple[str, str]]:
    """The changes of state without the ways back: those that would lead to a state on the way to themselves."""
    changes = [(source, target) for (source, _), target in compile_table(definition).items() if source != target]
    kept: set[tuple[str, str]] = set()
    done: set[str] = set()

    def follow(state: str, way: tuple[str, ...]) -> None:
        if state in done:
            return
        for source, target in changes:
            if source == state and target not in (*way, state):
                kept.add((source, target))
                follow(target, (*way, state))
        done.add(state)

    for name in (definition.initial.name, *definition.states):
        follow(name, ())
    return frozenset(kept)
