"""What may be asked for: a change of state, or an act that leaves the state as it is."""

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
        "not_on_hold",
        "no_open_finding",
        "money_settled",
        "new_items",
    }
)
EFFECT_NAMES = frozenset({"hold", "resume", "extend", "correct", "record"})
"""What a move without a target may do."""


@dataclass(frozen=True, slots=True)
class Move:
    """Something that is asked for and approved: a change of state, or an act that leaves the state as it is.

    sources    states it may begin in; target: the state it leads to (None: it stays in its state)
    does       what it does where it has no target (EFFECT_NAMES), else None
    ask        roles that may ask
    guards     names of rules (GUARD_NAMES) that must hold when asked and again when the last step passes
    evidence   kinds of evidence wanted, as labels; at least one file is required if not empty
    reasons    name of the reason catalogue, None: no reason is asked
    plan       the request carries a whole new plan
    apart_from     moves in whose approved requests nobody had a hand who asks for this one or decides it
    adapts     that plan keeps every promise, and touches only what the signed plan names to be adapted
    after_year_days   how many working days after the fiscal year it may be asked for (None: at any time)
    within_months     for how many months after the commitment closed it may be asked for (None: at any time)
    longest_days   how many working days a hold may last, or an item be given, at most (None: any number)
    most_times     how often an item may be extended at most (None: any number)
    """

    name: str
    label: Label
    sources: frozenset[str]
    target: str | None
    ask: tuple[str, ...]
    steps: tuple[Step, ...]
    heard: tuple[Heard, ...] = ()
    guards: tuple[str, ...] = ()
    evidence: tuple[Label, ...] = ()
    reasons: str | None = None
    plan: bool = False
    does: str | None = None
    adapts: bool = False
    longest_days: int | None = None
    most_times: int | None = None
    after_year_days: int | None = None
    within_months: int | None = None
    apart_from: frozenset[str] = frozenset()

    def leads_to(self, source: str) -> str:
        """The state after it, begun in `source`."""
        return source if self.target is None else self.target
