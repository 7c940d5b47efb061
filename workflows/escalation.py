"""What happens when an obligation is late: which level of its ladder comes next, who hears of it, and the fact."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from workflows.calendar import Calendar, local_day, morning
from workflows.commands import Escalate
from workflows.commitment import Commitment, Owed
from workflows.context import CLOCK, Context
from workflows.definition import Definition, Ladder, Level, Recipient
from workflows.errors import Blocker, CalendarEnds, Refused
from workflows.facts import EscalationRaised, LevelDue, Obligation, Skipped
from workflows.offices import Directory, Resolution
from workflows.recipients import OBLIGED, aimed_at

ASKED_AGAIN = timedelta(days=1)
"""How long the clock waits before it asks again for what was due before go-live: that day may be taken back."""


def next_due(owed: Owed, ladder: Ladder, *, calendar: Calendar, zone: str) -> LevelDue | None:
    """The next level of an obligation's ladder and its moment; None once it isn't owed or the ladder is at its end.

    The moment is the one computed when the obligation arose, but a full interval after the level before was really
    taken: after an outage one level fires, and the next ones keep their distance.
    zone  of the obliged office
    Raises CalendarEnds where that distance leaves the calendar.
    """
    taken = owed.raised[-1] if owed.raised else None
    coming = (due for due in owed.obligation.levels if taken is None or due.level > taken.level)
    following = next(coming, None) if owed.is_open else None
    if following is None or taken is None:
        return following
    offsets = {level.number: level.offset_days for level in ladder.levels}
    interval = offsets[following.level] - offsets[taken.level]
    spaced = morning(calendar.add_working_days(local_day(taken.at, zone), interval), zone)
    return LevelDue(following.level, max(following.at, spaced))


def escalate(commitment: Commitment, command: Escalate, context: Context) -> tuple[EscalationRaised, ...]:
    """Take the level that is due.

    Raises Refused: only the clock asks, for the next level, not before its moment and only in telling hours.
    """
    owed = commitment.owed.get(command.obligation)
    blockers = tuple(_blockers(owed, command, context))
    if owed is None or blockers:
        raise Refused(blockers)
    obligation, definition = owed.obligation, context.version(owed.obligation.ladder_version)
    ladder = definition.ladders[obligation.ladder]
    level = next(level for level in ladder.levels if level.number == command.level)
    on = local_day(context.now, context.directory.zone_of(obligation.office))
    offices, skipped = recipients(
        level, owed, party=commitment.drafted.party, directory=context.directory, definition=definition, on=on
    )
    raised = EscalationRaised(
        obligation=obligation.obligation,
        round=obligation.round,
        ladder=ladder.name,
        ladder_version=obligation.ladder_version,
        level=level.number,
        style=level.style,
        due_at=obligation.due_at,
        office=obligation.office,
        recipients=offices,
        skipped=skipped,
    )
    return (raised,)


def recipients(
    level: Level, owed: Owed, *, party: str, directory: Directory, definition: Definition, on: date
) -> tuple[tuple[str, ...], tuple[Skipped, ...]]:
    """The offices that hear of a level, each once, and the vacant ones passed over to reach them.

    The obliged office is always among the first to hear: where no level reached it yet, this one does too.
    """
    wanted = level.recipients if OBLIGED in level.recipients or owed.told else (OBLIGED, *level.recipients)
    reached = [
        _reached(recipient, owed.obligation, party=party, directory=directory, definition=definition, on=on)
        for recipient in wanted
    ]
    offices = dict.fromkeys(one.office for one in reached if one.office is not None)
    skipped = dict.fromkeys(passed for one in reached for passed in one.skipped)
    return tuple(offices), tuple(skipped)


def _reached(
    recipient: Recipient, owed: Obligation, *, party: str, directory: Directory, definition: Definition, on: date
) -> Resolution:
    ceiling = recipient.never_above or definition.ceiling
    if recipient.kind == "role":
        return directory.resolve(recipient.roles[0], party, on=on, ceiling=ceiling)
    office = aimed_at(
        recipient, owed.office, party=party, directory=directory, definition=definition, giver=owed.given_by
    )
    return Resolution(None) if office is None else directory.reach(office, on=on, ceiling=ceiling)


def _blockers(owed: Owed | None, command: Escalate, context: Context) -> Iterator[Blocker]:
    if context.by.office != CLOCK:
        yield Blocker("not_the_clock", {"office": context.by.office})
    if owed is None:
        yield Blocker("obligation_unknown", {"obligation": command.obligation})
    elif command.round != owed.obligation.round:
        yield Blocker("round_ended", {"obligation": command.obligation, "round": str(owed.obligation.round)})
    elif not owed.is_open:
        yield Blocker("obligation_ended", {"obligation": command.obligation})
    elif command.level <= max((one.level for one in owed.raised), default=0):
        yield Blocker("level_taken", {"obligation": command.obligation, "level": str(command.level)})
    else:
        yield from _not_due(owed, command, context)


def _not_due(owed: Owed, command: Escalate, context: Context) -> Iterator[Blocker]:
    obligation, directory = owed.obligation, context.directory
    calendar, zone = context.calendars[directory.calendar_of(obligation.office)], directory.zone_of(obligation.office)
    # The ladder of the version under which it arose, whichever one the commitment follows by now.
    ladder = context.version(obligation.ladder_version).ladders[obligation.ladder]
    named = {"obligation": obligation.obligation, "level": str(command.level)}
    if context.go_live is not None and obligation.due_on < context.go_live:
        yield Blocker("before_go_live", {**named, "on": str(context.go_live)}, until=context.now + ASKED_AGAIN)
        return
    try:
        due = next_due(owed, ladder, calendar=calendar, zone=zone)
        opens = calendar.telling_moment(context.now, zone)
    except CalendarEnds as ends:
        yield Blocker("calendar_ends", {"calendar": ends.calendar, "day": str(ends.day)})
        return
    stale = command.ladder_version != obligation.ladder_version
    if stale or due is None or due.level != command.level:
        yield Blocker("level_unknown", named)
    elif context.now < due.at:
        yield Blocker("level_not_due", named, until=due.at)
    elif context.now < opens:
        yield Blocker("outside_hours", named, until=opens)
