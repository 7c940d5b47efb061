"""The asker never decides, and nobody acts twice in one chain: by office and by person."""

from dataclasses import replace

from tests.support.directory import directory, holder
from tests.support.world import (
    COORDINATOR,
    HEAD,
    PAPER,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGNED,
    START_ASKED,
    Act,
    K,
    World,
    given,
    holder_of,
    world,
)
from workflows.commands import ApproveRequest, OpenRequest, RejectRequest, ReturnRequest
from workflows.facts import HolderAppointed, RequestApproved, Skipped, StepReached

APPROVE = ApproveRequest(f"{K}.r2")


def held_by(*more: HolderAppointed, vacant: tuple[str, ...] = ()) -> World:
    return replace(world(), directory=directory(vacant=vacant, more=more))


def test_the_asker_decides_nothing_on_the_own_request() -> None:
    asked = given(*START_ASKED)
    asked.when(HEAD, APPROVE).refused("asker_approves", "not_your_turn")
    asked.when(HEAD, ReturnRequest(f"{K}.r2", "bukti_kurang")).refused("asker_approves", "not_your_turn")
    asked.when(HEAD, RejectRequest(f"{K}.r2", "di_luar_kewenangan")).refused("asker_approves", "not_your_turn")


def test_the_askers_person_does_not_decide_from_another_office() -> None:
    both = held_by(holder(REGION, holder_of(HEAD), capacity="plt"))
    asked = given(*START_ASKED).during(both)
    asked.when(REGION, APPROVE, person=holder_of(HEAD)).refused("asker_approves")
    asked.when(REGION, APPROVE).then(RequestApproved, StepReached)


def test_a_step_held_by_the_askers_person_alone_goes_up_and_says_so() -> None:
    both = held_by(holder(REGION, holder_of(HEAD)), vacant=(REGION,))
    story = given(*SIGNED).during(both).when(HEAD, OpenRequest("start", evidence=PAPER)).done
    reached = story.new[1]
    assert isinstance(reached, StepReached)
    assert (reached.role, reached.office) == ("region_coordinator", SECRETARY)
    assert reached.skipped == (Skipped(REGION, "conflicted"),)


def test_whoever_stepped_in_below_does_not_decide_again_above() -> None:
    both = held_by(vacant=(REGION,))
    story = given(*SIGNED).during(both).when(HEAD, OpenRequest("start", evidence=PAPER)).done
    first = story.when(SECRETARY, APPROVE).then(RequestApproved, StepReached)
    reached = first.new[1]
    assert isinstance(reached, StepReached)
    assert (reached.step, reached.office, reached.skipped) == ("approve", PROVINCE, (Skipped(SECRETARY, "conflicted"),))
    first.when(SECRETARY, APPROVE).refused("acted_already", "not_your_turn")


def test_a_person_who_approved_as_one_office_does_not_approve_as_the_next() -> None:
    both = held_by(holder(SECRETARY, holder_of(REGION), capacity="plh"))
    checked = given(*START_ASKED).during(both).when(REGION, APPROVE).done
    tried = checked.when(SECRETARY, APPROVE, person=holder_of(REGION)).refused("same_person")
    assert tried.blocker("same_person").facts["office"] == REGION
    checked.when(SECRETARY, APPROVE).passes()


def test_two_persons_of_the_asking_office_are_still_one_office() -> None:
    second = held_by(holder(HEAD, "deputy", capacity="plh"))
    given(*START_ASKED).during(second).when(HEAD, APPROVE, person="deputy").refused("asker_approves", "not_your_turn")


def test_a_chain_that_only_the_asker_could_decide_is_refused_with_who_can_help() -> None:
    both = held_by(vacant=(SECRETARY, PROVINCE))
    leave = OpenRequest("withdraw", reason="tanpa_anggaran", evidence=PAPER)
    tried = given(*SIGNED).during(both).when(REGION, leave).refused("step_unfillable")
    assert tried.blocker("step_unfillable").cleared_by == ("61.admin",)


def test_a_request_of_one_office_is_no_obstacle_to_its_verdict_on_another() -> None:
    cancel = OpenRequest("cancel", reason="digabung", evidence=PAPER)
    asked = given(*SIGNED, Act(COORDINATOR, cancel))
    rejected = asked.when(PROVINCE, RejectRequest(f"{K}.r2", "tidak_memenuhi_syarat")).done
    again = rejected.when(COORDINATOR, cancel).done
    again.when(PROVINCE, ApproveRequest(f"{K}.r3")).then(RequestApproved, StepReached)
