"""What is decided or signed in a sitting: who was there may, from its beginning on, as long as its record is open."""

from __future__ import annotations

from datetime import datetime

from workflows.context import Context
from workflows.errors import Blocker
from workflows.facts import InSitting
from workflows.rules import NONE, Blockers, delegated_then
from workflows.sittings import Sitting

MODES = ("in_person", "online", "wet_ink")
"""How a sitting is held, or a sheet signed."""
SCANNED = "wet_ink"


def closed(sitting: Sitting) -> Blockers:
    """Why nothing more is recorded in a sitting: its record is closed."""
    if sitting.closed is None:
        return NONE
    return (Blocker("sitting_closed", {"sitting": sitting.title}, (sitting.opened.opened_by,)),)


def decided_in(held: InSitting, context: Context, *, move: str | None) -> Blockers:
    """Why a verdict can't be one of that sitting, at that moment. move: of the request that is decided on"""
    if held.at > context.now:
        return (Blocker("decided_in_future", {"decided_at": held.at.isoformat()}, until=held.at),)
    return (
        *made_in(held.sitting, held.at, context),
        *_decider_held_the_office_then(held.at, context),
        *delegated_then(context, held.at, move=move),
    )


def made_in(name: str | None, at: datetime, context: Context) -> Blockers:
    """Why what is true at that moment can't be made in a sitting; nothing where it is made in none."""
    if name is None:
        return NONE
    sitting = context.sittings.get(name)
    if sitting is None:
        return (Blocker("sitting_unknown", {"sitting": name}),)
    return (
        *_of_the_programme(sitting, context),
        *closed(sitting),
        *_was_there(sitting, context),
        *_not_before(sitting, at),
    )


def _of_the_programme(sitting: Sitting, context: Context) -> Blockers:
    if sitting.opened.programme == context.programme.programme:
        return NONE
    return (Blocker("sitting_of_another_programme", {"sitting": sitting.title}),)


def _was_there(sitting: Sitting, context: Context) -> Blockers:
    by = context.by
    if sitting.attended_by(by.person, by.offices):
        return NONE
    keeper = (sitting.opened.opened_by,)
    return (Blocker("not_in_attendance", {"office": by.authority, "sitting": sitting.title}, keeper),)


def _not_before(sitting: Sitting, at: datetime) -> Blockers:
    if at >= sitting.held_at:
        return NONE
    found = {"decided_at": at.isoformat(), "held_at": sitting.held_at.isoformat()}
    return (Blocker("decided_before_sitting", found),)


def _decider_held_the_office_then(at: datetime, context: Context) -> Blockers:
    """Authority counts on the day of the decision, not on the day of its recording."""
    by, day = context.by, context.day_of(at)
    if by.person in {holder.person for holder in context.directory.holders(by.office, day)}:
        return NONE
    return (Blocker("decider_not_holder_then", {"office": by.office, "decided_at": at.isoformat()}),)
