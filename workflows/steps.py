"""From step to step: which offices are asked next, who is heard, and what a passed request brings about.

`onward` finds both: the facts of a request that may go on, or why it can't.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workflows import facts
from workflows.commitment import Commitment, Request
from workflows.definition import Step
from workflows.duties import begun_in, cannot_arise
from workflows.effects import effect
from workflows.errors import Blocker, CalendarEnds
from workflows.facts import CommitmentFact
from workflows.guards import guards, stands
from workflows.hearing import hearings, invited
from workflows.looks import lookers_in_calendar
from workflows.moving import Moving
from workflows.obligations import step_obligation, verdict_name
from workflows.quorums import Member, Way, members, named, next_steps, quorum_of
from workflows.rules import NONE, Blockers, calendars_known, obliged, offices_in_roles, owing, roles_that_may


@dataclass(frozen=True, slots=True)
class Onward:
    """What comes once a step passed or a request opened: all that stands in its way, or its facts."""

    blockers: Blockers
    facts: tuple[CommitmentFact, ...] = ()


def onward(case: Moving, way: Way) -> Onward:
    """Reach the next steps, or after the last take effect; guards, offices and calendars may stand in the way."""
    steps = next_steps(case, way)
    if steps or way.reached:
        found = members(case, way, steps)
        hearing = hearings(case, way)
        offices = (*(member.office for member in found if member.filled.office), *(one.office for one in hearing))
        blocked = _cannot_fill(case, way, steps, found) or calendars_known(offices, case.context)
        return (
            Onward(blocked)
            if blocked
            else _counted(lambda: (*_reached(case, way, found), *invited(case, way, hearing)))
        )
    if not way.passed:
        return Onward((Blocker("step_unfillable", {"step": "-", "role": "-", "skipped": "-"}),))
    blocked = guards(case) or calendars_known((obliged(case.commitment, case.context),), case.context)
    blocked = blocked or _duties_cannot_arise(case)
    return Onward(blocked) if blocked else _counted(lambda: effect(case, way.request))


def _counted(stated: Callable[[], tuple[CommitmentFact, ...]]) -> Onward:
    try:
        return Onward(NONE, stated())
    except CalendarEnds as ends:
        return Onward((Blocker("calendar_ends", {"calendar": ends.calendar, "day": ends.day.isoformat()}),))


def waits_for(request: Request) -> tuple[tuple[str, ...], datetime | None]:
    """Which offices a request waits for, and until when the last of them has; nobody once it is closed."""
    offices = tuple(reached.office for reached in request.reached)
    return offices, max((reached.obligation.due_at for reached in request.reached), default=None)


def _cannot_fill(case: Moving, way: Way, steps: tuple[Step, ...], found: tuple[Member, ...]) -> Blockers:
    short = NONE
    for step in steps:
        short += _is_short(case, way, step, [member for member in found if member.step is step])
    return short


def _is_short(case: Moving, way: Way, step: Step, found: list[Member]) -> Blockers:
    """Why too few offices can decide a step."""
    quorum, empty = quorum_of(step, way), [member for member in found if member.filled.office is None]
    if len(found) - len(empty) >= quorum.needed:
        return NONE
    facts = {"step": step.name, "role": ", ".join(step.roles), "skipped": ", ".join(named(empty)) or "-"}
    if not step.is_shared:
        return (Blocker("step_unfillable", facts, _administrators(case)),)
    counts = {"needed": str(quorum.needed), "members": str(len(found)), "filled": str(len(found) - len(empty))}
    return (Blocker("quorum_unreachable", {**facts, **counts}, _administrators(case)),)


def quorums_too_small(case: Moving, way: Way) -> Blockers:
    """Which steps to come need more approvals than there are offices, however they are held."""
    later = (step for step in case.move.steps if step.is_shared and stands(step.when, case))
    short = [(step, quorum) for step in later if len((quorum := quorum_of(step, way)).members) < quorum.needed]
    return tuple(
        Blocker(
            "quorum_unreachable",
            {
                "step": step.name,
                "role": ", ".join(step.roles),
                "skipped": ", ".join(quorum.members) or "-",
                "needed": str(quorum.needed),
                "members": str(len(quorum.members)),
                "filled": str(len(quorum.members)),
            },
            _administrators(case),
        )
        for step, quorum in short
    )


def _administrators(case: Moving) -> tuple[str, ...]:
    roles = roles_that_may("administer", case.context)
    return offices_in_roles(roles, case.context, party=case.commitment.drafted.party)


def _duties_cannot_arise(case: Moving) -> Blockers:
    definition, target = case.context.definition, case.move.target
    if target is None:
        return NONE
    state, commitment = definition.states[target], case.commitment
    duties = cannot_arise(begun_in(state, case.context), commitment, case.context, from_at=case.begins_at)
    return duties or (lookers_in_calendar(commitment, case.context) if state.claims else NONE)


def reach(case: Moving, way: Way) -> Iterator[CommitmentFact]:
    """Every member of the next steps that an office can take; the others can't approve."""
    return _reached(case, way, members(case, way, next_steps(case, way)))


def _reached(case: Moving, way: Way, found: tuple[Member, ...]) -> Iterator[CommitmentFact]:
    for member in found:
        if member.filled.office is None:
            continue
        obligation = step_obligation(
            owing(member.office, case.commitment, case.context),
            request=way.request,
            step=member.step,
            member=member.number,
            round=_round(case.commitment, way, member),
        )
        yield facts.StepReached(
            way.request, member.step.name, member.role, member.office, member.filled.skipped, obligation, member.number
        )


def _round(commitment: Commitment, way: Way, member: Member) -> int:
    """The next round of a member's obligation: a step is reached again once a further approval came before it."""
    earlier = commitment.owed.get(verdict_name(way.request, member.step, member.number))
    return 1 if earlier is None else earlier.obligation.round + 1
