from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.support.directory import directory, holder
from tests.support.saying import codes_said
from tests.support.world import (
    AUDITOR,
    COORDINATOR,
    HEAD,
    MINISTRY,
    NEIGHBOUR,
    OPENED,
    PAPER,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGNING,
    World,
    holder_of,
    world,
)
from workflows.commands import (
    CloseSitting,
    CorrectSitting,
    OpenSitting,
    Present,
    RecordAttendance,
    SittingCommand,
)
from workflows.errors import Refused
from workflows.facts import (
    Attendee,
    Evidence,
    SittingAttendanceRecorded,
    SittingClosed,
    SittingCorrected,
    SittingFact,
    SittingOpened,
    valid_at,
)
from workflows.sitting_rules import decide_sitting
from workflows.sittings import Sitting, evolve_sittings, reads

NEXT_DAY = SIGNING + timedelta(days=1)
OPEN = OpenSitting("s1", PROGRAMME, "Penandatanganan", "in_person", "Pontianak", SIGNING)
PRESENT = RecordAttendance("s1", (Present(SECRETARY, "in_person"), Present(MINISTRY, "online")))
CLOSE = CloseSitting("s1", SIGNING + timedelta(hours=2), "Semua lembar ditandatangani")


def decided(
    command: SittingCommand, *, by: str = COORDINATOR, at: datetime = NEXT_DAY, during: World | None = None
) -> SittingFact:
    (fact,) = decide_sitting(command, (during or world()).context(by, holder_of(by), at))
    return fact


def refused(
    command: SittingCommand, *, by: str = COORDINATOR, at: datetime = NEXT_DAY, during: World | None = None
) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        decided(command, by=by, at=at, during=during)
    return codes_said(caught.value.blockers, leads=False)


def after(*commands: SittingCommand, by: str = COORDINATOR) -> World:
    told = world()
    for command in commands:
        told = replace(told, sittings=evolve_sittings(told.sittings, decided(command, by=by, during=told)))
    return told


def the_sitting(told: World) -> Sitting:
    return told.sittings["s1"]


def test_a_sitting_is_opened_after_it_was_held_and_true_from_its_beginning() -> None:
    fact = decided(OPEN)
    assert fact == SittingOpened(
        "s1", PROGRAMME, "Penandatanganan", "in_person", "Pontianak", SIGNING, OPENED.zone, COORDINATOR
    )
    assert valid_at(fact) == SIGNING


def test_a_region_holds_its_own_sitting_in_its_own_zone() -> None:
    fact = decided(replace(OPEN, zone="Asia/Jakarta"), by=REGION)
    assert isinstance(fact, SittingOpened)
    assert (fact.opened_by, fact.zone) == (REGION, "Asia/Jakarta")


@pytest.mark.parametrize("by", [HEAD, PROVINCE, SECRETARY])
def test_a_role_that_the_workflow_does_not_name_opens_none(by: str) -> None:
    assert refused(OPEN, by=by) == ("role_may_not",)


def test_nobody_opens_one_in_an_office_that_they_do_not_hold() -> None:
    with pytest.raises(Refused) as caught:
        decide_sitting(OPEN, world().context(COORDINATOR, "stranger", NEXT_DAY))
    assert [blocker.code for blocker in caught.value.blockers] == ["not_a_holder"]


def test_an_office_outside_the_programme_opens_none() -> None:
    elsewhere = replace(world(), programme=replace(OPENED, parties=("61.05",)))
    assert refused(OPEN, by=REGION, during=elsewhere) == ("out_of_scope",)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"held_at": NEXT_DAY + timedelta(minutes=1)}, "sitting_in_future"),
        ({"mode": "by_post"}, "mode_unknown"),
        ({"title": " "}, "title_missing"),
        ({"place": " "}, "sitting_place_missing"),
        ({"zone": "Asia/Nowhere"}, "zone_unknown"),
    ],
)
def test_what_a_sitting_needs_is_asked_for(changed: dict[str, object], code: str) -> None:
    assert refused(replace(OPEN, **changed)) == (code,)  # type: ignore[arg-type]  # fields by name


def test_a_sitting_is_opened_once() -> None:
    assert refused(OPEN, during=after(OPEN)) == ("sitting_exists",)


def test_attendance_names_each_office_with_its_holder_capacity_and_presence_on_that_day() -> None:
    fact = decided(PRESENT, during=after(OPEN))
    there = (
        Attendee(SECRETARY, holder_of(SECRETARY), "definitive", "in_person"),
        Attendee(MINISTRY, holder_of(MINISTRY), "definitive", "online"),
    )
    assert fact == SittingAttendanceRecorded("s1", there, SIGNING, COORDINATOR)
    assert valid_at(fact) == SIGNING


def test_an_office_with_two_holders_is_there_in_the_capacity_that_is_said() -> None:
    plh = holder(SECRETARY, "deputy", capacity="plh", starts_on=SIGNING.date(), ends_on=SIGNING.date())
    both = replace(after(OPEN), directory=directory(more=(plh,)))
    fact = decided(RecordAttendance("s1", (Present(SECRETARY, "in_person", "plh"),)), during=both)
    assert isinstance(fact, SittingAttendanceRecorded)
    assert fact.attendees == (Attendee(SECRETARY, "deputy", "plh", "in_person"),)


@pytest.mark.parametrize(
    ("present", "code"),
    [
        ((), "attendees_missing"),
        ((Present("61.nowhere", "online"),), "attendee_unknown"),
        ((Present(SECRETARY, "online"), Present(SECRETARY, "in_person")), "attendee_twice"),
        ((Present(SECRETARY, "by_post"),), "presence_unknown"),
        ((Present(SECRETARY, "online", "pj"),), "attendee_not_holder_then"),
    ],
)
def test_bad_attendance_is_refused(present: tuple[Present, ...], code: str) -> None:
    assert refused(RecordAttendance("s1", present), during=after(OPEN)) == (code,)


def test_an_office_that_nobody_held_on_that_day_was_not_there() -> None:
    before = directory(vacant={SECRETARY}, more=(holder(SECRETARY, "new", starts_on=date(2022, 1, 1)),))
    vacant = replace(after(OPEN), directory=before)
    assert refused(RecordAttendance("s1", (Present(SECRETARY, "online"),)), during=vacant) == (
        "attendee_not_holder_then",
    )


def test_the_same_office_is_not_recorded_a_second_time_later() -> None:
    again = RecordAttendance("s1", (Present(SECRETARY, "online"),))
    assert refused(again, during=after(OPEN, PRESENT)) == ("attendee_twice",)


def test_only_the_keepers_organisation_writes_into_the_record() -> None:
    assert refused(PRESENT, by=REGION, during=after(OPEN)) == ("sitting_of_others",)
    assert refused(PRESENT, by=HEAD, during=after(OPEN)) == ("role_may_not",)
    assert refused(PRESENT) == ("sitting_unknown",)


def test_a_sitting_is_closed_with_its_minutes_true_at_its_end() -> None:
    fact = decided(CLOSE, during=after(OPEN, PRESENT))
    assert fact == SittingClosed("s1", CLOSE.ended_at, CLOSE.minutes, None, COORDINATOR)
    assert valid_at(fact) == CLOSE.ended_at


def test_minutes_may_be_a_file_alone() -> None:
    fact = decided(replace(CLOSE, minutes="", file=PAPER[0]), during=after(OPEN, PRESENT))
    assert isinstance(fact, SittingClosed)
    assert fact.file == PAPER[0]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"ended_at": SIGNING - timedelta(minutes=1)}, "sitting_ends_before"),
        ({"last_made_at": SIGNING + timedelta(hours=3)}, "sitting_ends_before"),
        ({"ended_at": NEXT_DAY + timedelta(minutes=1)}, "sitting_in_future"),
        ({"minutes": " "}, "minutes_missing"),
        ({"file": Evidence("short", "x.pdf", "application/pdf", 1)}, "evidence_invalid"),
    ],
)
def test_a_sitting_is_not_closed_badly(changed: dict[str, object], code: str) -> None:
    command = replace(CLOSE, **changed)  # type: ignore[arg-type]  # fields by name
    assert refused(command, during=after(OPEN, PRESENT)) == (code,)


def test_a_sitting_that_nobody_attended_is_not_closed() -> None:
    assert refused(CLOSE, during=after(OPEN)) == ("attendees_missing",)


def test_of_a_sitting_in_wet_ink_the_scanned_paper_is_kept() -> None:
    told = after(replace(OPEN, mode="wet_ink"), PRESENT)
    assert refused(CLOSE, during=told) == ("scan_missing",)
    assert isinstance(decided(replace(CLOSE, file=PAPER[0]), during=told), SittingClosed)


def test_a_closed_record_takes_no_attendance_and_no_second_closing() -> None:
    told = after(OPEN, PRESENT, CLOSE)
    assert refused(RecordAttendance("s1", (Present(PROVINCE, "online"),)), during=told) == ("sitting_closed",)
    assert refused(CLOSE, during=told) == ("sitting_closed",)


def test_a_correction_is_a_further_fact_also_after_the_closing() -> None:
    closed = after(OPEN, PRESENT, CLOSE)
    correct = CorrectSitting("s1", "Salah ketik", place="Mempawah", minutes="Dua lembar", struck=(MINISTRY,))
    fact = decided(correct, during=closed)
    assert valid_at(fact) is None
    sitting = evolve_sittings(closed.sittings, fact)["s1"]
    assert (sitting.place, sitting.minutes, sitting.title) == ("Mempawah", "Dua lembar", OPEN.title)
    assert [one.office for one in sitting.attendees] == [SECRETARY]
    assert isinstance(sitting.corrections[0], SittingCorrected)
    assert sitting.closed is not None
    assert (sitting.opened.place, sitting.closed.minutes) == ("Pontianak", CLOSE.minutes)


def test_title_mode_and_file_are_corrected_too() -> None:
    closed = after(OPEN, PRESENT, CLOSE)
    fact = decided(CorrectSitting("s1", "Keliru", title="Acara", mode="online", file=PAPER[0]), during=closed)
    sitting = evolve_sittings(closed.sittings, fact)["s1"]
    assert (sitting.title, sitting.mode, sitting.file) == ("Acara", "online", PAPER[0])
    assert sitting.held_at == SIGNING


def test_every_file_of_the_minutes_can_still_be_asked_for() -> None:
    first = replace(PAPER[0], digest="b" * 64)
    closed = after(OPEN, PRESENT, replace(CLOSE, file=first))
    fact = decided(CorrectSitting("s1", "Salah berkas", file=PAPER[0]), during=closed)
    assert evolve_sittings(closed.sittings, fact)["s1"].files == (first, PAPER[0])
    assert after(OPEN, PRESENT).sittings["s1"].files == ()


@pytest.mark.parametrize(
    ("correct", "code"),
    [
        (CorrectSitting("s1", " ", place="Mempawah"), "text_missing"),
        (CorrectSitting("s1", "Sama saja", place="Pontianak"), "corrections_missing"),
        (CorrectSitting("s1", "Kosong", place=" "), "sitting_place_missing"),
        (CorrectSitting("s1", "Kosong", title=" "), "title_missing"),
        (CorrectSitting("s1", "Keliru", mode="by_post"), "mode_unknown"),
        (CorrectSitting("s1", "Tidak hadir", struck=(NEIGHBOUR,)), "attendee_not_recorded"),
        (CorrectSitting("s1", "Notulen", minutes="Belum"), "sitting_not_closed"),
    ],
)
def test_a_bad_correction_is_refused(correct: CorrectSitting, code: str) -> None:
    assert refused(correct, during=after(OPEN, PRESENT)) == (code,)


@pytest.mark.parametrize(
    ("correct", "code"),
    [
        (CorrectSitting("s1", "Kosong", minutes=" "), "minutes_missing"),
        (CorrectSitting("s1", "Basah", mode="wet_ink"), "scan_missing"),
    ],
)
def test_a_correction_leaves_a_closed_record_with_what_its_closing_asked_for(
    correct: CorrectSitting, code: str
) -> None:
    assert refused(correct, during=after(OPEN, PRESENT, CLOSE)) == (code,)
    decided(correct, during=after(OPEN, PRESENT, replace(CLOSE, file=PAPER[0])))


def test_who_was_there_who_keeps_the_record_and_who_stands_above_read_it() -> None:
    told = after(OPEN, PRESENT, by=REGION)
    sitting, known = the_sitting(told), told.directory
    readers = [one for one in known.offices if reads(sitting, one, known)]
    assert readers == [MINISTRY, PROVINCE, COORDINATOR, "61.mentor", SECRETARY, REGION]
    assert not reads(sitting, AUDITOR, known)
    assert not reads(sitting, "nobody", known)


def test_a_sitting_may_be_opened_at_the_moment_in_which_it_begins() -> None:
    assert valid_at(decided(OPEN, at=SIGNING)) == SIGNING
    assert refused(OPEN, at=SIGNING - timedelta(seconds=1)) == ("sitting_in_future",)


def test_whose_record_it_is_mends_an_attendance_that_names_an_office_twice() -> None:
    with pytest.raises(Refused) as caught:
        decided(RecordAttendance("s1", (Present(SECRETARY, "online"),) * 2), during=after(OPEN))
    assert [one.cleared_by for one in caught.value.blockers] == [(COORDINATOR,)]
