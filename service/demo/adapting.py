"""The story's adaptation: another way to the same promise, in a part that the signed plan lets be adapted (sample)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from service.demo.material import MENTOR, Promise
from service.demo.steps import Advise, Amendment, AskMove, Decide, Step
from workflows.calendar import Calendar

WIB = ZoneInfo("Asia/Pontianak")
ADAPTED = ("61.02", 2)
ITEM = 5


def adaptation_steps(calendar: Calendar, one: Promise) -> Iterator[Step]:
    """Long after the signature, and after an amendment, the medium is changed by which one item's target is reached."""
    asked_on = date(2022, 8, 22)
    item = one.items[ITEM - 1]
    way = Amendment(
        item.number,
        activity=f"{item.activity}, lewat radio komunitas di daerah tanpa jaringan",
        output="Layanan aktif dengan rekaman siaran",
    )
    text = "Media disesuaikan dengan daerah tanpa jaringan internet; target, waktu dan anggaran tetap."
    ask = AskMove(one.reference, "adapt", text=text, files=("Rancangan penyesuaian media",), change=way)
    yield Step("adapt-ask", _at(asked_on, 9), one.agency, ask)
    approve = Decide(one.reference, "approve")
    yield Step("adapt-check", _at(calendar.add_working_days(asked_on, 1), 10), one.coordinator, approve)
    opinion = Advise(one.reference, "Media siaran cocok untuk daerah ini.")
    yield Step("adapt-advise", _at(calendar.add_working_days(asked_on, 2), 9), MENTOR, opinion)
    yield Step("adapt-approve", _at(calendar.add_working_days(asked_on, 3), 11), one.secretary, approve)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WIB).astimezone(UTC)
