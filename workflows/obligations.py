"""What an office owes, and when each level of its ladder comes: computed once, when the obligation arises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from workflows.calendar import Calendar, end_of_day, morning
from workflows.definition import Definition, Duty, Ladder, Step
from workflows.facts import LevelDue, Obligation, PlanItem
from workflows.offices import Directory
from workflows.periods import Window
from workflows.recipients import reaches


def step_obligation(
    *,
    request: str,
    step: Step,
    office: str,
    party: str,
    definition: Definition,
    directory: Directory,
    calendars: Mapping[str, Calendar],
    now: datetime,
    seat: int = 1,
    round: int = 1,
) -> Obligation:
    """The verdict that `office` owes from now on.

    Raises CalendarEnds.
    """
    zone, calendar = directory.zone_of(office), calendars[directory.calendar_of(office)]
    due = calendar.due(now, step.limit.days, working=step.limit.working, zone=zone)
    ladder = _ending(definition.ladders[step.ladder], office, party, directory=directory, definition=definition)
    return Obligation(
        obligation=verdict_name(request, step, seat),
        round=round,
        kind="decision",
        subject=f"{request}/{step.name}",
        office=office,
        due_on=due.on,
        due_at=due.at,
        calendar=calendar.calendar,
        calendar_version=calendar.version,
        ladder=ladder.name,
        ladder_version=definition.version,
        levels=levels_of(ladder, due.on, zone=zone, calendar=calendar, now=now),
    )


def verdict_name(request: str, step: Step, seat: int) -> str:
    """The name of a verdict that is owed: "<request's number>/<step>", as in "r2/check".

    seat  its number ends the name where several offices share the step: "r2/check/3"
    """
    name = f"{request.rpartition('.')[2]}/{step.name}"
    return f"{name}/{seat}" if step.is_shared else name


def item_obligation(
    item: PlanItem,
    *,
    office: str,
    party: str,
    round: int,
    definition: Definition,
    directory: Directory,
    calendars: Mapping[str, Calendar],
    now: datetime,
    not_before: date | None = None,
) -> Obligation:
    """A plan item that `office` owes by its end, or by `not_before` if that is later; its name is "item-<number>".

    Raises CalendarEnds.
    """
    zone, calendar = directory.zone_of(office), calendars[directory.calendar_of(office)]
    due_on = item.ends_on if not_before is None else max(item.ends_on, not_before)
    whole = definition.ladders[definition.item_ladder]
    ladder = _ending(whole, office, party, directory=directory, definition=definition)
    return Obligation(
        obligation=f"item-{item.number}",
        round=round,
        kind="item",
        subject=str(item.number),
        office=office,
        due_on=due_on,
        due_at=end_of_day(due_on, zone),
        calendar=calendar.calendar,
        calendar_version=calendar.version,
        ladder=ladder.name,
        ladder_version=definition.version,
        levels=levels_of(ladder, due_on, zone=zone, calendar=calendar, now=now),
    )


def duty_obligation(
    duty: Duty,
    *,
    name: str,
    office: str,
    party: str,
    round: int,
    definition: Definition,
    directory: Directory,
    calendars: Mapping[str, Calendar],
    now: datetime,
    from_at: datetime,
) -> Obligation:
    """What `office` owes by a duty whose limit is counted from the day of `from_at`. Raises CalendarEnds."""
    zone, calendar = directory.zone_of(office), calendars[directory.calendar_of(office)]
    due = calendar.due(from_at, duty.limit.days, working=duty.limit.working, zone=zone)
    ladder = _ending(definition.ladders[duty.ladder], office, party, directory=directory, definition=definition)
    return Obligation(
        obligation=name,
        round=round,
        kind="duty",
        subject=duty.name,
        office=office,
        due_on=due.on,
        due_at=due.at,
        calendar=calendar.calendar,
        calendar_version=calendar.version,
        ladder=ladder.name,
        ladder_version=definition.version,
        levels=levels_of(ladder, due.on, zone=zone, calendar=calendar, now=now),
    )


def matter_obligation(
    kind: str,
    matter: str,
    *,
    number: int,
    round: int,
    office: str,
    given_by: str,
    party: str,
    due_on: date | None,
    definition: Definition,
    directory: Directory,
    calendars: Mapping[str, Calendar],
    now: datetime,
) -> Obligation:
    """The answer that `office` owes to a matter, by `due_on` or (None) within the workflow's limit; "<kind>-<number>".

    Raises CalendarEnds.
    """
    zone, calendar = directory.zone_of(office), calendars[directory.calendar_of(office)]
    rule = definition.answers[kind]
    if due_on is None:
        due_on = calendar.due(now, rule.limit.days, working=rule.limit.working, zone=zone).on
    whole = definition.ladders[rule.ladder]
    ladder = _ending(whole, office, party, directory=directory, definition=definition, giver=given_by)
    return Obligation(
        obligation=f"{kind}-{number}",
        round=round,
        kind=kind,
        subject=matter,
        office=office,
        due_on=due_on,
        due_at=end_of_day(due_on, zone),
        calendar=calendar.calendar,
        calendar_version=calendar.version,
        ladder=ladder.name,
        ladder_version=definition.version,
        levels=levels_of(ladder, due_on, zone=zone, calendar=calendar, now=now),
        given_by=given_by,
    )


def report_obligation(
    window: Window,
    *,
    office: str,
    party: str,
    round: int,
    ladder: Ladder,
    definition: Definition,
    directory: Directory,
    calendars: Mapping[str, Calendar],
    now: datetime,
) -> Obligation:
    """A period's report that `office` owes by the window's due day; its name is "report-<period>".

    Raises CalendarEnds.
    """
    zone, calendar = directory.zone_of(office), calendars[directory.calendar_of(office)]
    climbed = _ending(ladder, office, party, directory=directory, definition=definition)
    return Obligation(
        obligation=f"report-{window.period.code}",
        round=round,
        kind="report",
        subject=window.period.code,
        office=office,
        due_on=window.due_on,
        due_at=window.due_at,
        calendar=calendar.calendar,
        calendar_version=calendar.version,
        ladder=ladder.name,
        ladder_version=definition.version,
        levels=levels_of(climbed, window.due_on, zone=zone, calendar=calendar, now=now),
    )


def levels_of(ladder: Ladder, due_on: date, *, zone: str, calendar: Calendar, now: datetime) -> tuple[LevelDue, ...]:
    """The moments of a ladder's levels, oldest first, each at 08.00 of a working day; those before `now` never come.

    Working days count from the due day; where offices don't work then, from the last working day before it.
    Raises CalendarEnds.
    """
    counted_from = calendar.working_day_on_or_before(due_on)
    moments = (
        LevelDue(level.number, morning(calendar.add_working_days(counted_from, level.offset_days), zone))
        for level in ladder.levels
    )
    return tuple(moment for moment in moments if moment.at >= now)


def _ending(
    ladder: Ladder,
    office: str,
    party: str,
    *,
    directory: Directory,
    definition: Definition,
    giver: str | None = None,
) -> Ladder:
    """The ladder for an office: without the levels that mean nobody, since none stands above it there."""
    kept = tuple(
        level
        for level in ladder.levels
        if reaches(level, office, party=party, directory=directory, definition=definition, giver=giver)
    )
    return replace(ladder, levels=kept)
