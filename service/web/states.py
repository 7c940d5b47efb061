"""How a state is drawn: never by colour alone, its word stands beside it."""

from __future__ import annotations

from workflows.definition import Definition


def drawn(name: str, definition: Definition) -> str:
    """The style of a state: draft, changed, or what it means (open, working, success, exit).

    A state that a change of plan leads to from another one looks different from the others.
    """
    state = definition.states[name]
    if state.initial:
        return "draft"
    changed = any(move.plan and move.target == name and move.sources != {name} for move in definition.moves.values())
    return "changed" if changed and state.is_open else state.meaning
