"""A fact as it would be recorded next: to look at a commitment as an act would leave it."""

from __future__ import annotations

from workflows.commitment import Commitment, Recorded
from workflows.context import Context
from workflows.facts import CommitmentFact, valid_at


def recorded_next(fact: CommitmentFact, before: Commitment, context: Context, operation: str) -> Recorded:
    """The fact right after the commitment's last one, recorded now, by the context's office and person."""
    by, last = context.by, before.last
    now = max(context.now, last.recorded_at)
    return Recorded(
        fact=fact,
        version=last.version + 1,
        position=last.position + 1,
        recorded_at=now,
        valid_at=valid_at(fact) or now,
        office=by.office,
        person=by.person,
        on_behalf_of=by.on_behalf_of,
        capacity=by.capacity,
        operation=operation,
    )
