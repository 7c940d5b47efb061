"""The story's supervision: who stands in for whom, who assists, what is found wrong, taken back and directed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from service.demo.material import COORDINATOR, MENTOR, SECRETARY, Promise
from service.demo.steps import Claim, Close, Delegate, Direct, Find, Judge, Note, Reply, Revoke, Step
from workflows.calendar import Calendar

WIB = ZoneInfo("Asia/Pontianak")
AUDITOR = "61.inspektorat"
ABSENT, DEPUTY = "61.05.sekda", "61.05.dinkes"
ABSENT_FROM, ABSENT_UNTIL = date(2022, 5, 9), date(2022, 5, 20)
REVOKED = ("61.12", 1)
REVOKED_ITEM = 4
FOUND = (("61.03", 2), ("61.06", 3))
DIRECTED = ("61.04", 2)
ADVISED = ("61.72", 0)

Places = Mapping[tuple[str, int], Promise]


def supervision_steps(calendar: Calendar, by_place: Places) -> Iterator[Step]:
    """All of it. by_place: a commitment by its party and its place in that"""
    yield from _deputy()
    yield from _assistant(by_place[ADVISED])
    yield from _revoked(calendar, by_place[REVOKED])
    yield from _findings(calendar, [by_place[one] for one in FOUND])
    yield from _direction(by_place[DIRECTED])


def _deputy() -> Iterator[Step]:
    """A regional secretary is away for two weeks: the head of an agency stands in as Plh. (sample)."""
    absence = Delegate(DEPUTY, "plh", "800/412/BKPSDM (data contoh)", ABSENT_FROM, ABSENT_UNTIL)
    yield Step("delegate-plh", _at(ABSENT_FROM, 8), ABSENT, absence)


def _assistant(one: Promise) -> Iterator[Step]:
    """The mentoring team reads the provincial secretary's inbox, and notes what it thinks of what waits there."""
    assist = Delegate(MENTOR, "assist", "800/97/SETDA (data contoh)", date(2022, 1, 10), date(2022, 12, 30))
    yield Step("delegate-assist", _at(date(2022, 1, 10), 9), SECRETARY, assist)
    note = Note(one.reference, "Berkas lengkap, kami sarankan diputus lebih dulu.", starred=True)
    yield Step("advise-secretary", _at(date(2022, 10, 14), 14), MENTOR, note, on_behalf_of=SECRETARY)


def _revoked(calendar: Calendar, one: Promise) -> Iterator[Step]:
    """The province finds that an item was counted wrongly; it is claimed and verified again."""
    item, day = one.items[REVOKED_ITEM - 1], date(2022, 8, 8)
    again = calendar.add_working_days(day, 5)
    wrong = Revoke(one.reference, item.number, "salah_hitung", "Sebagian peserta tercatat dua kali.")
    yield Step("revoke-verification", _at(day, 10), COORDINATOR, wrong)
    made = Claim(one.reference, item.number, item.target, item.evidence)
    yield Step("revoke-claim-again", _at(again, 10), one.pic, made)
    checked = Judge(one.reference, item.number, "check")
    yield Step("revoke-check-again", _at(calendar.add_working_days(again, 2), 13), one.coordinator, checked)
    verified = Judge(one.reference, item.number, "verify")
    yield Step("revoke-verify-again", _at(calendar.add_working_days(again, 4), 13), COORDINATOR, verified)


def _findings(calendar: Calendar, found: list[Promise]) -> Iterator[Step]:
    """One is answered and closed, one is still open at the stop."""
    for number, one in enumerate(found):
        day = date(2022, 7, 18) if number == 0 else date(2022, 10, 11)
        due = calendar.add_working_days(day, 10)
        finding = Find(
            one.reference, 4, one.agency, due, "Daftar pengguna uji coba belum ditandatangani.", "Catatan pemeriksaan"
        )
        yield Step(f"finding-{number + 1}", _at(day, 10), AUDITOR, finding)
        if number == 0:
            answer = Reply(one.reference, "finding", "Daftar telah ditandatangani dan disimpan pada berkas kegiatan.")
            yield Step("finding-answer-1", _at(calendar.add_working_days(day, 6), 10), one.agency, answer)
            close = Close(one.reference, "finding", "Perbaikan sudah sesuai.")
            yield Step("finding-close-1", _at(calendar.add_working_days(day, 9), 10), AUDITOR, close)


def _direction(one: Promise) -> Iterator[Step]:
    """The provincial secretary asks a late region how it will catch up."""
    given, due = date(2022, 7, 20), date(2022, 7, 28)
    direction = Direct(one.reference, one.coordinator, due, "Sampaikan langkah percepatan uji coba di kabupaten.")
    yield Step("direction-give", _at(given, 10), SECRETARY, direction)
    answer = Reply(one.reference, "direction", "Uji coba dijadwalkan ulang dan didampingi setiap pekan.")
    yield Step("direction-answer", _at(date(2022, 7, 27), 9), one.coordinator, answer)
    settled = Close(one.reference, "direction", "Langkah percepatan diterima.")
    yield Step("direction-settle", _at(date(2022, 7, 29), 10), SECRETARY, settled)


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=WIB).astimezone(UTC)
