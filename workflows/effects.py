"""What a request that passed its last step brings about.

With a target: perhaps a new plan, the new state, and what is owed from now on. Without one: what the move does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from workflows import facts
from workflows.calendar import Calendar
from workflows.commitment import Commitment
from workflows.context import Context
from workflows.correction_rules import PIC, corrected
from workflows.definition import Limit
from workflows.duties import arising, begun_in, met_in
from workflows.facts import CommitmentFact, Obligation, PlanItem
from workflows.holds import (
    calendar_counted,
    days_after,
    dues_moved,
    items_rested,
    items_resumed,
    limit_begins,
)
from workflows.lifecycle import compile_table
from workflows.looks import looks_arising
from workflows.moving import Moving
from workflows.obligations import item_obligation
from workflows.plan import verified_percent
from workflows.report_duties import reports_arising
from workflows.rules import obliged, owing

OWED_IN_ONE_FACT = 40


def effect(case: Moving, request: str) -> tuple[CommitmentFact, ...]:
    """The facts of the move's effect. Nothing stands in the way. Raises CalendarEnds."""
    does = case.move.does
    return tuple(_moved(case, request) if does is None else EFFECTS[does](case, request))


def owed_again(item: PlanItem, commitment: Commitment, context: Context, *, not_before_days: Limit) -> Obligation:
    """The next round of an item's obligation: due as before, but the office has at least the limit from now on.

    On hold the limit counts from the hold's last day.
    """
    debtor = owing(obliged(commitment, context), commitment, context)
    limit = debtor.due(not_before_days, limit_begins(commitment, context, debtor.zone))
    earlier = commitment.owed[f"item-{item.number}"]
    return item_obligation(debtor, item, round=earlier.obligation.round + 1, not_before=limit.on)


def _moved(case: Moving, request: str) -> Iterator[CommitmentFact]:
    commitment, move, definition = case.commitment, case.move, case.context.definition
    target = definition.states[compile_table(definition)[(commitment.state, move.name)]]
    plan = case.items if move.plan and case.items is not None else commitment.items
    if move.plan:
        yield facts.PlanAmended(request, commitment.revision + 1, plan, move.adapts)
    yield from met_in(target, commitment, case.context)
    yield facts.StateChanged(
        request=request,
        move=move.name,
        from_state=commitment.state,
        to_state=target.name,
        reason=commitment.requests[request].opened.reason,
        closes=not target.is_open,
        effective_at=case.effective_at,
        verified_percent=_verified(case) if not target.is_open else None,
    )
    if target.owed:
        yield from arisen(_arising(commitment, plan, case.context))
        yield from arisen(reports_arising(commitment, case.context))
    if target.claims:
        yield from arisen(looks_arising(commitment, plan, case.context))
    yield from arisen(arising(begun_in(target, case.context), commitment, case.context, from_at=case.begins_at))


def _verified(case: Moving) -> int | None:
    """How much of a running commitment's plan was verified; None where none of it could be claimed yet."""
    commitment = case.commitment
    if not case.context.definition.states[commitment.state].claims:
        return None
    return verified_percent(commitment.items, commitment.progress)


def _hold(case: Moving, request: str) -> Iterator[CommitmentFact]:
    calendar, until = _calendar(case), None if case.terms is None else case.terms.until
    assert until is not None, "asked for blockers first"
    begins_on = case.context.today
    days = days_after(begins_on, until, calendar)
    items = items_rested(case.commitment, begins_on, days, calendar)
    yield facts.HoldBegun(request, begins_on, until, days, calendar.calendar, calendar.version, items)
    yield _fulfilled(case, request)
    yield from _due_moved(dues_moved(case.commitment, items, days, context=case.context, calendar=calendar), "hold")


def _resume(case: Moving, request: str) -> Iterator[CommitmentFact]:
    calendar, hold, today = _calendar(case), case.commitment.hold, case.context.today
    assert hold is not None, "asked for blockers first"
    rested = days_after(hold.begun.begins_on, today, calendar)
    left = hold.begun.working_days - rested
    items = items_resumed(case.commitment, rested, calendar)
    yield facts.HoldEnded(request, today, left, items)
    yield _fulfilled(case, request)
    yield from _due_moved(dues_moved(case.commitment, items, -left, context=case.context, calendar=calendar), "resume")


def _extend(case: Moving, request: str) -> Iterator[CommitmentFact]:
    commitment, calendar = case.commitment, _calendar(case)
    before = Counter(one.item for one in commitment.extensions)
    extended: list[PlanItem] = []
    for asked in () if case.terms is None else case.terms.extensions:
        item = commitment.item(asked.item)
        assert item is not None, "asked for blockers first"
        days = days_after(item.ends_on, asked.ends_on, calendar)
        yield facts.ItemExtended(request, item.number, item.ends_on, asked.ends_on, days, before[item.number] + 1)
        extended.append(replace(item, ends_on=asked.ends_on))
    yield _fulfilled(case, request)
    yield from arisen(_owed_anew(extended, commitment, case.context, office=obliged(commitment, case.context)))


def _correct(case: Moving, request: str) -> Iterator[CommitmentFact]:
    commitment = case.commitment
    corrections = corrected(commitment, () if case.terms is None else case.terms.corrections)
    yield facts.CommitmentCorrected(request, corrections)
    yield _fulfilled(case, request)
    pic = next((one.new for one in corrections if one.field == PIC), commitment.pic)
    if pic != commitment.pic:
        yield from arisen(_owed_anew(commitment.items, commitment, case.context, office=pic))


def _record(case: Moving, request: str) -> Iterator[CommitmentFact]:
    yield _fulfilled(case, request)


EFFECTS: Mapping[str, Callable[[Moving, str], Iterator[CommitmentFact]]] = MappingProxyType(
    {
        "hold": _hold,
        "resume": _resume,
        "extend": _extend,
        "correct": _correct,
        "record": _record,
    }
)


def _fulfilled(case: Moving, request: str) -> CommitmentFact:
    assert case.move.does is not None, "a move with a target changes the state"
    return facts.RequestFulfilled(request, case.move.name, case.move.does)


def _calendar(case: Moving) -> Calendar:
    calendar = calendar_counted(case.commitment, case.context)
    assert calendar is not None, "asked for blockers first"
    return calendar


def _due_moved(moved: Iterator[Obligation], cause: str) -> Iterator[CommitmentFact]:
    yield from (facts.DueMoved(cause, part) for part in _parts(tuple(moved)))


def arisen(arising: Iterable[Obligation]) -> Iterator[CommitmentFact]:
    """The facts that these are owed from now on; none where nothing is."""
    yield from (facts.ObligationsArisen(part) for part in _parts(tuple(arising)))


def _parts(owed: tuple[Obligation, ...]) -> Iterator[tuple[Obligation, ...]]:
    """An event's body is bounded: a long plan's obligations stand in several facts."""
    for start in range(0, len(owed), OWED_IN_ONE_FACT):
        yield owed[start : start + OWED_IN_ONE_FACT]


def _owed_anew(
    items: Iterable[PlanItem], commitment: Commitment, context: Context, *, office: str
) -> Iterator[Obligation]:
    """The next round of what is still owed for these items, by `office` and by their ends."""
    for item in items:
        earlier = commitment.owed.get(f"item-{item.number}")
        if earlier is not None and earlier.is_open:
            yield item_obligation(owing(office, commitment, context), item, round=earlier.obligation.round + 1)


def _arising(commitment: Commitment, items: tuple[PlanItem, ...], context: Context) -> Iterator[Obligation]:
    """The items that begin to be owed: never owed yet, by another day now, or no longer reached by what was claimed."""
    for item in items:
        earlier = commitment.owed.get(f"item-{item.number}")
        if earlier is not None and _stays(item, commitment):
            continue
        round = 1 if earlier is None else earlier.obligation.round + 1
        yield item_obligation(owing(obliged(commitment, context), commitment, context), item, round=round)


def _stays(item: PlanItem, commitment: Commitment) -> bool:
    earlier, old = commitment.owed[f"item-{item.number}"], commitment.item(item.number)
    progress = commitment.progress.get(item.number)
    if progress is not None and progress.claimed_value >= item.target:
        return True
    return earlier.is_open and old is not None and old.ends_on == item.ends_on
