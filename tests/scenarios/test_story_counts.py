"""What the played story has come to when its clock stops on 17 October 2022, 08.00 WIB, and how its log explains it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import msgspec
import pytest

from events.envelope import Json
from service.catalog import COMMITMENT_PREFIX
from service.demo import BEGINS, ENDS, story
from service.demo.acts import period_command, request_of
from service.demo.material import COORDINATOR, FOLDER, MINISTRY, SECRETARY
from service.demo.programme import adopted_calendar
from service.demo.steps import (
    Act,
    Adjourn,
    Advise,
    AskMove,
    Attend,
    Claim,
    Close,
    Convene,
    Decide,
    Delegate,
    Direct,
    Draw,
    Find,
    ImportDrafts,
    Judge,
    Note,
    Reopen,
    Reply,
    Report,
    Revoke,
    Sign,
    Step,
    VerifyDrawn,
    Witness,
)
from service.demo.story import LATE_SIGNER, UNSIGNED
from service.dispatch import request_hash
from service.imports.plan import plan_programme
from service.imports.programme import read_folder
from tests.support.counting import Counted, local_day
from tests.support.importing import opened as empty_log
from tests.support.played import opened
from tests.support.stage import Stage
from workflows.commands import (
    AnswerMatter,
    AppointHolder,
    ApproveRequest,
    CheckClaim,
    CloseMatter,
    CloseSitting,
    Command,
    DraftCommitment,
    FollowPeriod,
    FollowSample,
    GiveDelegation,
    GiveDirection,
    GiveOpinion,
    MakeClaim,
    OpenRequest,
    OpenSitting,
    RecordAttendance,
    RecordFinding,
    RejectRequest,
    ReturnClaim,
    ReturnRequest,
    RevokeVerification,
    SignCommitment,
    SubmitReport,
    VerifyClaim,
    WitnessCommitment,
)
from workflows.commitment import Commitment
from workflows.context import Acting
from workflows.facts import (
    ClaimMade,
    ClaimReturned,
    EscalationRaised,
    PlanAmended,
    RequestApproved,
    RequestRejected,
    RequestReturned,
    SignatureRecorded,
    StateChanged,
    WitnessRecorded,
)

OFFICE = r"[0-9a-z.-]+"
STREAM = r"[a-z]+(-[0-9a-z.-]+)?"
CLASSES: dict[type[Act], type[Command]] = {
    AskMove: OpenRequest,
    Advise: GiveOpinion,
    Sign: SignCommitment,
    Witness: WitnessCommitment,
    Claim: MakeClaim,
    Report: SubmitReport,
    VerifyDrawn: VerifyClaim,
    Revoke: RevokeVerification,
    Find: RecordFinding,
    Direct: GiveDirection,
    Reply: AnswerMatter,
    Convene: OpenSitting,
    Attend: RecordAttendance,
    Adjourn: CloseSitting,
    Close: CloseMatter,
    Delegate: GiveDelegation,
}
FORMS = (
    rf"http:{OFFICE}:[^:]+:.+",
    r"timer:[0-9a-f-]{36}/[0-9A-Za-z/-]+:[0-9]+:[0-9]+:[0-9]+",
    r"import:[0-9a-f]{64}:.+",
    r"cli:[^:]+:.+",
    r"timer:delegations/[0-9a-z.-]+:(begun|ended)",
    rf"demo:[0-9A-Za-z.-]+(:{STREAM}|:c[0-9]+)?",
)


@pytest.fixture(scope="module")
def counted(whole_story: Path) -> Iterator[Counted]:
    with opened(whole_story) as runtime:
        yield Counted(runtime)


def test_the_commitments_stand_where_the_story_leaves_them(counted: Counted) -> None:
    check_states(counted)


def test_twelve_of_fourteen_regions_signed(counted: Counted) -> None:
    signed = counted.signed_parties()
    assert len(signed) == 14
    assert {party for party, found in signed.items() if found == {False}} == set(UNSIGNED) == {"61.01", "61.71"}
    assert sum(found == {True} for found in signed.values()) == 12


def test_mempawah_signed_a_day_later_and_told_it_two_days_after_that(counted: Counted) -> None:
    days = Counter(
        (local_day(event.valid_at), local_day(event.recorded_at)) for _, event in counted.told(SignatureRecorded)
    )
    sixth, seventh, ninth = date(2021, 12, 6), date(2021, 12, 7), date(2021, 12, 9)
    assert days == {(sixth, sixth): 53, (seventh, ninth): 6}
    late = {state.drafted.party for state, event in counted.told(SignatureRecorded) if event.valid_at.day == 7}
    assert late == {LATE_SIGNER} == {"61.02"}


def test_ministry_and_acting_provincial_secretary_witness_every_signature(counted: Counted) -> None:
    seen = Counter(event.office for _, event in counted.told(WitnessRecorded))
    assert seen == {MINISTRY: 59, SECRETARY: 59}
    capacities = {event.actor.capacity for event in counted.events if event.actor.office == SECRETARY}
    assert capacities == {"pj"}


def test_what_was_returned_rejected_and_amended(counted: Counted) -> None:
    assert len(counted.told(ClaimReturned)) == 9
    returned = Counter(move_of(state, event.fact) for state, event in counted.told(RequestReturned))
    assert returned == {"start": 4, "complete": 1}
    assert [move_of(state, event.fact) for state, event in counted.told(RequestRejected)] == ["amend"]
    assert Counter(event.fact.adapts for _, event in counted.told(PlanAmended)) == {False: 7, True: 1}


def move_of(state: Commitment, fact: RequestReturned | RequestRejected | RequestApproved) -> str:
    return state.requests[fact.request].opened.move


def test_one_regions_secretary_is_late_with_the_starts(counted: Counted) -> None:
    late = {
        state.drafted.party
        for state, event in counted.told(RequestApproved)
        if event.fact.step == "approve"
        and move_of(state, event.fact) == "start"
        and event.recorded_at > due_at(state, event.fact)
    }
    assert late == {"61.05"}


def due_at(state: Commitment, fact: RequestApproved) -> datetime:
    """Until when the step's office owed its verdict."""
    return state.owed[f"{fact.request.rpartition('.')[2]}/{fact.step}"].obligation.due_at


def test_three_regions_are_late_with_an_item_by_4_8_and_25_working_days(counted: Counted) -> None:
    calendar = adopted_calendar(counted.runtime)
    late: dict[str, set[int]] = {}
    for state, event in counted.told(ClaimMade):
        item = state.item(event.fact.item)
        assert item is not None
        day = local_day(event.recorded_at)
        whole = [
            claim.made.number
            for claim in state.claims.values()
            if claim.made.item == item.number and claim.made.value >= item.target
        ]
        is_first = event.fact.number == min(whole, default=None)
        if is_first and day > item.ends_on:
            days = calendar.working_days_between(item.ends_on, day) - calendar.is_working_day(item.ends_on)
            late.setdefault(state.drafted.party, set()).add(days)
    assert late == {"61.06": {4}, "61.09": {8}, "61.04": {25}}


def test_one_commitment_each_is_withdrawn_and_cancelled(counted: Counted) -> None:
    ended = {
        (state.drafted.party, event.fact.to_state)
        for state, event in counted.told(StateChanged)
        if event.fact.to_state in ("withdrawn", "cancelled")
    }
    assert ended == {("61.10", "withdrawn"), ("61.08", "cancelled")}


def test_of_eight_completion_requests_two_wait_at_the_province(counted: Counted) -> None:
    asked = [
        request
        for _, state in counted.commitments.values()
        for request in state.requests.values()
        if request.opened.move == "complete"
    ]
    assert len(asked) == 8
    assert counted.waiting("complete") == {COORDINATOR: 1, SECRETARY: 1}


def test_each_of_the_six_roles_has_something_in_the_inbox(counted: Counted) -> None:
    check_inboxes(counted)


def test_the_ladder_of_those_who_never_signed_ran_to_its_end_and_no_item_of_theirs_is_owed(counted: Counted) -> None:
    check_unsigned(counted)


def test_every_operation_key_has_one_of_dispatchs_forms(counted: Counted) -> None:
    form = re.compile("|".join(FORMS))
    keys = {event.operation for event in counted.events}
    assert [key for key in keys if not form.fullmatch(key)] == []
    assert {key.partition(":")[0] for key in keys} == {"import", "demo", "timer"}


def test_the_request_hash_of_every_demo_step_recomputes_from_the_step_alone(counted: Counted) -> None:
    whole = story(adopted_calendar(counted.runtime))
    periods = {step.name: step.act for step in whole if isinstance(step.act, Reopen | Draw)}
    steps = [step for step in whole if not isinstance(step.act, ImportDrafts | Note | Reopen | Draw)]
    wanted = {step.name: hash_of(class_of(step.act), request_of(step)) for step in steps}
    offices = counted.runtime.basis().directory.offices
    wanted |= {f"appoint-{office}": appointment_hash(office) for office in offices}
    found = Counter()
    for event in counted.events:
        if event.operation.startswith("demo:") and event.request_hash is not None:
            name = event.operation.split(":")[1]
            if name in periods:
                assert event.request_hash == period_hash(periods[name], event.stream), event.operation
                continue
            assert event.request_hash == wanted[name], event.operation
            found[name] += 1
    parts = {name: parts_of(step_of(steps, name), counted) for name in wanted}
    assert found == {name: part for name, part in parts.items() if part}


def test_the_request_hash_of_every_imported_row_recomputes_from_the_folder(counted: Counted, tmp_path: Path) -> None:
    with empty_log(tmp_path, clock=BEGINS) as nothing_yet:
        by = Acting(COORDINATOR, "operator")
        plan = plan_programme(nothing_yet, read_folder(FOLDER), by=by, now=nothing_yet.now())
    wanted = {
        f"import:{plan.digest}:{step.key}": imported_hash(step.command)
        for step in plan.to_do
        if step.command is not None and step.kind != "appointment"
    }
    found = {
        event.operation: event.request_hash
        for event in counted.events
        if event.operation.startswith("import:") and event.request_hash is not None
    }
    assert found == wanted
    assert len(wanted) == 279


@pytest.mark.serial
@pytest.mark.full
def test_separate_processes_come_to_the_same_counts(tmp_path: Path) -> None:
    stage = Stage(tmp_path / "data", parties=())
    stage.play()
    with opened(stage.folder) as runtime:
        played_apart = Counted(runtime)
        assert runtime.now() >= ENDS
        check_states(played_apart)
        check_inboxes(played_apart)
        check_unsigned(played_apart)


def check_states(counted: Counted) -> None:
    assert counted.states() == {
        "drafted": 10,
        "in_replication": 45,
        "modified": 7,
        "completed": 5,
        "withdrawn": 1,
        "cancelled": 1,
    }
    assert {state.state for _, state in counted.commitments.values()} == counted.states().keys()


def check_inboxes(counted: Counted) -> None:
    assert counted.roles_with_something_in_the_inbox() >= {
        "agency_pic",
        "agency_head",
        "region_coordinator",
        "region_secretary",
        "province_coordinator",
        "province_secretary",
    }


def check_unsigned(counted: Counted) -> None:
    owed = counted.obligations(*UNSIGNED)
    assert {one["kind"] for one in owed} == {"decision"}
    waiting = [one for one in owed if one["status"] == "open"]
    assert len(waiting) == 10
    definition = counted.runtime.basis().definition("replikasi-inovasi", 1)
    last = definition.ladders["signature"].levels[-1].number
    # The first level's moment is that at which the step was reached, so nothing is left to remind of.
    levels = {(one["last_level"], one["next_level"], one["levels_raised"]) for one in waiting}
    assert levels == {(last, None, last - 1)}
    raised = Counter(
        (state.drafted.reference, event.fact.obligation, event.fact.level)
        for state, event in counted.told(EscalationRaised)
        if state.drafted.party in UNSIGNED
    )
    assert set(raised.values()) == {1}


def hash_of(kind: type[Command], request: dict[str, Json]) -> bytes:
    """The hash of a request by a command of that class: what else is in the command is no part of it."""
    return request_hash(kind.__new__(kind), request)


def period_hash(act: Reopen | Draw, stream: str) -> bytes:
    """The hash of the programme's own event, or of one by which a commitment follows it."""
    command = period_command(act)
    if stream.startswith(COMMITMENT_PREFIX):
        following = FollowSample(act.period) if isinstance(act, Draw) else FollowPeriod(act.period)
        return request_hash(following, {"programme": command.programme, "body": {"period": act.period}})
    body: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
    body.pop("seed", None)
    return request_hash(command, {"body": body})


def class_of(act: Act) -> type[Command]:
    """The class of the command that the act gives."""
    match act:
        case Decide():
            return {"approve": ApproveRequest, "return": ReturnRequest, "reject": RejectRequest}[act.verdict]
        case Judge():
            return {"check": CheckClaim, "verify": VerifyClaim, "return": ReturnClaim}[act.verdict]
        case _:
            return CLASSES[type(act)]


def appointment_hash(office: str) -> bytes:
    return hash_of(AppointHolder, {"office": office})


def imported_hash(command: Command) -> bytes:
    asked: dict[str, Json] = msgspec.json.decode(msgspec.json.encode(command))
    if isinstance(command, DraftCommitment):
        del asked["commitment"], asked["earlier"]
    return request_hash(command, asked)


def step_of(steps: list[Step], name: str) -> Step | None:
    return next((step for step in steps if step.name == name), None)


def parts_of(step: Step | None, counted: Counted) -> int:
    """How many commands a step is: one, but for a sheet's, and for the claims on which the lot fell."""
    if step is not None and isinstance(step.act, VerifyDrawn):
        _, state = counted.commitments[step.act.reference]
        return len(state.samples[step.act.period].claims)
    if step is None or not isinstance(step.act, Sign | Witness):
        return 1
    party = step.act.party
    return sum(state.drafted.party == party for _, state in counted.commitments.values())
