"""Which claim each of an item's three figures rests on."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.commitment.state import Claim, Commitment

FIGURES: Mapping[str, tuple[str, ...]] = {
    "claimed": ("claimed", "checked", "verified"),
    "checked": ("checked", "verified"),
    "verified": ("verified",),
}
"""The figures, and in which states a claim stands for each."""


def grounds(state: Commitment, item: int) -> Mapping[str, Claim | None]:
    """By figure the latest claim of the item that it rests on; None where nothing stands for it yet."""
    claims = [claim for claim in state.claims.values() if claim.made.item == item]
    return {
        figure: next((claim for claim in reversed(claims) if claim.status in statuses), None)
        for figure, statuses in FIGURES.items()
    }
