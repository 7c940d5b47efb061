"""What change of state may be asked for."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.labels import Label
from workflows.definition.steps import Heard, Step

GUARD_NAMES = frozenset(
    {
        "plan_complete",
        "ends_after_signature",
        "signature_effective",
        "pic_named",
        "plan_differs",
        "all_items_verified",
    }
)


@dataclass(frozen=True, slots=True)
class Move:
    """A change of state that is asked for and approved.

    sources    states it may begin in; target: the state it leads to
    ask        roles that may ask
    guards     names of rules (GUARD_NAMES) that must hold when asked and again when the last step passes
    evidence   kinds of evidence wanted, as labels; at least one file is required if not empty
    reasons    name of the reason catalogue, None: no reason is asked
    plan       the request carries a whole new plan
    """

    name: str
    label: Label
    sources: frozenset[str]
    target: str
    ask: tuple[str, ...]
    steps: tuple[Step, ...]
    heard: tuple[Heard, ...] = ()
    guards: tuple[str, ...] = ()
    evidence: tuple[Label, ...] = ()
    reasons: str | None = None
    plan: bool = False
