"""What becomes of the story after its stop: the rest of the year, and what is left of it 30 working days later.

Of the running commitments, those that ask for completion already are decided, every second of the others finishes its
plan and is completed, and the rest report what they have, until the province ends them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, Literal

from service.demo.material import COORDINATOR, SECRETARY, Item, Promise, promises
from service.demo.progress import LARGE_IDR, LOOKS_AFTER
from service.demo.steps import Act, AskMove, Claim, Close, Decide, Judge, Reply, Report, Step
from service.demo.story import WIB
from service.demo.supervision import AUDITOR
from workflows.calendar import Calendar
from workflows.commitment import Claim as Claimed
from workflows.commitment import Commitment
from workflows.facts import PlanItem

RESUMES = date(2022, 10, 18)
LAST_CLAIMS = date(2022, 12, 23)
EXPIRES = date(2023, 2, 14)
THE_END = datetime(2023, 3, 31, 8, tzinfo=WIB).astimezone(UTC)
PAPERS = ("Laporan evaluasi", "Peraturan kepala daerah atau SOP", "Rekap layanan")
YES: Final = "approve"


def sequel(calendar: Calendar, states: Sequence[Commitment]) -> tuple[Step, ...]:
    """Every step, in order of time. states: every commitment as it stands at the stop"""
    by_reference = {one.reference: one for one in promises()}
    running = [state for state in states if state.state in ("in_replication", "modified")]
    steps = [step for state in running for step in Rest(calendar, by_reference[state.drafted.reference], state).steps()]
    return tuple(sorted(steps, key=lambda step: (step.at, step.name)))


def finishes(one: Promise) -> bool:
    """Whether the commitment, which asked for nothing yet, completes its plan."""
    return one.index % 2 == 0


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left to one commitment."""

    calendar: Calendar
    one: Promise
    state: Commitment

    def steps(self) -> Iterator[Step]:
        """Its steps, in no order."""
        request = self.state.open_request
        if request is not None:
            yield from self._decided([reached.office for reached in request.reached])
            return
        yield from self._waiting()
        yield from self._findings()
        yield from self._late_report()
        left = self._left()
        is_finishing = finishes(self.one) or self._was_returned()
        for item in left if is_finishing else left[:-1]:
            yield from self._claimed(item)
        if is_finishing:
            yield from self._completed(max((self._claimed_on(item) for item in left), default=RESUMES))
        else:
            yield from self._expired()

    def _left(self) -> list[Item]:
        """The items that are neither complete nor will be by the claims that wait."""
        waiting = {
            claim.made.item
            for claim in self.state.claims.values()
            if claim.waits_for is not None and claim.total >= self._target(claim.made.item)
        }
        done = {number for number, progress in self.state.progress.items() if progress.complete} | waiting
        return [item for item in self.one.items if item.number not in done]

    def _target(self, number: int) -> Decimal:
        return self._item(number).target

    def _item(self, number: int) -> PlanItem:
        item = self.state.item(number)
        assert item is not None
        return item

    def _asks_second_look(self, claim: Claimed) -> bool:
        item = self._item(claim.made.item)
        return claim.made.report is None or claim.total >= item.target or item.budget_idr > LARGE_IDR

    def _was_returned(self) -> bool:
        return any(request.opened.move == "complete" for request in self.state.requests.values())

    def _decided(self, offices: Sequence[str]) -> Iterator[Step]:
        """A completion that waits at the province goes through."""
        approve = Decide(self.one.reference, YES)
        if COORDINATOR in offices:
            yield self._step("complete-verify", RESUMES, 10, COORDINATOR, approve)
        yield self._step("complete-decide", self._after(RESUMES, 3), 10, SECRETARY, approve)

    def _waiting(self) -> Iterator[Step]:
        """Claims that nobody had looked at yet."""
        for claim in self.state.claims.values():
            number = claim.made.item
            if claim.waits_for is None:
                continue
            if claim.status == "claimed":
                yield self._step(f"check-{number}", RESUMES, 9, self.one.coordinator, self._judge(number, "check"))
            if claim.status == "checked" or self._asks_second_look(claim):
                verified = self._after(RESUMES, 2)
                yield self._step(f"verify-{number}", verified, 9, COORDINATOR, self._judge(number, "verify"))

    def _findings(self) -> Iterator[Step]:
        for matter in self.state.matters.values():
            if matter.is_open:
                reply = Reply(self.one.reference, matter.kind, "Daftar telah dilengkapi.")
                yield self._step("finding-answer", self._after(RESUMES, 3), 10, self.one.agency, reply)
                close = Close(self.one.reference, matter.kind, "Perbaikan sudah sesuai.")
                yield self._step("finding-close", self._after(RESUMES, 5), 10, AUDITOR, close)

    def _late_report(self) -> Iterator[Step]:
        if not self.state.reports_of("B09"):
            late = Report(self.one.reference, "B09", (), "Belum ada kemajuan.", self.one.pic)
            yield self._step("report-B09", self._after(RESUMES, 1), 11, self.one.agency, late)

    def _claimed(self, item: Item) -> Iterator[Step]:
        day, number = self._claimed_on(item), item.number
        claim = Claim(self.one.reference, number, self._target(number), item.evidence)
        yield self._step(f"claim-{number}", day, 10, self.one.pic, claim)
        checked, verified = self._after(day, LOOKS_AFTER), self._after(day, 2 * LOOKS_AFTER)
        yield self._step(f"check-{number}-whole", checked, 11, self.one.coordinator, self._judge(number, "check"))
        yield self._step(f"verify-{number}-whole", verified, 12, COORDINATOR, self._judge(number, "verify"))

    def _claimed_on(self, item: Item) -> date:
        """On its last working day, but not before what waits was looked at."""
        day = max(min(item.ends_on, LAST_CLAIMS), self._after(RESUMES, 5))
        while not self.calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def _completed(self, last_claim: date) -> Iterator[Step]:
        day, approve = self._after(last_claim, 6), Decide(self.one.reference, YES)
        files = (*PAPERS, "Catatan layanan bulan terakhir") if self._was_returned() else PAPERS
        ask = AskMove(self.one.reference, "complete", text="Seluruh butir rencana aksi tuntas.", files=files)
        offices = (self.one.coordinator, self.one.secretary, COORDINATOR, SECRETARY)
        yield self._step("complete-ask", day, 9, self.one.agency, ask)
        for number, office in enumerate(offices, start=1):
            yield self._step(f"complete-{number}", self._after(day, number), 13, office, approve)

    def _expired(self) -> Iterator[Step]:
        report = Report(self.one.reference, "B12", (), "Butir terakhir belum tuntas.", self.one.pic)
        yield self._step("report-B12", date(2023, 1, 10), 10, self.one.agency, report)
        ask = AskMove(self.one.reference, "expire", "waktu_habis", "Belum tuntas sampai akhir masa.")
        yield self._step("expire-ask", EXPIRES, 9, COORDINATOR, ask)
        yield self._step("expire-approve", self._after(EXPIRES, 2), 10, SECRETARY, Decide(self.one.reference, YES))

    def _judge(self, number: int, verdict: Literal["check", "verify"]) -> Judge:
        return Judge(self.one.reference, number, verdict)

    def _after(self, day: date, days: int) -> date:
        return self.calendar.add_working_days(day, days)

    def _step(self, name: str, day: date, hour: int, office: str, act: Act) -> Step:
        at = datetime.combine(day, time(hour), tzinfo=WIB).astimezone(UTC) + timedelta(minutes=self.one.index % 50)
        return Step(f"after-{name}-{self.one.reference}", at, office, act)
