"""A move on its way: the case that guards, conditions and effects look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.commitment import Commitment
from workflows.context import Context
from workflows.definition import Move
from workflows.facts import PlanItem, Terms


@dataclass(frozen=True, slots=True)
class Moving:
    """A move that is asked for, or whose last step passes.

    items      the plan it carries, else the plan in force; None: it will carry one that isn't known yet
    signed_at  the moment of a signature that is being recorded; decided_at: of a verdict in a sitting
    terms      what is asked for beside a plan; None: nothing, or nothing known yet
    """

    commitment: Commitment
    move: Move
    items: tuple[PlanItem, ...] | None
    context: Context
    signed_at: datetime | None = None
    terms: Terms | None = None
    decided_at: datetime | None = None

    @property
    def effective_at(self) -> datetime | None:
        """When the move is true from, where a signature or a sitting says so; None: from its recording."""
        return self.signed_at or self.decided_at

    @property
    def signed_on(self) -> date:
        """The programme's day of the signature: the one being recorded, else the recorded one, else today."""
        signature = self.commitment.signature
        at = self.signed_at or (None if signature is None else signature.signed_at)
        return self.context.today if at is None else self.context.day_of(at)

    @property
    def begins_at(self) -> datetime:
        """When what the move brings about is true from: the signature's or the sitting's moment, else now."""
        return self.effective_at or self.context.now

    @property
    def asked_on(self) -> date:
        """The programme's day on which the move was asked for: what it lasts is counted from there."""
        request = self.commitment.open_request
        return self.context.today if request is None else self.context.day_of(request.opened_at)


def moving(
    commitment: Commitment,
    move: Move,
    context: Context,
    *,
    items: tuple[PlanItem, ...] | None,
    terms: Terms | None = None,
) -> Moving:
    """The case of a move that carries `items` (None: none yet, or none at all)."""
    return Moving(commitment, move, items if move.plan else commitment.items, context, terms=terms)
