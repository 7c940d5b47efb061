"""The story's progress: who claims what when, who verifies it, what is returned and who is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from service.demo.material import Item, Promise
from service.demo.steps import Claim, Judge, Step
from workflows.calendar import Calendar

WIB = ZoneInfo("Asia/Pontianak")
LAST_DAY = date(2022, 10, 14)
LATE_DAYS = {("61.06", 2): 4, ("61.09", 3): 8, ("61.04", 4): 25}
BEFORE_DUE = (6, 2, 0)
RETURNED_EVERY = 7
RETURNED_AT_MOST = 9
EARLY = {5: date(2022, 9, 2), 6: date(2022, 9, 9), 7: date(2022, 9, 16)}
HALFWAY = date(2022, 10, 3)


def progress_steps(
    calendar: Calendar, running: tuple[tuple[Promise, date | None], ...], completing: tuple[Promise, ...]
) -> Iterator[Step]:
    """Claims and verifications of every running commitment up to the last day of the story.

    running     with the day from which a commitment makes no more progress (None: it goes on)
    completing  those that finish their whole plan early
    """
    early = {one.reference for one in completing}
    returned = 0
    for one, stops_on in running:
        for item in one.items:
            claimed_on = _claim_day(calendar, one, item)
            if one.reference in early:
                claimed_on = min(claimed_on, EARLY.get(item.number, claimed_on))
            if claimed_on <= LAST_DAY and (stops_on is None or claimed_on < stops_on):
                is_returned = item.number == 2 and one.index % RETURNED_EVERY == 3 and returned < RETURNED_AT_MOST
                returned += is_returned
                yield from _claim(calendar, one, item, claimed_on, is_returned=is_returned)
        if one.reference not in early and stops_on is None:
            yield from _halfway(calendar, one)


def _claim_day(calendar: Calendar, one: Promise, item: Item) -> date:
    late = LATE_DAYS.get((one.party, item.number))
    if late is not None:
        return calendar.add_working_days(item.ends_on, late)
    due = item.ends_on
    while not calendar.is_working_day(due):
        due -= timedelta(days=1)
    return calendar.add_working_days(due, -BEFORE_DUE[(one.index + item.number) % len(BEFORE_DUE)])


def _claim(calendar: Calendar, one: Promise, item: Item, day: date, *, is_returned: bool) -> Iterator[Step]:
    name = f"{one.reference}-{item.number}"
    made = Claim(one.reference, item.number, item.target, item.evidence)
    yield Step(f"claim-{name}", _at(day, 10, one.index), one.pic, made)
    judged = calendar.add_working_days(day, 2)
    if is_returned:
        back = Judge(one.reference, item.number, "return", "bukti_kurang", "Mohon sertakan daftar hadir.")
        yield Step(f"claim-return-{name}", _at(judged, 13, one.index), one.coordinator, back)
        again = calendar.add_working_days(judged, 2)
        yield Step(f"claim-again-{name}", _at(again, 10, one.index), one.pic, made)
        judged = calendar.add_working_days(again, 2)
    if judged <= LAST_DAY:
        verified = Judge(one.reference, item.number, "verify")
        yield Step(f"verify-{name}", _at(judged, 13, one.index), one.coordinator, verified)


def _halfway(calendar: Calendar, one: Promise) -> Iterator[Step]:
    """The service in operation reports how far it has come at the end of the third quarter."""
    item = one.items[4]
    value = (item.target * Decimal("0.6")).quantize(Decimal(1))
    if calendar.add_working_days(item.ends_on, -max(BEFORE_DUE)) <= LAST_DAY or value <= 0:
        return
    name = f"{one.reference}-{item.number}-halfway"
    made = Claim(one.reference, item.number, value, item.evidence)
    yield Step(f"claim-{name}", _at(HALFWAY, 9, one.index), one.pic, made)
    if one.index % 5:
        verified = Judge(one.reference, item.number, "verify")
        yield Step(
            f"verify-{name}", _at(calendar.add_working_days(HALFWAY, 3), 13, one.index), one.coordinator, verified
        )


def _at(day: date, hour: int, minute: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WIB).astimezone(UTC) + timedelta(minutes=minute)
