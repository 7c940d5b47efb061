"""How a due day is said: what is late is said as a number of working days, and nobody is blamed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from service import formats
from service.web.visit import Visit
from workflows.calendar import Calendar
from workflows.errors import CalendarEnds

SOON_DAYS = 2


@dataclass(frozen=True, slots=True)
class Due:
    """A due day in words. tone: late | soon | ahead"""

    day: str
    words: str
    tone: str


def due_of(visit: Visit, due_on: date | None, *, office: str) -> Due | None:
    """The due day of something that an office owes, measured in the office's own working days."""
    if due_on is None:
        return None
    directory = visit.basis.directory
    known = directory.office(office)
    calendar = visit.basis.calendars.get(directory.calendar_of(office)) if known else None
    today = formats.local_day(visit.now, directory.zone_of(office) if known else "UTC")
    day = formats.weekday(due_on, visit.language)
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
