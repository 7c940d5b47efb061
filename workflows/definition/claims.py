"""How claimed progress is found right."""

from __future__ import annotations

from dataclasses import dataclass

PERMILLE = 1000


@dataclass(frozen=True, slots=True)
class Verification:
    """Which checked claims are verified by a second office: every one that completes its item, and further ones.

    money_over_idr   those of items with a larger budget; None: money makes no difference
    sample_permille  how many of a thousand of the rest are drawn once their period has closed; 0: none
    """

    money_over_idr: int | None = None
    sample_permille: int = 0
