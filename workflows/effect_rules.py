"""What must hold for what a move does without a change of state: when it is asked for and when it takes effect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from workflows.adaptation_rules import ADAPTATION_RULES
from workflows.calendar import end_of_day
from workflows.closing_rules import CLOSING_RULES
from workflows.correction_rules import CORRECTION_RULES
from workflows.errors import Blocker
from workflows.extension_rules import EXTENSION_RULES
from workflows.holds import days_asked, is_on_hold
from workflows.moving import Moving
from workflows.rules import NONE, Blockers, calendars_known, collect, obliged, offices_in_roles, own_offices

LONG_HOLD_DAYS = 20


def effect_rules(case: Moving) -> Blockers:
    """Everything that stands in the way of what the move does."""
    does = NONE if case.move.does is None else collect(RULES[case.move.does], case)
    adapts = collect(ADAPTATION_RULES, case) if case.move.adapts else NONE
    return (*does, *adapts, *collect(CLOSING_RULES, case))


def not_on_hold(case: Moving) -> Blockers:
    """Work isn't at rest."""
    commitment, context = case.commitment, case.context
    if commitment.hold is None or not is_on_hold(commitment, context.today):
        return NONE
    last_day = commitment.hold.begun.ends_on
    askers = [role for move in context.definition.moves.values() if move.does == "resume" for role in move.ask]
    return (
        Blocker(
            "on_hold",
            {"ends_on": last_day.isoformat()},
            offices_in_roles(askers, context, party=commitment.drafted.party, named=own_offices(commitment)),
            end_of_day(last_day, context.programme.zone),
        ),
    )


def on_hold(case: Moving) -> Blockers:
    """Work is at rest."""
    return NONE if is_on_hold(case.commitment, case.context.today) else (Blocker("not_on_hold"),)


def ends_ahead(case: Moving) -> Blockers:
    """The last day of the hold isn't over yet."""
    until = None if case.terms is None else case.terms.until
    if until is None or until > case.context.today:
        return NONE
    return (Blocker("hold_ends_past", {"until": until.isoformat()}),)


def hold_not_too_long(case: Moving) -> Blockers:
    """The hold lasts no longer than the move allows, counted from when it was asked for."""
    until, longest = None if case.terms is None else case.terms.until, case.move.longest_days
    unknown = calendars_known((obliged(case.commitment, case.context),), case.context)
    if until is None or until <= case.asked_on or unknown:
        return unknown
    days = days_asked(case.asked_on, until, commitment=case.commitment, context=case.context)
    if days is None:
        calendar = case.context.directory.calendar_of(obliged(case.commitment, case.context))
        return (Blocker("calendar_ends", {"calendar": calendar, "day": until.isoformat()}),)
    if longest is None or days <= longest:
        return NONE
    return (Blocker("hold_too_long", {"days": str(days), "longest": str(longest)}),)


def long_hold(case: Moving) -> bool:
    """The hold that is asked for, or that is ended early, takes more than twenty working days."""
    hold, until = case.commitment.hold, None if case.terms is None else case.terms.until
    if until is None:
        return hold is not None and hold.begun.working_days > LONG_HOLD_DAYS
    days = days_asked(case.asked_on, until, commitment=case.commitment, context=case.context)
    return days is None or days > LONG_HOLD_DAYS


RULES: Mapping[str, tuple[Callable[[Moving], Blockers], ...]] = MappingProxyType(
    {
        "hold": (not_on_hold, ends_ahead, hold_not_too_long),
        "resume": (on_hold,),
        "extend": EXTENSION_RULES,
        "correct": CORRECTION_RULES,
        "record": (),
    }
)
