"""The sitting of 6 December 2021, in which eleven regions signed: who and when is fact, the rest is sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from service.demo.material import COORDINATOR, MINISTRY, SECRETARY
from service.demo.steps import Adjourn, Attend, Convene, Sign, Step

WIB = ZoneInfo("Asia/Pontianak")
SITTING = "penandatanganan-2021-12-06"
DAY = date(2021, 12, 6)
MINUTES = (
    "Sebelas kabupaten/kota menandatangani komitmen replikasi; Mempawah menyusul, Sambas dan Kota Pontianak belum. "
    "(data contoh)"
)


def sitting_steps(signatures: Sequence[Sign]) -> Iterator[Step]:
    """It is opened, who was there is said, and its record closed with minutes. signatures: those made in it"""
    title = "Penandatanganan komitmen replikasi inovasi (data contoh)"
    opened = Convene(SITTING, title, "in_person", signatures[0].place, _at(9, 45))
    yield Step("sitting-open", _at(9, 45), COORDINATOR, opened)
    signers = tuple((f"{one.party}.sekda", one.mode) for one in signatures)
    present = Attend(SITTING, (*signers, (MINISTRY, "online"), (SECRETARY, "in_person"), (COORDINATOR, "in_person")))
    yield Step("sitting-attendance", _at(9, 50), COORDINATOR, present)
    closed = Adjourn(SITTING, _at(11, 30), MINUTES, "Berita acara penandatanganan")
    yield Step("sitting-close", _at(13, 0), COORDINATOR, closed)


def _at(hour: int, minute: int) -> datetime:
    return datetime.combine(DAY, time(hour, minute), tzinfo=WIB).astimezone(UTC)
