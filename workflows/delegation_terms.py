"""When a delegation begins and ends by itself: what the clock has to say of it, at eight in the morning, once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from workflows.calendar import MORNING_HOUR
from workflows.commands import NoteTerm
from workflows.context import CLOCK
from workflows.delegations import IN_FORCE, Delegation, Delegations, Moment
from workflows.errors import Blocker, Refused
from workflows.facts import DelegationBegun, DelegationEnded
from workflows.ground import Ground
from workflows.offices import Directory

BEGUN, ENDED = "begun", "ended"


def terms_due(delegations: Delegations, directory: Directory, now: datetime) -> tuple[NoteTerm, ...]:
    """What is to be said of every delegation at this moment, in the order in which they were given.

    One that was given on its first day begins with that; one that was revoked ended then.
    """
    return tuple(
        NoteTerm(one.given.delegation, phase)
        for one in delegations.known.values()
        if one.revoked_at is None and not one.is_ended
        for phase in (BEGUN, ENDED)
        if is_due(one, phase, delegations, directory, now)
    )


def is_due(one: Delegation, phase: str, delegations: Delegations, directory: Directory, now: datetime) -> bool:
    """True from eight in the morning, where the giving office is: of the first day, or of the day after the last."""
    given, local = one.given, now.astimezone(ZoneInfo(directory.zone_of(one.given.office)))
    today = local.date()
    if local.hour < MORNING_HOUR or one.revoked_at is not None:
        return False
    if phase == ENDED:
        return not one.is_ended and today > given.ends_on
    in_force = delegations.standing(given.delegation, Moment(now, today)) == IN_FORCE
    return not one.is_begun and in_force and given.given_on < given.starts_on


def note_term(command: NoteTerm, ground: Ground) -> tuple[DelegationBegun | DelegationEnded, ...]:
    """The fact that the clock states. Raises Refused: for anybody else, before its moment, and a second time."""
    if ground.by.office != CLOCK:
        raise Refused((Blocker("not_the_clock", {"office": ground.by.office}),))
    known = ground.delegations.known.get(command.delegation)
    if known is None:
        raise Refused((Blocker("delegation_not_found", {"delegation": command.delegation}),))
    if not is_due(known, command.phase, ground.delegations, ground.directory, ground.now):
        raise Refused((Blocker("term_not_due", {"delegation": command.delegation}),))
    stated = DelegationBegun if command.phase == BEGUN else DelegationEnded
    return (stated(known.given.delegation, known.given.office, known.given.to),)
