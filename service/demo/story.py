"""The demo's story: West Kalimantan's programme from the first draft to 17 October 2022, 08.00 WIB.

Two things in it are facts: who signed on 6 December 2021 before whom, and that Sambas and Pontianak did not. The rest
is made up (data contoh), built from the folder's data by place, never by chance: the list is the same at every run.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from service.demo.adapting import ADAPTED, adaptation_steps
from service.demo.material import COORDINATOR, MENTOR, MINISTRY, SECRETARY, Promise, promises
from service.demo.progress import progress_steps
from service.demo.sitting import SITTING, sitting_steps
from service.demo.steps import Advise, Amendment, AskMove, Decide, ImportDrafts, Sign, Step, Witness
from service.demo.steps import parties_of as party_of
from service.demo.supervision import DEPUTY, supervision_steps
from workflows.calendar import Calendar

WIB = ZoneInfo("Asia/Pontianak")
BEGINS = datetime(2021, 11, 26, 8, tzinfo=WIB).astimezone(UTC)
ENDS = datetime(2022, 10, 17, 8, tzinfo=WIB).astimezone(UTC)
UNSIGNED = ("61.01", "61.71")
LATE_SIGNER = "61.02"
LATE_SECRETARY = "61.05"
RETURNED_STARTS = ("61.03", "61.07", "61.11", "61.72")
WITHDRAWN = ("61.10", 4)
CANCELLED = ("61.08", 3)
COMPLETING = (
    ("61.02", 0),
    ("61.03", 0),
    ("61.07", 0),
    ("61.08", 0),
    ("61.10", 0),
    ("61.11", 0),
    ("61.12", 0),
    ("61.72", 0),
)
AMENDED = (
    ("61.02", 2),
    ("61.04", 1),
    ("61.05", 2),
    ("61.06", 1),
    ("61.09", 1),
    ("61.11", 2),
    ("61.12", 2),
    ("61.07", 2),
)
PLACE = "Kantor Gubernur Kalimantan Barat, Pontianak"


def story(calendar: Calendar, *, parties: frozenset[str] | None = None) -> tuple[Step, ...]:
    """Every step, in order of time.

    calendar  the working calendar that the demo's log adopts
    parties   None: the whole story; else only what concerns these parties
    """
    plot = Plot(calendar, promises())
    steps = sorted(plot.steps(), key=lambda step: (step.at, step.name))
    return tuple(step for step in steps if parties is None or party_of(step) in (None, *parties))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of demo time, from the clock on a wall in West Kalimantan."""
    return datetime.combine(day, time(hour), tzinfo=WIB).astimezone(UTC) + timedelta(minutes=minute)


class Plot:
    """Builds the steps from the promises; every date is counted in working days of the calendar."""

    def __init__(self, calendar: Calendar, all_promises: tuple[Promise, ...]) -> None:
        self.calendar = calendar
        self.promises = all_promises
        self.signers = [one for one in all_promises if one.party not in UNSIGNED]
        self.by_place = {(one.party, one.place): one for one in all_promises}

    def steps(self) -> Iterator[Step]:
        """All steps, in no order."""
        yield Step("drafts", at(date(2021, 11, 29), 8, 30), COORDINATOR, ImportDrafts())
        yield from self._sign_requests()
        yield from self._signatures()
        yield from self._starts()
        yield from progress_steps(self.calendar, self._running(), self._completing())
        yield from self._amendments()
        yield from self._exits()
        yield from self._completions()
        yield from supervision_steps(self.calendar, self.by_place)
        yield from adaptation_steps(self.calendar, self.by_place[ADAPTED])

    def _after(self, day: date, days: int) -> date:
        return self.calendar.add_working_days(day, days)

    def _completing(self) -> tuple[Promise, ...]:
        return tuple(self.by_place[key] for key in COMPLETING)

    def _running(self) -> tuple[tuple[Promise, date | None], ...]:
        """Who makes progress, and the day on which they stop for good."""
        stops = {WITHDRAWN: date(2022, 5, 16), CANCELLED: date(2022, 6, 13)}
        return tuple((one, stops.get((one.party, one.place))) for one in self.signers)

    def _sign_requests(self) -> Iterator[Step]:
        for one in self.promises:
            day = date(2021, 11, 30) if one.index % 2 == 0 else date(2021, 12, 1)
            checked = self._after(day, 1 + one.index % 3 // 2)
            yield Step(f"sign-ask-{one.reference}", at(day, 9, one.index), one.agency, AskMove(one.reference, "sign"))
            yield Step(
                f"sign-check-{one.reference}",
                at(min(checked, date(2021, 12, 3)), 13, one.index),
                one.coordinator,
                Decide(one.reference, "approve"),
            )

    def _signatures(self) -> Iterator[Step]:
        parties = list(dict.fromkeys(one.party for one in self.signers))
        in_sitting: list[Sign] = []
        for number, party in enumerate(parties):
            mode = "online" if number % 3 == 2 else "in_person"
            signed, recorded = at(date(2021, 12, 6), 10, number), at(date(2021, 12, 6), 10, number)
            if party == LATE_SIGNER:
                mode, signed, recorded = "in_person", at(date(2021, 12, 7), 10), at(date(2021, 12, 9), 9)
            sitting = None if party == LATE_SIGNER else SITTING
            signature = Sign(party, mode, PLACE, signed, sitting)
            in_sitting += [signature] if sitting else []
            yield Step(f"signature-{party}", recorded, f"{party}.sekda", signature)
            for order, office in enumerate((MINISTRY, SECRETARY)):
                seen = "online" if office == MINISTRY else "in_person"
                moment = signed + timedelta(minutes=30 + order)
                yield Step(
                    f"witness-{order + 1}-{party}",
                    max(moment, recorded + timedelta(minutes=30 + order)),
                    office,
                    Witness(party, seen, PLACE, moment, sitting),
                )
        yield from sitting_steps(in_sitting)

    def _starts(self) -> Iterator[Step]:
        for number, one in enumerate(self.signers):
            day = self._after(date(2021, 12, 31), 1 + number % 4)
            yield Step(f"start-ask-{one.reference}", at(day, 9, number), one.agency, self._start(one, "SK tim"))
            checked = self._after(day, 1)
            if one.place == 1 and one.party in RETURNED_STARTS:
                yield from self._returned_start(one, checked, number)
                checked = self._after(checked, 2)
            else:
                yield self._check("start-check", one, checked, number)
            late = 6 if one.party == LATE_SECRETARY else 0
            yield Step(
                f"start-approve-{one.reference}",
                at(self._after(checked, 1 + late), 14, number),
                one.secretary,
                Decide(one.reference, "approve"),
            )

    def _start(self, one: Promise, file: str) -> AskMove:
        return AskMove(one.reference, "start", text="Tim replikasi telah ditetapkan.", files=(file,))

    def _check(self, name: str, one: Promise, day: date, minute: int) -> Step:
        return Step(f"{name}-{one.reference}", at(day, 10, minute), one.coordinator, Decide(one.reference, "approve"))

    def _returned_start(self, one: Promise, day: date, number: int) -> Iterator[Step]:
        verdict = Decide(one.reference, "return", "bukti_kurang", "Mohon lengkapi keputusan tim dengan lampirannya.")
        again = AskMove(
            one.reference, "start", text="Keputusan tim dilengkapi lampiran.", files=("SK tim", "Lampiran SK tim")
        )
        yield Step(f"start-return-{one.reference}", at(day, 10, number), one.coordinator, verdict)
        yield Step(f"start-ask-again-{one.reference}", at(self._after(day, 1), 9, number), one.agency, again)
        yield self._check("start-check-again", one, self._after(day, 2), number)

    def _amendments(self) -> Iterator[Step]:
        """Seven are approved and the last is rejected by the province; one lowers a target by over a quarter."""
        reasons = ("kondisi_wilayah", "perubahan_anggaran", "kendala_teknis", "saran_pendamping")
        for number, key in enumerate(AMENDED):
            one = self.by_place[key]
            day = self._after(date(2022, 4, 11), 1 + number * 9)
            change = Amendment(5, ends_on=one.items[4].ends_on + timedelta(days=14))
            if number == 1:
                change = Amendment(5, target=(one.items[4].target * Decimal("0.6")).quantize(Decimal(1)))
            ask = AskMove(
                one.reference,
                "amend",
                reasons[number % len(reasons)],
                "Rencana disesuaikan dengan keadaan di lapangan.",
                ("Nota dinas",),
                change,
            )
            yield Step(f"amend-ask-{one.reference}", at(day, 9), one.agency, ask)
            yield self._check("amend-check", one, self._after(day, 1), 0)
            yield self._regional_approval(one, self._after(day, 2))
            if number == len(AMENDED) - 1:
                refusal = Decide(one.reference, "reject", "tidak_memenuhi_syarat", "Alasan perubahan belum memadai.")
                yield Step(f"amend-reject-{one.reference}", at(self._after(day, 4), 11), COORDINATOR, refusal)
                continue
            yield self._approve("amend-accept", one, self._after(day, 4), COORDINATOR)
            if number == 1:
                yield self._approve("amend-decide", one, self._after(day, 6), SECRETARY)

    def _regional_approval(self, one: Promise, day: date) -> Step:
        """By the secretary, or by whoever stands in for the one who is away."""
        step = self._approve("amend-approve", one, day, one.secretary)
        return replace(step, office=DEPUTY, on_behalf_of=one.secretary) if one.party == LATE_SECRETARY else step

    def _approve(self, name: str, one: Promise, day: date, office: str) -> Step:
        return Step(f"{name}-{one.reference}", at(day, 11), office, Decide(one.reference, "approve"))

    def _exits(self) -> Iterator[Step]:
        left, ended = self.by_place[WITHDRAWN], self.by_place[CANCELLED]
        ask = AskMove(
            left.reference, "withdraw", "tanpa_anggaran", "Anggaran dialihkan oleh daerah.", ("Surat penarikan",)
        )
        yield Step("withdraw-ask", at(date(2022, 5, 17), 9), left.coordinator, ask)
        yield Step("withdraw-approve", at(date(2022, 5, 19), 10), left.secretary, Decide(left.reference, "approve"))
        yield Step("withdraw-accept", at(date(2022, 5, 24), 10), SECRETARY, Decide(left.reference, "approve"))
        end = AskMove(ended.reference, "cancel", "digabung", "Digabung dengan program lain.", ("Surat pembatalan",))
        yield Step("cancel-ask", at(date(2022, 6, 14), 9), COORDINATOR, end)
        yield Step("cancel-approve", at(date(2022, 6, 16), 10), SECRETARY, Decide(ended.reference, "approve"))
        yield Step("cancel-decide", at(date(2022, 6, 22), 10), MINISTRY, Decide(ended.reference, "approve"))

    def _completions(self) -> Iterator[Step]:
        files = ("Laporan evaluasi", "Peraturan kepala daerah atau SOP", "Rekap layanan")
        for number, one in enumerate(self._completing()):
            day = self._after(date(2022, 9, 23), 1 + number % 3)
            ask = AskMove(one.reference, "complete", text="Seluruh butir rencana aksi tuntas.", files=files)
            yield Step(f"complete-ask-{one.reference}", at(day, 9, number), one.agency, ask)
            yield self._check("complete-check", one, self._after(day, 1), number)
            if number == 0:
                opinion = Advise(one.reference, "Layanan berjalan dan telah dilembagakan.")
                yield Step(f"complete-advise-{one.reference}", at(self._after(day, 2), 9), MENTOR, opinion)
            yield self._approve("complete-approve", one, self._after(day, 3), one.secretary)
            yield from self._verified(number, one, self._after(day, 6))

    def _verified(self, number: int, one: Promise, day: date) -> Iterator[Step]:
        """Five are completed; one is returned, one waits at the coordinator and one at the secretary."""
        if number == 5:
            verdict = Decide(
                one.reference, "return", "bukti_tidak_sesuai", "Catatan layanan belum memuat bulan terakhir."
            )
            yield Step(f"complete-return-{one.reference}", at(day, 11), COORDINATOR, verdict)
        elif number != 6:
            yield self._approve("complete-verify", one, day, COORDINATOR)
            if number != 7:
                yield self._approve("complete-decide", one, self._after(day, 3), SECRETARY)
