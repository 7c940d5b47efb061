"""What is owed once a file has brought a commitment through states elsewhere; of the past nothing is fired."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from workflows import facts
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.definition import Duty, State
from workflows.duties import arising, begun_in, cannot_arise, obligation_of
from workflows.effects import OWED_IN_ONE_FACT
from workflows.facts import CommitmentFact, Obligation
from workflows.obligations import item_obligation
from workflows.report_duties import reports_arising
from workflows.rules import NONE, Blockers, calendar_reaches, obliged, owing


@dataclass(frozen=True, slots=True)
class Brought:
    """A commitment, and the states that a file brings it through, oldest first, each with the moment of its truth."""

    commitment: Commitment
    reached: Sequence[tuple[State, datetime]]
    context: Context

    @property
    def last(self) -> State:
        """The state that it is in at the end."""
        return self.reached[-1][0]

    @property
    def duties(self) -> tuple[tuple[Duty, datetime], ...]:
        """The duties that began on the way and haven't ended on it, each with the moment of its beginning."""
        names = [state.name for state, _ in self.reached]
        return tuple(
            (duty, since)
            for place, (state, since) in enumerate(self.reached)
            for duty in begun_in(state, self.context)
            if duty.until.isdisjoint(names[place:])
        )


def met_by(case: Brought) -> tuple[CommitmentFact, ...]:
    """The fact that open duties are met, because the commitment came through a state that ends them; else none."""
    names = {state.name for state, _ in case.reached}
    ended = [duty for duty in case.context.definition.duties.values() if not duty.until.isdisjoint(names)]
    owed = case.commitment.owed
    met = tuple(name for duty in ended if (name := obligation_of(duty.name)) in owed and owed[name].is_open)
    return (facts.ObligationsMet(met),) if met else ()


def still_owed(case: Brought) -> tuple[CommitmentFact, ...]:
    """What is owed from now on. Of what was due before now no level comes any more. Raises CalendarEnds."""
    if not case.last.is_open:
        return ()
    now = case.context.now
    owed = tuple(one if one.due_at > now else replace(one, levels=()) for one in _arising(case))
    parts = (owed[start : start + OWED_IN_ONE_FACT] for start in range(0, len(owed), OWED_IN_ONE_FACT))
    return tuple(facts.ObligationsArisen(part) for part in parts)


def cannot_be_owed(case: Brought) -> Blockers:
    """Why what is owed can't be counted: nobody to owe a duty, or no calendar for its days."""
    if not case.last.is_open:
        return NONE
    unowed = tuple(
        blocker
        for duty, since in case.duties
        for blocker in cannot_arise((duty,), case.commitment, case.context, from_at=since)
    )
    if unowed or not (case.last.owed and case.commitment.items):
        return unowed
    return calendar_reaches(obliged(case.commitment, case.context), case.context, lambda: still_owed(case))


def _arising(case: Brought) -> Iterator[Obligation]:
    commitment, context = case.commitment, case.context
    if case.last.owed and commitment.items:
        debtor = owing(obliged(commitment, context), commitment, context)
        for item in commitment.items:
            if f"item-{item.number}" not in commitment.owed:
                yield item_obligation(debtor, item, round=1)
        yield from reports_arising(commitment, context)
    for duty, since in case.duties:
        yield from arising((duty,), commitment, context, from_at=since)
