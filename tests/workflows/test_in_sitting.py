from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.support.directory import directory, holder
from tests.support.world import (
    COORDINATOR,
    MINISTRY,
    NEW_YEAR,
    PROGRAMME,
    REGION,
    SECRETARY,
    SHEET,
    SIGN_ASKED,
    SIGN_CHECKED,
    SIGNED,
    SIGNING,
    START_ASKED,
    K,
    Story,
    World,
    approvals,
    given,
    holder_of,
    signature,
    world,
)
from workflows.commands import ApproveRequest, RejectRequest, ReturnRequest, WitnessCommitment
from workflows.facts import (
    Attendee,
    InSitting,
    RequestApproved,
    RequestRejected,
    RequestReturned,
    SignatureRecorded,
    SittingAttendanceRecorded,
    SittingClosed,
    SittingFact,
    SittingOpened,
    StateChanged,
    WitnessRecorded,
)
from workflows.sittings import evolve_sittings

HELD = NEW_YEAR + timedelta(days=1)
MOMENT = HELD + timedelta(hours=1)
LATER = HELD + timedelta(days=2)
IN_IT = InSitting("s1", MOMENT)


def attended(*offices: str, held_at: datetime = HELD, programme: str = PROGRAMME, closed: bool = False) -> World:
    there = tuple(Attendee(office, holder_of(office), "definitive", "in_person") for office in offices)
    facts: list[SittingFact] = [
        SittingOpened("s1", programme, "Sidang", "in_person", "Pontianak", held_at, "Asia/Pontianak", COORDINATOR),
        SittingAttendanceRecorded("s1", there, held_at, COORDINATOR),
    ]
    if closed:
        facts.append(SittingClosed("s1", held_at, "Selesai", None, COORDINATOR))
    told = world().sittings
    for fact in facts:
        told = evolve_sittings(told, fact)
    return replace(world(), sittings=told)


def asked(told: World) -> Story:
    """The start was asked for and checked; the secretary is to decide it."""
    return given(*START_ASKED, *approvals(2, REGION)).during(told)


def approve(held: InSitting = IN_IT) -> ApproveRequest:
    return ApproveRequest(f"{K}.r2", sitting=held)


def test_a_verdict_in_a_sitting_names_it_and_is_true_from_its_moment() -> None:
    story = asked(attended(SECRETARY)).when(SECRETARY, approve(), at=LATER).done
    verdict = next(event for event in story.events if isinstance(event.fact, RequestApproved) and event.fact.sitting)
    assert isinstance(verdict.fact, RequestApproved)
    assert (verdict.fact.sitting, verdict.valid_at, verdict.recorded_at) == (IN_IT, MOMENT, LATER)
    moved = next(fact for fact in story.new if isinstance(fact, StateChanged))
    assert moved.effective_at == MOMENT


def test_without_a_sitting_a_verdict_is_true_from_its_recording() -> None:
    story = asked(world()).when(SECRETARY, ApproveRequest(f"{K}.r2"), at=LATER).done
    assert story.events[-1].valid_at == LATER


def test_returning_and_rejecting_carry_the_sitting_too() -> None:
    begun = asked(attended(SECRETARY))
    returned = begun.when(SECRETARY, ReturnRequest(f"{K}.r2", "bukti_kurang", sitting=IN_IT), at=LATER)
    (fact,) = returned.then(RequestReturned).new
    assert isinstance(fact, RequestReturned)
    assert fact.sitting == IN_IT
    rejected = begun.when(SECRETARY, RejectRequest(f"{K}.r2", "tidak_memenuhi_syarat", sitting=IN_IT), at=LATER)
    (fact,) = rejected.then(RequestRejected).new
    assert isinstance(fact, RequestRejected)
    assert fact.sitting == IN_IT


@pytest.mark.parametrize(
    ("told", "held", "codes"),
    [
        (attended(SECRETARY), InSitting("s2", MOMENT), ("sitting_unknown",)),
        (attended(SECRETARY, closed=True), IN_IT, ("sitting_closed",)),
        (attended(SECRETARY, programme="other"), IN_IT, ("sitting_of_another_programme",)),
        (attended(MINISTRY), IN_IT, ("not_in_attendance",)),
        (attended(SECRETARY), InSitting("s1", HELD - timedelta(minutes=1)), ("decided_before_sitting",)),
        (attended(SECRETARY), InSitting("s1", LATER + timedelta(minutes=1)), ("decided_in_future",)),
        (attended(SECRETARY, held_at=SIGNING), InSitting("s1", SIGNING), ("decided_before_asked",)),
    ],
)
def test_a_verdict_that_the_sitting_does_not_bear_is_refused(
    told: World, held: InSitting, codes: tuple[str, ...]
) -> None:
    asked(told).when(SECRETARY, approve(held), at=LATER).refused(*codes)


def test_a_verdict_is_not_dated_before_the_approvals_that_led_to_its_step() -> None:
    told = attended(REGION, SECRETARY)
    checked = given(*START_ASKED).during(told).when(REGION, approve(), at=LATER).done
    early = InSitting("s1", MOMENT - timedelta(minutes=1))
    blocker = checked.when(SECRETARY, approve(early), at=LATER).blocker("decided_before_asked")
    assert blocker.facts["asked_at"] == MOMENT.isoformat()
    checked.when(SECRETARY, approve(), at=LATER).passes()


def test_a_check_that_was_made_in_a_sitting_lets_the_signature_be_as_old_as_that() -> None:
    story = given(*SIGN_ASKED).during(attended(REGION, held_at=SIGNING))
    checked = story.when(REGION, ApproveRequest(f"{K}.r1", sitting=InSitting("s1", SIGNING)), at=LATER).done
    checked.when(SECRETARY, signature(), at=LATER).passes()
    late = story.when(REGION, ApproveRequest(f"{K}.r1"), at=LATER).done
    late.when(SECRETARY, signature(), at=LATER).refused("signed_before_approved")


def test_who_held_the_office_only_after_the_sitting_decided_nothing_in_it() -> None:
    newcomer = directory(more=(holder(SECRETARY, "new", starts_on=LATER.date()),))
    told = replace(attended(SECRETARY), directory=newcomer)
    asked(told).when(SECRETARY, approve(), at=LATER, person="new").refused(
        "not_in_attendance", "decider_not_holder_then"
    )


def test_the_holder_whose_deputy_was_there_decided_nothing_in_it() -> None:
    told = attended(SECRETARY)
    sitting = told.sittings["s1"]
    deputy = Attendee(SECRETARY, "deputy", "plh", "in_person")
    told = replace(told, sittings={"s1": replace(sitting, attendees=(deputy,))})
    asked(told).when(SECRETARY, approve(), at=LATER).refused("not_in_attendance")


def test_a_party_signs_in_a_sitting_that_it_attended() -> None:
    told = attended(SECRETARY, held_at=SIGNING)
    story = given(*SIGN_CHECKED).during(told).when(SECRETARY, signature(sitting="s1"), at=SIGNING + timedelta(days=1))
    signed = next(fact for fact in story.done.new if isinstance(fact, SignatureRecorded))
    assert (signed.sitting, signed.signed_at) == ("s1", SIGNING)


def test_a_party_that_was_not_there_does_not_sign_in_it() -> None:
    told = attended(MINISTRY, held_at=SIGNING)
    given(*SIGN_CHECKED).during(told).when(SECRETARY, signature(sitting="s1"), at=SIGNING + timedelta(days=1)).refused(
        "not_in_attendance"
    )


def test_a_witness_in_a_sitting_was_there_and_saw_it_then() -> None:
    told = attended(MINISTRY, held_at=SIGNING)
    witness = WitnessCommitment(SHEET, "online", "Jakarta", SIGNING, "s1")
    story = given(*SIGNED).during(told)
    (fact,) = story.when(MINISTRY, witness, at=SIGNING + timedelta(days=1)).then(WitnessRecorded).new
    assert isinstance(fact, WitnessRecorded)
    assert fact.sitting == "s1"
    story.during(attended(SECRETARY, held_at=SIGNING)).when(MINISTRY, witness, at=SIGNING + timedelta(days=1)).refused(
        "not_in_attendance"
    )
