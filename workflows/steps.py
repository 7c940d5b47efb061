"""From step to step: which offices are asked next, who is heard, and what a passed request brings about.

`go_on` and `effect` state facts for a request that may go on; `cannot_go_on` tells beforehand why it can't.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from workflows import facts
from workflows.calendar import Calendar
from workflows.commitment import Commitment, Request
from workflows.context import Context
from workflows.definition import OWNER, Heard, Limit, Step
from workflows.errors import Blocker, CalendarEnds
from workflows.facts import CommitmentFact, Obligation, PlanItem
from workflows.guards import Moving, guards, stands
from workflows.lifecycle import compile_table
from workflows.obligations import item_obligation, step_obligation
from workflows.rules import NONE, Blockers, calendars_known, offices_in_roles, roles_that_may
from workflows.seats import Seat, Way, named, next_steps, quorum_of, seats

OWED_IN_ONE_FACT = 40


def cannot_go_on(case: Moving, way: Way) -> Blockers:
    """Why the request can't reach its next steps, or take effect after its last: guards, offices, calendars."""
    steps = next_steps(case, way)
    if not (steps or way.reached or way.passed):
        return (Blocker("step_unfillable", {"step": "-", "role": "-", "skipped": "-"}),)
    found = _cannot_fill(case, way) if steps or way.reached else guards(case)
    return found or _calendars_end(case, way)


def go_on(case: Moving, way: Way) -> tuple[CommitmentFact, ...]:
    """The facts of reaching what comes once a step passed or a request opened; after the last, of the move's effect.

    Nothing stands in the way.
    """
    if next_steps(case, way) or way.reached:
        return (*_reached(case, way), *_invited(case, way))
    return effect(case, way)


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


def waits_for(request: Request) -> tuple[tuple[str, ...], datetime | None]:
    """Which offices a request waits for, and until when the last of them has; nobody once it is closed."""
    offices = tuple(reached.office for reached in request.reached)
    return offices, max((reached.obligation.due_at for reached in request.reached), default=None)


def _cannot_fill(case: Moving, way: Way) -> Blockers:
    steps = next_steps(case, way)
    found = seats(case, way, steps)
    short = (_is_short(case, way, step, [seat for seat in found if seat.step is step]) for step in steps)
    return tuple(blocker for blockers in short for blocker in blockers)


def _is_short(case: Moving, way: Way, step: Step, found: list[Seat]) -> Blockers:
    """Why too few offices can decide a step."""
    quorum, empty = quorum_of(step, way), [seat for seat in found if seat.filled.office is None]
    if len(found) - len(empty) >= quorum.needed:
        return NONE
    facts = {"step": step.name, "role": ", ".join(step.roles), "skipped": ", ".join(named(empty)) or "-"}
    if not step.is_shared:
        return (Blocker("step_unfillable", facts, _administrators(case)),)
    counts = {"needed": str(quorum.needed), "seats": str(len(found)), "filled": str(len(found) - len(empty))}
    return (Blocker("quorum_unreachable", {**facts, **counts}, _administrators(case)),)


def quorums_too_small(case: Moving, way: Way) -> Blockers:
    """Which steps to come need more approvals than there are offices, however they are held."""
    later = (step for step in case.move.steps if step.is_shared and stands(step.when, case))
    short = [(step, quorum) for step in later if len((quorum := quorum_of(step, way)).seats) < quorum.needed]
    return tuple(
        Blocker(
            "quorum_unreachable",
            {
                "step": step.name,
                "role": ", ".join(step.roles),
                "skipped": ", ".join(quorum.seats) or "-",
                "needed": str(quorum.needed),
                "seats": str(len(quorum.seats)),
                "filled": str(len(quorum.seats)),
            },
            _administrators(case),
        )
        for step, quorum in short
    )


def _administrators(case: Moving) -> tuple[str, ...]:
    roles = roles_that_may("administer", case.context)
    return offices_in_roles(roles, case.context, party=case.commitment.drafted.party)


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
    steps = next_steps(case, way)
    if not (steps or way.reached):
        yield obliged(case.commitment, case.context)
        return
    yield from (seat.office for seat in seats(case, way, steps) if seat.filled.office)
    yield from (office for _, office in _hearing(case, way))


def _reached(case: Moving, way: Way) -> Iterator[CommitmentFact]:
    """Every seat of the next steps that an office can take; the others can't approve."""
    context = case.context
    for seat in seats(case, way, next_steps(case, way)):
        if seat.filled.office is None:
            continue
        obligation = step_obligation(
            request=way.request,
            step=seat.step,
            office=seat.office,
            party=case.commitment.drafted.party,
            definition=context.definition,
            directory=context.directory,
            calendars=context.calendars,
            now=context.now,
            seat=seat.number,
        )
        yield facts.StepReached(
            way.request, seat.step.name, seat.role, seat.office, seat.filled.skipped, obligation, seat.number
        )


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
