"""What an office owes, and when each level of its ladder comes: computed once, when the obligation arises."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from workflows.calendar import Calendar, Due, end_of_day, morning
from workflows.definition import Definition, Duty, Level, Limit, LookRule, Step
from workflows.facts import LevelDue, Obligation, PlanItem
from workflows.offices import Directory
from workflows.periods import Window
from workflows.recipients import reaches
from workflows.remembered import Remembered

DIRECTORIES_REMEMBERED, DEFINITIONS_REMEMBERED, MOMENTS_REMEMBERED = 8, 64, 1024


@dataclass(frozen=True, slots=True)
class Owing:
    """An office that comes to owe something to a party now, and what its days and ladder are counted with.

    go_live  the programme's day, if one was set: what is due before it fires nothing
    """

    office: str
    party: str
    definition: Definition
    directory: Directory
    calendars: Mapping[str, Calendar]
    now: datetime
    go_live: date | None = None

    @property
    def zone(self) -> str:
        """The IANA zone of the office's organisation."""
        return self.directory.zone_of(self.office)

    @property
    def calendar(self) -> Calendar:
        """The working calendar of the office's organisation."""
        return self.calendars[self.directory.calendar_of(self.office)]

    def due(self, limit: Limit, from_at: datetime) -> Due:
        """When a limit that counts from a moment ends. Raises CalendarEnds."""
        return self.calendar.due(from_at, limit.days, working=limit.working, zone=self.zone)

    def obligation(
        self, name: str, kind: str, subject: str, *, round: int, ladder: str, due: Due, given_by: str | None = None
    ) -> Obligation:
        """The obligation, with the moments of its ladder's levels: none if it was due before go-live.

        Raises CalendarEnds.
        """
        calendar = self.calendar
        before = self.go_live is not None and due.on < self.go_live
        levels = () if before else self._levels(ladder, given_by)
        return Obligation(
            obligation=name,
            round=round,
            kind=kind,
            subject=subject,
            office=self.office,
            due_on=due.on,
            due_at=due.at,
            calendar=calendar.calendar,
            calendar_version=calendar.version,
            ladder=ladder,
            ladder_version=self.definition.version,
            levels=levels_of(levels, due.on, zone=self.zone, calendar=calendar, now=self.now),
            given_by=given_by,
        )

    def _levels(self, ladder: str, giver: str | None) -> tuple[Level, ...]:
        """The ladder's levels for the office: without those that mean nobody, since none stands above it there."""
        directory, definition = self.directory, self.definition
        kept, key = _levels_kept(directory)(definition), (ladder, self.office, self.party, giver)
        if key not in kept:
            kept[key] = tuple(
                level
                for level in definition.ladders[ladder].levels
                if reaches(
                    level, self.office, party=self.party, directory=directory, definition=definition, giver=giver
                )
            )
        return kept[key]


LevelsByOffice = dict[tuple[str, str, str, str | None], tuple[Level, ...]]


def _by_definition(directory: Directory) -> Remembered[Definition, LevelsByOffice]:
    return Remembered(lambda definition: {}, size=DEFINITIONS_REMEMBERED)


_levels_kept = Remembered(_by_definition, size=DIRECTORIES_REMEMBERED)
"""Whom each ladder reaches hangs on the directory and the definition alone: looked up once for each pair of them."""


def step_obligation(owing: Owing, *, request: str, step: Step, member: int = 1, round: int = 1) -> Obligation:
    """The verdict that the office owes from now on. Raises CalendarEnds."""
    return owing.obligation(
        verdict_name(request, step, member),
        "decision",
        f"{request}/{step.name}",
        round=round,
        ladder=step.ladder,
        due=owing.due(step.limit, owing.now),
    )


def verdict_name(request: str, step: Step, member: int) -> str:
    """The name of a verdict that is owed: "<request's number>/<step>", as in "r2/check".

    member  its number ends the name where several offices share the step: "r2/check/3"
    """
    name = f"{request.rpartition('.')[2]}/{step.name}"
    return f"{name}/{member}" if step.is_shared else name


def item_obligation(owing: Owing, item: PlanItem, *, round: int, not_before: date | None = None) -> Obligation:
    """A plan item that is owed by its end, or by `not_before` if that is later; its name is "item-<number>".

    Raises CalendarEnds.
    """
    due_on = item.ends_on if not_before is None else max(item.ends_on, not_before)
    return owing.obligation(
        f"item-{item.number}",
        "item",
        str(item.number),
        round=round,
        ladder=owing.definition.item_ladder,
        due=Due(due_on, end_of_day(due_on, owing.zone)),
    )


def duty_obligation(owing: Owing, duty: Duty, *, name: str, round: int, from_at: datetime) -> Obligation:
    """What is owed by a duty whose limit is counted from the day of `from_at`. Raises CalendarEnds."""
    due = owing.due(duty.limit, from_at)
    return owing.obligation(name, "duty", duty.name, round=round, ladder=duty.ladder, due=due)


def matter_obligation(
    owing: Owing, kind: str, matter: str, *, number: int, round: int, given_by: str, due_on: date | None
) -> Obligation:
    """The answer that is owed to a matter, by `due_on` or (None) within the workflow's limit; "<kind>-<number>".

    Raises CalendarEnds.
    """
    rule = owing.definition.answers[kind]
    due = owing.due(rule.limit, owing.now) if due_on is None else Due(due_on, end_of_day(due_on, owing.zone))
    return owing.obligation(
        f"{kind}-{number}", kind, matter, round=round, ladder=rule.ladder, due=due, given_by=given_by
    )


def look_obligation(
    owing: Owing, kind: str, claim: str, *, number: int, round: int, rule: LookRule, from_at: datetime
) -> Obligation:
    """The look at a claim that is owed within a limit from a moment on; its name is "<kind>-<claim's number>".

    Raises CalendarEnds.
    """
    due = owing.due(rule.limit, from_at)
    return owing.obligation(f"{kind}-{number}", kind, claim, round=round, ladder=rule.ladder, due=due)


def report_obligation(owing: Owing, window: Window, *, round: int, ladder: str) -> Obligation:
    """A period's report that is owed by the window's due day; its name is "report-<period>". Raises CalendarEnds."""
    code = window.period.code
    due = Due(window.due_on, window.due_at)
    return owing.obligation(f"report-{code}", "report", code, round=round, ladder=ladder, due=due)


def levels_of(
    levels: tuple[Level, ...], due_on: date, *, zone: str, calendar: Calendar, now: datetime
) -> tuple[LevelDue, ...]:
    """The moments of a ladder's levels, oldest first, each at 08.00 of a working day; those before `now` never come.

    Working days count from the due day; where offices don't work then, from the last working day before it.
    Raises CalendarEnds.
    """
    numbered = tuple([(level.number, level.offset_days) for level in levels])
    return tuple([moment for moment in _moments(numbered, due_on, zone, calendar) if moment.at >= now])


@lru_cache(maxsize=MOMENTS_REMEMBERED)
def _moments(levels: tuple[tuple[int, int], ...], due_on: date, zone: str, calendar: Calendar) -> tuple[LevelDue, ...]:
    """All moments of levels, as (number, working days from the due day): the same for whatever falls due that day."""
    counted_from = calendar.working_day_on_or_before(due_on)
    return tuple(
        LevelDue(number, morning(calendar.add_working_days(counted_from, days), zone)) for number, days in levels
    )
