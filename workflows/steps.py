"""From step to step: which office is asked next, who is heard, and what a passed request brings about.

`reached` and `effect` state facts for a request that may go on; `cannot_go_on` tells beforehand why it can't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows import facts
from workflows.calendar import Calendar
from workflows.commitment import Act, Commitment, Request
from workflows.context import Context
from workflows.definition import OWNER, Heard, Limit, Step
from workflows.errors import Blocker, CalendarEnds
from workflows.facts import CommitmentFact, Obligation, PlanItem
from workflows.guards import Moving, guards, stands
from workflows.lifecycle import compile_table
from workflows.obligations import item_obligation, step_obligation
from workflows.offices import Resolution
from workflows.rules import NONE, Blockers, behind, calendars_known, offices_in_roles, roles_that_may

OWED_IN_ONE_FACT = 40


@dataclass(frozen=True, slots=True)
class Way:
    """A request on its way: its name, who acted in it so far (the one acting now included), which steps it passed."""

    request: str
    acts: tuple[Act, ...]
    passed: tuple[str, ...]


def next_step(case: Moving, way: Way) -> Step | None:
    """The step that comes now: the first that is needed and not passed; None after the last."""
    steps = (step for step in case.move.steps if step.name not in way.passed)
    return next((step for step in steps if stands(step.when, case)), None)


def cannot_go_on(case: Moving, way: Way) -> Blockers:
    """Why the request can't reach its next step, or take effect after its last: guards, offices, calendars."""
    step = next_step(case, way)
    if step is None and not way.passed:
        return (Blocker("step_unfillable", {"step": "-", "role": "-", "skipped": "-"}),)
    found = guards(case) if step is None else _cannot_fill(case, way, step)
    return found or _calendars_end(case, way)


def go_on(case: Moving, way: Way) -> tuple[CommitmentFact, ...]:
    """The facts of reaching the next step, or of the move's effect after the last. Nothing stands in the way."""
    return _invited_and_reached(case, way) if next_step(case, way) is not None else effect(case, way)


def effect(case: Moving, way: Way) -> tuple[CommitmentFact, ...]:
    """What a request that passed its last step brings about: a new plan, the new state, what is owed from now on."""
    commitment, move, definition = case.commitment, case.move, case.context.definition
    target = definition.states[compile_table(definition)[(commitment.state, move.name)]]
    plan = case.items if move.plan and case.items is not None else commitment.items
    amended = (facts.PlanAmended(way.request, commitment.revision + 1, plan),) if move.plan else ()
    changed = facts.StateChanged(
        request=way.request,
        move=move.name,
        from_state=commitment.state,
        to_state=target.name,
        reason=commitment.requests[way.request].opened.reason,
        closes=not target.is_open,
        effective_at=case.signed_at,
    )
    arisen = tuple(_arising(commitment, plan, case.context)) if target.owed else ()
    return (*amended, changed, *(facts.ObligationsArisen(part) for part in _parts(arisen)))


def _parts(arisen: tuple[Obligation, ...]) -> Iterator[tuple[Obligation, ...]]:
    """An event's body is bounded: a long plan's obligations arise in several facts."""
    for start in range(0, len(arisen), OWED_IN_ONE_FACT):
        yield arisen[start : start + OWED_IN_ONE_FACT]


def owed_again(item: PlanItem, commitment: Commitment, context: Context, *, not_before_days: Limit) -> Obligation:
    """The next round of an item's obligation: due as before, but the office has at least the limit from now on."""
    office = obliged(commitment, context)
    zone = context.directory.zone_of(office)
    limit = _calendar(office, context).due(
        context.now, not_before_days.days, working=not_before_days.working, zone=zone
    )
    earlier = commitment.owed[f"item-{item.number}"]
    return item_obligation(
        item,
        office=office,
        party=commitment.drafted.party,
        round=earlier.obligation.round + 1,
        definition=context.definition,
        directory=context.directory,
        calendars=context.calendars,
        now=context.now,
        not_before=limit.on,
    )


def obliged(commitment: Commitment, context: Context) -> str:
    """The office that owes the plan's items: the PIC, or the agency until a PIC is named."""
    return commitment.agency if context.directory.office(commitment.pic) is None else commitment.pic


def fill(case: Moving, way: Way, step: Step) -> Resolution:
    """The office that decides a step: of its role, nobody who acted in the request before, and held by somebody."""
    hands = [behind(act, case.context) for act in way.acts]
    return case.context.directory.resolve(
        step.role,
        case.commitment.drafted.party,
        on=case.context.today,
        without_offices=frozenset(office for hand in hands for office in hand.offices),
        without_persons=frozenset(person for hand in hands for person in hand.persons),
        ceiling=case.context.definition.ceiling,
        if_conflicted=step.if_conflicted,
        if_vacant=step.if_vacant,
    )


def waits_for(request: Request) -> tuple[tuple[str, ...], datetime | None]:
    """Which offices a request waits for, and until when the last of them has; nobody once it is closed."""
    offices = tuple(reached.office for reached in request.reached)
    return offices, max((reached.obligation.due_at for reached in request.reached), default=None)


def _cannot_fill(case: Moving, way: Way, step: Step) -> Blockers:
    filled = fill(case, way, step)
    if filled.office is not None:
        return NONE
    skipped = ", ".join(f"{one.office} ({one.why})" for one in filled.skipped)
    administrators = offices_in_roles(
        roles_that_may("administer", case.context), case.context, party=case.commitment.drafted.party
    )
    return (
        Blocker("step_unfillable", {"step": step.name, "role": step.role, "skipped": skipped or "-"}, administrators),
    )


def _calendars_end(case: Moving, way: Way) -> Blockers:
    unknown = calendars_known(_counting(case, way), case.context)
    if unknown:
        return unknown
    try:
        go_on(case, way)
    except CalendarEnds as ends:
        return (Blocker("calendar_ends", {"calendar": ends.calendar, "day": ends.day.isoformat()}),)
    return NONE


def _counting(case: Moving, way: Way) -> Iterator[str]:
    """The offices whose working days the next facts count."""
    step = next_step(case, way)
    if step is None:
        yield obliged(case.commitment, case.context)
        return
    filled = fill(case, way, step).office
    assert filled is not None, "asked for blockers first"
    yield filled
    yield from (office for _, office in _hearing(case, way))


def _invited_and_reached(case: Moving, way: Way) -> tuple[CommitmentFact, ...]:
    step = next_step(case, way)
    assert step is not None, "nothing to reach after the last step"
    filled, context = fill(case, way, step), case.context
    assert filled.office is not None, "asked for blockers first"
    obligation = step_obligation(
        request=way.request,
        step=step,
        office=filled.office,
        party=case.commitment.drafted.party,
        definition=context.definition,
        directory=context.directory,
        calendars=context.calendars,
        now=context.now,
    )
    reached = facts.StepReached(way.request, step.name, step.role, filled.office, filled.skipped, obligation)
    return (reached, *_invited(case, way))


def _invited(case: Moving, way: Way) -> Iterator[CommitmentFact]:
    for heard, office in _hearing(case, way):
        zone, limit = case.context.directory.zone_of(office), heard.limit
        due = _calendar(office, case.context).due(case.context.now, limit.days, working=limit.working, zone=zone)
        yield facts.OpinionInvited(way.request, heard.role, office, due.on, due.at)


def _hearing(case: Moving, way: Way) -> Iterator[tuple[Heard, str]]:
    """Who is heard from now on: those named for the step just passed, or for the beginning. Never a vacant office."""
    just_passed = way.passed[-1] if way.passed else None
    acted = {office for act in way.acts for office in act.offices}
    for heard in case.move.heard:
        office = _heard_office(case, heard) if heard.after == just_passed and stands(heard.when, case) else None
        if office is not None and office not in acted:
            yield heard, office


def _heard_office(case: Moving, heard: Heard) -> str | None:
    directory, today = case.context.directory, case.context.today
    party = case.commitment.drafted.party
    if heard.role == OWNER:
        subject = case.context.subject(case.commitment.drafted.subject)
        office = None if subject is None else subject.owner_office
    else:
        office = directory.nearest(heard.role, party)
    return None if office is None or directory.is_vacant(office, today) else office


def _arising(commitment: Commitment, items: tuple[PlanItem, ...], context: Context) -> Iterator[Obligation]:
    """The items that begin to be owed: never owed yet, by another day now, or no longer reached by what was claimed."""
    for item in items:
        earlier = commitment.owed.get(f"item-{item.number}")
        if earlier is not None and _stays(item, commitment):
            continue
        yield item_obligation(
            item,
            office=obliged(commitment, context),
            party=commitment.drafted.party,
            round=1 if earlier is None else earlier.obligation.round + 1,
            definition=context.definition,
            directory=context.directory,
            calendars=context.calendars,
            now=context.now,
        )


def _stays(item: PlanItem, commitment: Commitment) -> bool:
    earlier, old = commitment.owed[f"item-{item.number}"], commitment.item(item.number)
    progress = commitment.progress.get(item.number)
    if progress is not None and progress.claimed_value >= item.target:
        return True
    return earlier.is_open and old is not None and old.ends_on == item.ends_on


def _calendar(office: str, context: Context) -> Calendar:
    return context.calendars[context.directory.calendar_of(office)]
