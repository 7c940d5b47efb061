"""The story's progress: who claims and reports what when, who checks and verifies it, what is returned, who is late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from service.demo.material import COORDINATOR, Item, Promise
from service.demo.reporting import LAST_DAY, Window, drawn_on, late_by, period_steps, reported_on, windows
from service.demo.steps import Claim, Judge, Report, Reported, Step, VerifyDrawn
from workflows.calendar import Calendar

WIB = ZoneInfo("Asia/Pontianak")
LATE_DAYS = {("61.06", 2): 4, ("61.09", 3): 8, ("61.04", 4): 25}
BEFORE_DUE = (6, 2, 0)
RETURNED_EVERY = 7
RETURNED_AT_MOST = 9
EARLY = {5: date(2022, 9, 2), 6: date(2022, 9, 9), 7: date(2022, 9, 16)}
SERVING = (4, 5)
PARTS = {"B03": Decimal("0.3"), "B06": Decimal("0.3"), "B09": Decimal("0.5")}
LARGE_IDR = 100_000_000
LEFT_UNCHECKED_EVERY = 5
LOOKS_AFTER = 2
NIHIL = "Belum ada kemajuan pada periode ini."


@dataclass(frozen=True, slots=True)
class Made:
    """A claim to come, whole or in part."""

    item: Item
    day: date
    value: Decimal
    is_returned: bool = False

    @property
    def asks_second_look(self) -> bool:
        """True if the province verifies it even if no lot falls on it; one outside every report always is."""
        return self.value >= self.item.target or self.item.budget_idr > LARGE_IDR


def progress_steps(
    calendar: Calendar, running: tuple[tuple[Promise, date | None], ...], completing: tuple[Promise, ...]
) -> Iterator[Step]:
    """Claims, reports and the looks at them, of every running commitment up to the last day of the story.

    running     with the day from which a commitment makes no more progress (None: it goes on)
    completing  those that finish their whole plan early
    """
    early, returned = {one.reference for one in completing}, 0
    for one, stops_on in running:
        planned = [_planned(calendar, one, item, ends_early=one.reference in early) for item in one.items]
        for number, made in enumerate(planned):
            is_told = made.day <= LAST_DAY and (stops_on is None or made.day < stops_on)
            if is_told and number == 1 and one.index % RETURNED_EVERY == 3 and returned < RETURNED_AT_MOST:
                planned[number] = Made(made.item, made.day, made.value, is_returned=True)
                returned += 1
        yield from Year(calendar, one, planned, stops_on or LAST_DAY + timedelta(days=1)).steps()
    yield from period_steps(calendar)


def _planned(calendar: Calendar, one: Promise, item: Item, *, ends_early: bool) -> Made:
    day = _claim_day(calendar, one, item)
    return Made(item, min(day, EARLY.get(item.number, day)) if ends_early else day, item.target)


def _claim_day(calendar: Calendar, one: Promise, item: Item) -> date:
    late = LATE_DAYS.get((one.party, item.number))
    if late is not None:
        return calendar.add_working_days(item.ends_on, late)
    due = item.ends_on
    while not calendar.is_working_day(due):
        due -= timedelta(days=1)
    return calendar.add_working_days(due, -BEFORE_DUE[(one.index + item.number) % len(BEFORE_DUE)])


class Year:
    """One commitment's year: what falls into a period's window is reported then, all else is claimed in its time."""

    def __init__(self, calendar: Calendar, one: Promise, planned: Sequence[Made], stops_on: date) -> None:
        self.calendar = calendar
        self.one = one
        self.planned = planned
        self.stops_on = stops_on

    def steps(self) -> Iterator[Step]:
        """Every step before the day on which the commitment stops."""
        alone = [made for made in self.planned if made.day < self.stops_on]
        for window in windows(self.calendar):
            inside = [made for made in alone if self._is_inside(made, window)]
            first_claim = min((made.day for made in inside), default=None)
            is_done = all(made.day < window.opens_on for made in self.planned)
            day = reported_on(self.calendar, self.one, window, first_claim=first_claim, is_done=is_done)
            if day is None or day >= self.stops_on:
                continue
            alone = [made for made in alone if made not in inside]
            yield from self._reported(window, day, inside)
        for made in alone:
            yield from self._claimed(made)

    def _is_inside(self, made: Made, window: Window) -> bool:
        is_late = (self.one.party, made.item.number) in LATE_DAYS
        return window.opens_on <= made.day <= window.due_on and not is_late and late_by(self.one, window) is None

    def _reported(self, window: Window, day: date, inside: Sequence[Made]) -> Iterator[Step]:
        said = (*inside, *self._parts(window, day, inside))
        yield self._report("report", window, day, said, NIHIL)
        for made in said:
            yield from self._looked_at(made, day, window)
        if any(not made.asks_second_look for made in said) and (drawn := drawn_on(self.calendar, window)):
            yield self._step(
                f"verify-drawn-{window.code}",
                self.calendar.add_working_days(drawn, LOOKS_AFTER),
                13,
                COORDINATOR,
                VerifyDrawn(self.one.reference, window.code),
            )

    def _parts(self, window: Window, day: date, inside: Sequence[Made]) -> Iterator[Made]:
        """How far a service in operation has come that isn't at its target yet."""
        for made in self.planned:
            item, value = made.item, (made.item.target * PARTS[window.code]).quantize(Decimal(1))
            runs = item.number in SERVING and item.starts_on <= window.ends_on and made.day > day
            if runs and made not in inside and value > 0:
                yield Made(item, day, value)

    def _claimed(self, made: Made) -> Iterator[Step]:
        one, item = self.one, made.item
        claim = Claim(one.reference, item.number, made.value, item.evidence)
        yield self._step(f"claim-{item.number}", made.day, 10, one.pic, claim)
        yield from self._looked_at(made, made.day, None)

    def _looked_at(self, made: Made, day: date, window: Window | None) -> Iterator[Step]:
        """The region checks, and the province verifies what asks for that. window: of its report, if it is in one"""
        one, number = self.one, made.item.number
        name = f"{number}" if made.value == made.item.target else f"{number}-{window.code if window else 'part'}"
        checked = self.calendar.add_working_days(day, LOOKS_AFTER)
        if made.is_returned:
            back = Judge(one.reference, number, "return", "bukti_kurang", "Mohon sertakan daftar hadir.")
            yield self._step(f"claim-return-{name}", checked, 13, one.coordinator, back)
            again = self.calendar.add_working_days(checked, LOOKS_AFTER)
            yield self._again(made, again, window)
            checked = self.calendar.add_working_days(again, LOOKS_AFTER)
        if checked > LAST_DAY or self._is_left(made, window):
            return
        yield self._step(f"check-{name}", checked, 13, one.coordinator, Judge(one.reference, number, "check"))
        verified = self.calendar.add_working_days(checked, LOOKS_AFTER)
        if verified <= LAST_DAY and (window is None or made.asks_second_look):
            yield self._step(f"verify-{name}", verified, 13, COORDINATOR, Judge(one.reference, number, "verify"))

    def _is_left(self, made: Made, window: Window | None) -> bool:
        """What the region hasn't come to look at when the story stops."""
        is_part = made.value < made.item.target
        return is_part and window is not None and window.code == "B09" and self.one.index % LEFT_UNCHECKED_EVERY == 0

    def _again(self, made: Made, day: date, window: Window | None) -> Step:
        if window is not None:
            return self._report("report-again", window, day, (made,), "")
        claim = Claim(self.one.reference, made.item.number, made.value, made.item.evidence)
        return self._step(f"claim-again-{made.item.number}", day, 10, self.one.pic, claim)

    def _report(self, name: str, window: Window, day: date, said: Sequence[Made], nihil_rest: str) -> Step:
        items = tuple(Reported(made.item.number, made.value, made.item.evidence) for made in said)
        report = Report(self.one.reference, window.code, items, nihil_rest, self.one.pic)
        return self._step(f"{name}-{window.code}", day, 10, self.one.agency, report)

    def _step(self, name: str, day: date, hour: int, office: str, act: Claim | Judge | Report | VerifyDrawn) -> Step:
        at = datetime.combine(day, time(hour), tzinfo=WIB).astimezone(UTC) + timedelta(minutes=self.one.index)
        return Step(f"{name}-{self.one.reference}", at, office, act)
