"""A request's chain: its move's steps with the further approvals asked for, and which come before which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workflows.definition import Label, Move, Step, waits_on
from workflows.facts import ApproverAdded
from workflows.remembered import Remembered

EXTRA = Label("Persetujuan tambahan", "Additional approval")
MOVES_REMEMBERED = 1024


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in their order.

    named     each by its name; waits_on: the names of those that must be over right before it
    before    the names of all that come before it, right before it or further up
    """

    steps: tuple[Step, ...]
    named: Mapping[str, Step]
    waits_on: Mapping[str, tuple[str, ...]]
    before: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, steps: tuple[Step, ...]) -> Chain:
        """The chain of these steps."""
        waiting = {step.name: waits_on(step, steps) for step in steps}
        return cls(
            steps, {step.name: step for step in steps}, waiting, {name: _before(name, waiting) for name in waiting}
        )


def chain_of(move: Move, extras: tuple[ApproverAdded, ...]) -> Chain:
    """The steps of a move with those that offices of a chain asked for, each at its place."""
    return _with_extras(move, extras) if extras else _of_move(move)


def _before(name: str, waiting: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    found: set[str] = set()
    left = [name]
    while left:
        names = set(waiting[left.pop()]) - found
        found |= names
        left += names
    return frozenset(found)


def _chain_of_move(move: Move) -> Chain:
    return Chain.of(move.steps)


_of_move = Remembered(_chain_of_move, size=MOVES_REMEMBERED)


def _with_extras(move: Move, extras: tuple[ApproverAdded, ...]) -> Chain:
    steps = [replace(step, after=waits_on(step, move.steps)) for step in move.steps]
    for extra in extras:
        steps = _with(steps, extra)
    return Chain.of(tuple(steps))


def _with(steps: list[Step], extra: ApproverAdded) -> list[Step]:
    place = next(index for index, step in enumerate(steps) if step.name == extra.beside)
    beside = steps[place]
    added = Step(
        extra.step, EXTRA, extra.role, beside.limit, beside.ladder, verdicts=beside.verdicts, after=beside.after
    )
    if extra.place == "before":
        steps[place] = replace(beside, after=(*(beside.after or ()), extra.step))
        return [*steps[:place], added, *steps[place:]]
    behind_it = [
        replace(step, after=(*step.after, extra.step)) if step.after and beside.name in step.after else step
        for step in steps
    ]
    return [*behind_it[: place + 1], replace(added, after=(beside.name,)), *behind_it[place + 1 :]]
