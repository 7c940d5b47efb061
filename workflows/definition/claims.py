"""How claimed progress is found right."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.limits import Limit

PERMILLE = 1000


@dataclass(frozen=True, slots=True)
class LookRule:
    """A look at a claim that is owed. limit: how long the office has once the claim waits for it"""

    ladder: str
    limit: Limit


@dataclass(frozen=True, slots=True)
class Verification:
    """Which checked claims are verified by a second office: every one that completes its item, and further ones.

    money_over_idr   those of items with a larger budget; None: money makes no difference
    sample_permille  how many of a thousand of the rest are drawn once their period has closed; 0: none
    look             until when the second office owes its look; None: it is waited for without a limit
    """

    money_over_idr: int | None = None
    sample_permille: int = 0
    look: LookRule | None = None
