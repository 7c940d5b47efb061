"""Who approves a move, and who is heard about it."""

from __future__ import annotations

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
    }
)
VERDICT_NAMES = frozenset({"approve", "return", "reject"})
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Step:
    """One approval of a chain.

    role           resolved from the party upwards when the step is reached
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


@dataclass(frozen=True, slots=True)
class Heard:
    """An office that is invited to give its opinion once the step `after` has passed (None: at once); it never blocks.

    role   as in Step; the special word `owner` is the subject's owner office
    """

    role: str
    limit: Limit
    after: str | None = None
    when: tuple[str, ...] = ()
