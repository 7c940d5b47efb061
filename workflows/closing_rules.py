"""When a commitment may expire, and until when and how a closed one may be opened again."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from workflows.calendar import morning
from workflows.errors import Blocker, CalendarEnds
from workflows.facts import PlanItem
from workflows.holds import calendar_counted
from workflows.moving import Moving
from workflows.rules import NONE, Blockers, calendars_known, obliged

MONTHS = 12


def long_after_year(case: Moving) -> Blockers:
    """So many working days have passed since the commitment's fiscal year ended."""
    days, commitment, context = case.move.after_year_days, case.commitment, case.context
    if days is None:
        return NONE
    unknown = calendars_known((obliged(commitment, context),), context)
    calendar = calendar_counted(commitment, context)
    if unknown or calendar is None:
        return unknown
    year_end = date(commitment.drafted.fiscal_year, 12, 31)
    try:
        first = calendar.add_working_days(year_end, days)
    except CalendarEnds as ends:
        return (Blocker("calendar_ends", {"calendar": ends.calendar, "day": ends.day.isoformat()}),)
    if context.today >= first:
        return NONE
    found = {"from": first.isoformat(), "days": str(days), "year": str(commitment.drafted.fiscal_year)}
    return (Blocker("year_not_long_over", found, (), morning(first, context.programme.zone, 0)),)


def closed_lately(case: Moving) -> Blockers:
    """The commitment closed no more months ago than the move allows."""
    months, closed_at = case.move.within_months, case.commitment.closed_at
    if months is None or closed_at is None:
        return NONE
    last = _months_after(case.context.day_of(closed_at), months)
    if case.context.today <= last:
        return NONE
    return (Blocker("closed_too_long_ago", {"last_day": last.isoformat(), "months": str(months)}),)


def new_items(case: Moving) -> Blockers:
    """The new plan has an item that no plan had before, and what is still to be done ends today or later."""
    if case.items is None:
        return NONE
    known = {item.number for plan in (*case.commitment.revisions, case.commitment.items) for item in plan}
    if all(item.number in known for item in case.items):
        return (Blocker("items_not_new", {"known": ", ".join(str(number) for number in sorted(known))}),)
    past = [str(item.number) for item in case.items if item.ends_on < case.context.today and not _is_done(item, case)]
    return (Blocker("items_end_past", {"items": ", ".join(past)}),) if past else NONE


CLOSING_RULES = (long_after_year, closed_lately)


def _is_done(item: PlanItem, case: Moving) -> bool:
    progress = case.commitment.progress.get(item.number)
    return progress is not None and progress.verified_value >= item.target


def _months_after(day: date, months: int) -> date:
    """The same day of the month so many months later, or that month's last."""
    year, month = divmod(day.month - 1 + months, MONTHS)
    year += day.year
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
