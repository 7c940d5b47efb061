"""How a due day is said: what is late is said as a number of working days, and nobody is blamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from service import formats
from service.web.visit import Visit
from workflows.calendar import Calendar
from workflows.commitment import Commitment
from workflows.errors import CalendarEnds
from workflows.facts import Obligation

SOON_DAYS = 2


@dataclass(frozen=True, slots=True)
class Due:
    """A due day in words. tone: late | soon | ahead"""

    day: str
    words: str
    tone: str


def due_owed(visit: Visit, state: Commitment, owed: Obligation) -> Due | None:
    """The due day of something that is owed to a commitment."""
    return due_of(visit, owed.due_on, office=owed.office, programme=state.drafted.programme)


def due_of(visit: Visit, due_on: date | None, *, office: str, programme: str) -> Due | None:
    """The due day of something that an office owes in a programme, measured in the office's own working days.

    What fell due before the programme's go-live is said to, and is neither late nor soon.
    """
    if due_on is None:
        return None
    directory = visit.basis.directory
    known = directory.office(office)
    calendar = visit.basis.calendars.get(directory.calendar_of(office)) if known else None
    today = formats.local_day(visit.now, directory.zone_of(office) if known else "UTC")
    day = formats.weekday(due_on, visit.language)
    go_live = visit.basis.installed.go_live.get(programme)
    if go_live is not None and due_on < go_live:
        return Due(day, visit.say("sebelum kawal dipakai", "before kawal was in use"), "ahead")
    if due_on < today:
        late = _between(calendar, due_on, today, visit.language)
        return Due(day, visit.say("terlambat {late}", "{late} late", late=late), "late")
    if due_on == today:
        return Due(day, visit.say("jatuh tempo hari ini", "due today"), "soon")
    left = _between(calendar, today, due_on, visit.language)
    tone = "soon" if due_on <= today + timedelta(days=SOON_DAYS) else "ahead"
    return Due(day, visit.say("{left} lagi", "{left} left", left=left), tone)


def _between(calendar: Calendar | None, first: date, last: date, language: str) -> str:
    """The working days after one day up to another; days of any kind where no calendar counts them, or none is one."""
    try:
        working = 0 if calendar is None else calendar.working_days_between(first + timedelta(days=1), last)
    except CalendarEnds:
        working = 0
    if working:
        return formats.days(working, language)
    return formats.days((last - first).days, language, working=False)
