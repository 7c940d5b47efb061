"""Steps that several offices share, and steps that are open at the same time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.directory import holder, office
from tests.support.shared_steps import ASKED, TEXT, running, shared, told, waiting
from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    OTHER_HEAD,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    Act,
    K,
    Story,
    draft,
    holder_of,
)
from workflows.audience import Told, audience
from workflows.blockers import overview
from workflows.commands import (
    ApproveRequest,
    EditDraft,
    Escalate,
    OpenRequest,
    RejectRequest,
    ReturnRequest,
    WithdrawRequest,
)
from workflows.commitment import replay
from workflows.definition_yaml import parse
from workflows.errors import DefinitionInvalid
from workflows.facts import (
    CommitmentFact,
    EscalationRaised,
    MemberRejected,
    MembersReleased,
    ObligationsArisen,
    OpinionInvited,
    Quorum,
    RequestApproved,
    RequestOpened,
    RequestRejected,
    RequestReturned,
    RequestWithdrawn,
    Skipped,
    StateChanged,
    StepReached,
)

APPROVE = ApproveRequest(f"{K}.r1")
REJECT = RejectRequest(f"{K}.r1", "di_luar_kewenangan")
AGAIN = ApproveRequest(f"{K}.r2")


def heard(story: Story, kind: type[CommitmentFact]) -> list[Told]:
    event = next(event for event in reversed(story.events) if isinstance(event.fact, kind))
    after, world = replay(story.events[: event.version]), story.world
    assert after is not None
    before = replay(story.events[: event.version - 1])
    return list(
        audience(
            event, before, after, directory=world.directory, definition=world.definition, programme=world.programme
        )
    )


def test_every_seat_is_reached_at_once_each_with_its_own_obligation() -> None:
    story = told(*ASKED)
    assert [type(fact) for fact in story.new] == [RequestOpened, *[StepReached] * 3]
    assert waiting(story) == [("review", REGION), ("review", MENTOR), ("review", COORDINATOR)]
    owed = {name: one.obligation.office for name, one in story.commitment.owed.items()}
    assert owed == {"r1/review/1": REGION, "r1/review/2": MENTOR, "r1/review/3": COORDINATOR}


def test_the_quorum_is_counted_when_the_request_opens_and_recorded() -> None:
    opened = told(*ASKED).new[0]
    assert isinstance(opened, RequestOpened)
    members = ("region_coordinator", "mentor", "province_coordinator")
    assert opened.quorums == (Quorum("review", "role", members, 2),)


def test_one_approval_of_two_leaves_the_others_waiting() -> None:
    story = told(*ASKED).when(MENTOR, APPROVE).then(RequestApproved)
    assert waiting(story) == [("review", REGION), ("review", COORDINATOR)]
    assert story.commitment.owed["r1/review/2"].status == "met"
    assert story.commitment.requests[f"{K}.r1"].passed == ()


def test_once_enough_approved_the_step_passes_and_the_rest_is_owed_no_more() -> None:
    story = told(*ASKED, Act(MENTOR, APPROVE)).when(REGION, APPROVE)
    passed = story.then(RequestApproved, MembersReleased, StepReached)
    assert passed.new[1] == MembersReleased(f"{K}.r1", "review", (COORDINATOR,))
    assert passed.commitment.owed["r1/review/3"].status == "closed"
    assert waiting(passed) == [("decide", SECRETARY)]
    assert heard(passed, MembersReleased) == [Told(COORDINATOR, "now", "approver"), Told(HEAD, "page", "asker")]


def test_whose_seat_was_released_decides_no_more() -> None:
    passed = told(*ASKED, Act(MENTOR, APPROVE), Act(REGION, APPROVE))
    passed.when(COORDINATOR, APPROVE).refused("not_your_turn")


def test_one_rejection_that_does_not_decide_is_a_fact_of_its_own() -> None:
    story = told(*ASKED).when(COORDINATOR, REJECT).then(MemberRejected)
    assert story.commitment.requests[f"{K}.r1"].is_open
    assert waiting(story) == [("review", REGION), ("review", MENTOR)]
    assert story.commitment.owed["r1/review/3"].status == "met"
    assert Told(HEAD, "now", "asker") in heard(story, MemberRejected)


def test_the_request_is_rejected_in_the_act_that_makes_its_quorum_impossible() -> None:
    story = told(*ASKED, Act(COORDINATOR, REJECT)).when(REGION, REJECT).then(RequestRejected)
    assert story.commitment.requests[f"{K}.r1"].status == "rejected"
    owed = story.commitment.owed
    assert (owed["r1/review/1"].status, owed["r1/review/2"].status) == ("met", "closed")
    assert Told(MENTOR, "now", "approver") in heard(story, RequestRejected)
    story.when(MENTOR, APPROVE).refused("request_closed")


def test_a_rejection_after_an_approval_still_leaves_the_last_seat_to_decide() -> None:
    story = told(*ASKED, Act(MENTOR, APPROVE)).when(COORDINATOR, REJECT).then(MemberRejected)
    story.when(REGION, REJECT).then(RequestRejected)
    story.when(REGION, APPROVE).then(RequestApproved, StepReached)


def test_a_return_by_any_seat_returns_the_request_and_tells_who_waited() -> None:
    story = told(*ASKED).when(MENTOR, ReturnRequest(f"{K}.r1", "bukti_kurang")).then(RequestReturned)
    assert story.commitment.requests[f"{K}.r1"].status == "returned"
    offices = {one.office for one in heard(story, RequestReturned)}
    assert offices == {REGION, COORDINATOR}


def test_a_withdrawal_closes_every_seat() -> None:
    story = told(*ASKED).when(HEAD, WithdrawRequest(f"{K}.r1")).then(RequestWithdrawn)
    assert {one.status for one in story.commitment.owed.values()} == {"closed"}


def test_who_decides_out_of_turn_is_told_whom_it_waits_for() -> None:
    tried = told(*ASKED).when(SECRETARY, APPROVE).refused("not_your_turn")
    blocker = tried.blocker("not_your_turn")
    assert blocker.cleared_by == (REGION, MENTOR, COORDINATOR)
    assert blocker.facts["office"] == f"{REGION}, {MENTOR}, {COORDINATOR}"


def test_nobody_decides_in_two_seats_by_office_or_by_person() -> None:
    both = shared(more=(holder(COORDINATOR, holder_of(MENTOR), capacity="plh"),))
    story = told(*ASKED, Act(MENTOR, APPROVE), world=both)
    story.when(MENTOR, APPROVE).refused("acted_already", "not_your_turn")
    story.when(COORDINATOR, APPROVE, person=holder_of(MENTOR)).refused("same_person")
    rejected = told(*ASKED, Act(MENTOR, REJECT), world=both)
    rejected.when(COORDINATOR, APPROVE, person=holder_of(MENTOR)).refused("same_person")


def test_whoever_rejected_one_seat_decides_no_later_step() -> None:
    above = shared(vacant=(SECRETARY,), more=(holder(SECRETARY, holder_of(COORDINATOR)),))
    story = told(*ASKED, Act(COORDINATOR, REJECT), Act(MENTOR, APPROVE), Act(REGION, APPROVE), world=above)
    assert waiting(story) == [("decide", PROVINCE)]


def test_a_seat_of_a_vacant_office_goes_up_but_never_to_an_office_with_a_seat_of_its_own() -> None:
    story = told(*ASKED, world=shared(vacant=(MENTOR,)))
    assert waiting(story) == [("review", REGION), ("review", PROVINCE), ("review", COORDINATOR)]
    reached = story.new[2]
    assert isinstance(reached, StepReached)
    assert (reached.role, reached.member, reached.skipped) == ("mentor", 2, (Skipped(MENTOR, "vacant"),))
    alone = told(*ASKED, world=shared(vacant=(MENTOR, PROVINCE)))
    assert waiting(alone) == [("review", REGION), ("review", COORDINATOR)]
    alone.when(REGION, REJECT).then(RequestRejected)


def test_one_person_alone_in_two_offices_takes_one_seat() -> None:
    one = shared(vacant=(COORDINATOR,), more=(holder(COORDINATOR, holder_of(MENTOR)),))
    story = told(*ASKED, world=one)
    assert waiting(story) == [("review", REGION), ("review", MENTOR), ("review", PROVINCE)]


def test_a_request_whose_quorum_cannot_be_met_is_not_opened() -> None:
    empty = shared(vacant=(MENTOR, COORDINATOR, PROVINCE))
    story = told(Act(REGION, draft()), world=empty)
    blocker = story.when(HEAD, OpenRequest("start")).refused("quorum_unreachable").blocker("quorum_unreachable")
    assert (blocker.facts["needed"], blocker.facts["filled"], blocker.facts["members"]) == ("2", "1", "3")
    assert blocker.facts["skipped"].startswith(f"{MENTOR} (vacant), {PROVINCE} (vacant), {COORDINATOR} (vacant)")
    assert blocker.cleared_by == ("61.admin",)


def test_a_quorum_larger_than_the_offices_that_there_are_is_said_for_every_step() -> None:
    tried = running().when(REGION, OpenRequest("audit")).refused("quorum_unreachable", "quorum_unreachable")
    auditors, heads = tried.blockers
    assert (auditors.facts["step"], auditors.facts["members"], auditors.facts["skipped"]) == ("auditors", "0", "-")
    assert (heads.facts["step"], heads.facts["skipped"]) == ("heads", f"{HEAD}, {OTHER_HEAD}")


def test_steps_may_be_open_at_the_same_time_and_each_goes_on_by_itself() -> None:
    story = running().when(REGION, OpenRequest("review")).done
    assert waiting(story) == [("heads", HEAD), ("heads", OTHER_HEAD), ("mentor", MENTOR)]
    mentored = story.when(MENTOR, AGAIN).then(RequestApproved, StepReached, OpinionInvited)
    assert waiting(mentored) == [("heads", HEAD), ("heads", OTHER_HEAD), ("accept", COORDINATOR)]
    headed = mentored.when(OTHER_HEAD, AGAIN).then(RequestApproved, MembersReleased)
    assert waiting(headed) == [("accept", COORDINATOR)]
    accepted = headed.when(COORDINATOR, AGAIN).then(RequestApproved, StepReached)
    accepted.when(SECRETARY, AGAIN).then(RequestApproved, StateChanged)


def test_a_step_that_is_not_needed_holds_up_nobody_behind_it() -> None:
    story = running()
    move = story.world.definition.moves["review"]
    steps = tuple(replace(one, when=("third_amendment",)) if one.name == "accept" else one for one in move.steps)
    changed = replace(move, steps=steps)
    definition = replace(story.world.definition, moves={**story.world.definition.moves, "review": changed})
    asked = story.during(replace(story.world, definition=definition)).when(REGION, OpenRequest("review")).done
    mentored = asked.when(MENTOR, AGAIN).then(RequestApproved, OpinionInvited)
    mentored.when(HEAD, AGAIN).then(RequestApproved, MembersReleased, StepReached)


def test_a_rejection_in_one_open_step_ends_the_request_with_the_other() -> None:
    story = running().when(REGION, OpenRequest("review")).done
    ended = story.when(MENTOR, RejectRequest(f"{K}.r2", "di_luar_kewenangan")).then(RequestRejected)
    assert {one.office for one in heard(ended, RequestRejected) if one.why == "approver"} == {HEAD, OTHER_HEAD}


def test_every_office_of_a_role_is_asked_and_a_later_one_changes_nothing() -> None:
    more = (office("61.03.dukcapil", "agency_head", "61.03", scope="own", to=SECRETARY), holder("61.03.dukcapil"))
    story = running().when(REGION, OpenRequest("finish")).done
    opened = story.new[0]
    assert isinstance(opened, RequestOpened)
    assert opened.quorums == (Quorum("heads", "office", (HEAD, OTHER_HEAD), 2),)
    grown = story.during(shared(more=more))
    first = grown.when(HEAD, AGAIN).then(RequestApproved)
    first.when(OTHER_HEAD, AGAIN).then(RequestApproved, StateChanged)
    first.when(OTHER_HEAD, RejectRequest(f"{K}.r2", "di_luar_kewenangan")).then(RequestRejected)


def test_a_seat_whose_own_office_asked_or_is_vacant_goes_up() -> None:
    story = running(world=shared(vacant=(OTHER_HEAD,))).when(REGION, OpenRequest("finish")).done
    assert waiting(story) == [("heads", HEAD), ("heads", SECRETARY)]


def test_a_seat_may_be_left_empty_instead_of_going_up() -> None:
    story = running(world=shared(vacant=(OTHER_HEAD,)))
    move = story.world.definition.moves["review"]
    steps = tuple(replace(one, if_vacant="block") if one.name == "heads" else one for one in move.steps)
    definition = replace(
        story.world.definition, moves={**story.world.definition.moves, "review": replace(move, steps=steps)}
    )
    asked = story.during(replace(story.world, definition=definition)).when(REGION, OpenRequest("review")).done
    assert waiting(asked) == [("heads", HEAD), ("mentor", MENTOR)]


def test_each_seat_is_reminded_by_its_own_ladder_and_others_learn_that_it_is_settled() -> None:
    story = told(*ASKED)
    level = story.commitment.owed["r1/review/3"].obligation.levels[0]
    late = story.when("clock", Escalate("r1/review/3", 1, 1, 1), at=level.at, person="clock").then(EscalationRaised)
    assert [len(late.commitment.owed[f"r1/review/{member}"].raised) for member in (1, 2, 3)] == [0, 0, 1]


def test_a_seat_is_offered_to_its_office_alone() -> None:
    story = told(*ASKED)
    for by, may in ((REGION, True), (MENTOR, True), (SECRETARY, False)):
        possible = {one.act: one.may for one in overview(story.commitment, story.context(by)) if one.on == f"{K}.r1"}
        assert possible["approve"] is may, by


def test_after_a_return_the_seats_are_counted_anew() -> None:
    returned = told(*ASKED, Act(MENTOR, ReturnRequest(f"{K}.r1", "bukti_kurang")))
    edited = returned.when(HEAD, EditDraft(replication_scope="partial")).done
    story = edited.when(HEAD, OpenRequest("start")).done
    assert waiting(story) == [("review", REGION), ("review", MENTOR), ("review", COORDINATOR)]
    assert story.now - edited.now == timedelta(minutes=1)


def test_the_last_approval_brings_about_what_the_move_does() -> None:
    story = told(*ASKED, Act(REGION, APPROVE), Act(MENTOR, APPROVE))
    story.when(SECRETARY, APPROVE).then(RequestApproved, StateChanged, ObligationsArisen)
    assert story.commitment.pic == PIC


@pytest.mark.parametrize(
    ("old", "new", "place", "reason"),
    [
        ("quorum: 2\n", "quorum: 4\n", "moves.start.steps[0].quorum", "4, but 3 can decide"),
        ("quorum: 2\n", "quorum: 0\n", "moves.start.steps[0].quorum", "0, expected at least 1"),
        ("quorum: 2\n", "quorum: most\n", "moves.start.steps[0].quorum", "unknown quorum 'most'"),
        ("after: [mentor]", "after: [decide]", "moves.review.steps[2].after[0]", "unknown earlier step 'decide'"),
        ("after: [mentor]", "after: [sometime]", "moves.review.steps[2].after[0]", "unknown earlier step 'sometime'"),
        ("quorum: 2\n", "role: mentor\n", "moves.start.steps[0]", "expected exactly one of role, roles"),
        ("quorum: 2\n", "every: true\n", "moves.start.steps[0].every", "every office of one role"),
        ("quorum: 2\n", "signs: true\n", "moves.start.steps[0].signs", "one office signs"),
        ("role: mentor, after: []", "role: mentor, after: [], quorum: 2", "moves.review.steps[1].quorum", "but 1 can"),
        (
            "role: mentor, after: []",
            "role: mentor, after: [], quorum: 1, signs: true",
            "moves.review.steps[1].signs",
            "one office signs",
        ),
        (
            "role: region_secretary, after: [heads, accept]",
            "role: region_secretary, after: [heads], signs: true",
            "moves.review.steps",
            "only the last step can sign",
        ),
    ],
)
def test_a_quorum_or_an_order_that_cannot_be_is_refused(old: str, new: str, place: str, reason: str) -> None:
    assert TEXT.count(old) == 1
    with pytest.raises(DefinitionInvalid) as refused:
        parse(TEXT.replace(old, new))
    assert refused.value.place == place
    assert reason in refused.value.reason


def test_a_step_that_signs_may_come_after_steps_that_are_open_together() -> None:
    text = TEXT.replace("after: [heads, accept]", "after: [heads, accept], signs: true")
    assert parse(text).moves["review"].steps[-1].signs
