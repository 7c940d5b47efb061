"""Who approves a move, and who is heard about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workflows.definition.labels import Label
from workflows.definition.limits import Limit

CONDITION_NAMES = frozenset(
    {
        "not_initial",
        "core_component_changes",
        "core_component_dropped",
        "target_falls_over_quarter",
        "ends_after_year",
        "third_amendment",
        "long_hold",
    }
)
VERDICT_NAMES = frozenset({"approve", "return", "reject"})
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Step:
    """One approval of a chain.

    role           resolved from the party upwards when the step is reached
    also           further roles, of each of which an office decides too
    every          every office of `role` in the nearest organisation that has some decides
    quorum         how many of these offices must approve; None: all
    after          names of the steps that must be over first; None: the one written before
    verdicts       which of approve, return, reject the office may give
    signs          the approval is the party's signature of its sheet
    when           names of conditions (CONDITION_NAMES): the step stands if any holds; empty: always
    if_conflicted, if_vacant   up | block
    """

    name: str
    label: Label
    role: str
    limit: Limit
    ladder: str
    verdicts: frozenset[str] = frozenset({"approve", "return", "reject"})
    signs: bool = False
    when: tuple[str, ...] = ()
    if_conflicted: str = "up"
    if_vacant: str = "up"
    also: tuple[str, ...] = ()
    every: bool = False
    quorum: int | None = None
    after: tuple[str, ...] | None = None

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles whose offices decide."""
        return (self.role, *self.also)

    @property
    def is_shared(self) -> bool:
        """True if more than one office may be a member of its quorum."""
        return self.every or bool(self.also)


@dataclass(frozen=True, slots=True)
class Heard:
    """An office that is invited to give its opinion once the step `after` has passed (None: at once); it never blocks.

    role   as in Step; the special word `owner` is the subject's owner office
    entered_by   the role that gets and enters the opinion of an owner without an office; None: nobody does
    """

    role: str
    limit: Limit
    after: str | None = None
    when: tuple[str, ...] = ()
    entered_by: str | None = None


def waits_on(step: Step, chain: Sequence[Step]) -> tuple[str, ...]:
    """The names of the steps that must be over before a step of the chain is reached."""
    if step.after is not None:
        return step.after
    place = next(index for index, one in enumerate(chain) if one is step)
    return (chain[place - 1].name,) if place else ()
