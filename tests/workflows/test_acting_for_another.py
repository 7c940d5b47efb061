"""Using another office's authority: on its days and in its matters alone, and never past four eyes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.support.delegating import UNTIL, delegated, given_to
from tests.support.directory import directory, holder
from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    NEW_YEAR,
    OTHER_HEAD,
    PAPER,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGN_CHECKED,
    SIGNED,
    SIGNING,
    SPRING,
    START_ASKED,
    STARTED,
    K,
    claimed,
    given,
    holder_of,
    signature,
)
from workflows.commands import (
    ApproveRequest,
    MakeClaim,
    OpenRequest,
    RejectRequest,
    VerifyClaim,
    WithdrawRequest,
    WitnessCommitment,
)
from workflows.commitment import Act
from workflows.delegations import ASSIST
from workflows.facts import (
    DelegationRevoked,
    RequestApproved,
    RequestOpened,
    RequestWithdrawn,
    SignatureRecorded,
    StepReached,
)

APPROVE = ApproveRequest(f"{K}.r2")
DECEMBER = {"starts_on": date(2021, 12, 1), "ends_on": date(2021, 12, 31)}
SOON = NEW_YEAR + timedelta(minutes=5)


def test_the_delegate_decides_at_the_givers_step_and_the_act_names_both() -> None:
    asked = given(*START_ASKED).during(delegated(given_to(REGION, OTHER_HEAD)))
    story = asked.when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).then(RequestApproved, StepReached)
    fact, event = story.new[0], story.events[-2]
    assert isinstance(fact, RequestApproved)
    assert fact.office == REGION
    assert (event.office, event.on_behalf_of, event.authority, event.delegate) == (
        OTHER_HEAD,
        REGION,
        REGION,
        OTHER_HEAD,
    )
    act = story.commitment.requests[f"{K}.r2"].acts[1]
    assert act == Act("approved", REGION, holder_of(OTHER_HEAD), "check", act.at, OTHER_HEAD)


def test_the_open_steps_office_stays_the_giver_and_may_still_decide_itself() -> None:
    asked = given(*START_ASKED).during(delegated(given_to(REGION, OTHER_HEAD)))
    assert [one.office for one in asked.commitment.requests[f"{K}.r2"].reached] == [REGION]
    asked.when(REGION, APPROVE).passes()


def test_a_delegate_in_its_own_right_has_its_own_authority_alone() -> None:
    asked = given(*START_ASKED).during(delegated(given_to(REGION, COORDINATOR)))
    asked.when(COORDINATOR, APPROVE).refused("not_your_turn")


def test_without_a_delegation_in_force_there_is_no_authority() -> None:
    asked = given(*START_ASKED)
    asked.when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).refused("delegation_unknown")
    later = given_to(REGION, OTHER_HEAD, starts_on=date(2022, 1, 5))
    coming = asked.during(delegated(later)).when(OTHER_HEAD, APPROVE, on_behalf_of=REGION)
    assert coming.refused("delegation_not_begun").blocker("delegation_not_begun").facts["start"] == "2022-01-05"
    over = given_to(REGION, OTHER_HEAD, **DECEMBER)
    asked.during(delegated(over)).when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).refused("delegation_ended")
    revoked = DelegationRevoked(over.delegation, REGION, OTHER_HEAD, NEW_YEAR, "")
    ended = delegated(given_to(REGION, OTHER_HEAD), revoked)
    asked.during(ended).when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).refused("delegation_ended")


def test_a_delegate_is_somebody_who_holds_the_receiving_office() -> None:
    asked = given(*START_ASKED).during(delegated(given_to(REGION, OTHER_HEAD)))
    asked.when(OTHER_HEAD, APPROVE, person="somebody", on_behalf_of=REGION).refused("not_a_holder")


def test_a_delegation_of_some_moves_reaches_those_alone() -> None:
    starts = delegated(given_to(REGION, OTHER_HEAD, moves=("start",)))
    given(*START_ASKED).during(starts).when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).passes()
    others = delegated(given_to(REGION, OTHER_HEAD, moves=("amend", "complete")))
    asked = given(*START_ASKED).during(others)
    asked.when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).refused("delegation_out_of_scope")
    elsewhere = asked.during(delegated(given_to(REGION, OTHER_HEAD, programmes=("other",))))
    elsewhere.when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).refused("delegation_out_of_scope")


def test_a_delegate_asks_takes_back_and_claims_for_the_giver() -> None:
    signed = given(*SIGNED).during(delegated(given_to(HEAD, OTHER_HEAD)))
    asked = signed.when(OTHER_HEAD, OpenRequest("start", evidence=PAPER), at=NEW_YEAR, on_behalf_of=HEAD).then(
        RequestOpened, StepReached
    )
    opened = asked.new[0]
    assert isinstance(opened, RequestOpened)
    assert opened.asked_by == HEAD
    asked.when(OTHER_HEAD, WithdrawRequest(f"{K}.r2"), on_behalf_of=HEAD).then(RequestWithdrawn)
    for_pic = given(*STARTED).during(delegated(given_to(PIC, OTHER_HEAD)))
    claim = MakeClaim(1, for_pic.commitment.items[0].target, PAPER)
    for_pic.when(OTHER_HEAD, claim, on_behalf_of=PIC).passes()
    for_pic.when(OTHER_HEAD, claim).refused("out_of_scope")


def test_the_giver_who_asked_is_not_approved_by_the_own_delegate() -> None:
    story = given(*SIGNED).during(delegated(given_to(HEAD, REGION)))
    asked = story.when(REGION, OpenRequest("start", evidence=PAPER), at=NEW_YEAR, on_behalf_of=HEAD).done
    reached = asked.new[1]
    assert isinstance(reached, StepReached)
    assert reached.office == SECRETARY
    assert reached.skipped[0].why == "conflicted"
    asked.when(REGION, APPROVE).refused("asker_approves", "not_your_turn")
    asked.when(REGION, APPROVE, on_behalf_of=HEAD).refused("asker_approves", "not_your_turn")


def test_the_asker_does_not_approve_by_way_of_a_delegation() -> None:
    asked = given(*START_ASKED).during(delegated(given_to(REGION, HEAD)))
    asked.when(HEAD, APPROVE, on_behalf_of=REGION).refused("asker_approves")
    asked.when(HEAD, APPROVE, person="deputy", on_behalf_of=REGION).refused("not_a_holder")
    second = replace(
        delegated(given_to(REGION, HEAD)), directory=directory(more=(holder(HEAD, "deputy", capacity="plh"),))
    )
    asked.during(second).when(HEAD, APPROVE, person="deputy", on_behalf_of=REGION).refused("asker_approves")


def test_whom_the_askers_person_chose_for_another_office_does_not_approve() -> None:
    chosen = given_to(REGION, OTHER_HEAD, person=holder_of(HEAD))
    asked = given(*START_ASKED).during(delegated(chosen))
    asked.when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).refused("asker_approves")
    asked.when(REGION, APPROVE).passes()


def test_who_passed_the_authority_on_has_a_hand_in_the_verdict() -> None:
    first = given_to(REGION, HEAD, may_redelegate=True)
    further = given_to(
        REGION, OTHER_HEAD, given_by=HEAD, person=holder_of(HEAD), parent=first.delegation, delegation="further"
    )
    asked = given(*START_ASKED).during(delegated(first, further))
    asked.when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).refused("asker_approves")


def test_nobody_acts_twice_in_a_chain_by_way_of_a_delegation() -> None:
    checked = given(*START_ASKED).when(REGION, APPROVE).done
    twice = checked.during(delegated(given_to(SECRETARY, REGION)))
    tried = twice.when(REGION, APPROVE, on_behalf_of=SECRETARY).refused("acted_already")
    assert tried.blocker("acted_already").facts["office"] == REGION
    by_person = checked.during(
        replace(
            delegated(given_to(SECRETARY, OTHER_HEAD)),
            directory=directory(more=(holder(OTHER_HEAD, holder_of(REGION), capacity="plh"),)),
        )
    )
    by_person.when(OTHER_HEAD, APPROVE, person=holder_of(REGION), on_behalf_of=SECRETARY).refused("same_person")


def test_a_delegate_who_checked_for_one_office_does_not_approve_as_another() -> None:
    both = delegated(given_to(REGION, OTHER_HEAD), given_to(SECRETARY, OTHER_HEAD))
    checked = given(*START_ASKED).during(both).when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).done
    checked.when(OTHER_HEAD, APPROVE, on_behalf_of=SECRETARY).refused("acted_already")
    checked.when(SECRETARY, APPROVE).passes()


def test_rejecting_for_another_office_knows_the_same_limits() -> None:
    asked = given(*START_ASKED).during(delegated(given_to(REGION, HEAD)))
    asked.when(HEAD, RejectRequest(f"{K}.r2", "tidak_memenuhi_syarat"), on_behalf_of=REGION).refused("asker_approves")


def test_an_own_claim_is_not_verified_by_way_of_a_delegation() -> None:
    made = given(*STARTED).does(claimed(1, 100, at=SOON)[0])
    verify = VerifyClaim(f"{K}.c1")
    made.during(delegated(given_to(REGION, PIC))).when(PIC, verify, on_behalf_of=REGION).refused("claimant_verifies")
    made.during(delegated(given_to(REGION, OTHER_HEAD))).when(OTHER_HEAD, verify, on_behalf_of=REGION).passes()


def test_a_claim_made_for_another_office_is_not_verified_by_who_made_it() -> None:
    for_pic = given(*STARTED).during(delegated(given_to(PIC, REGION)))
    made = for_pic.when(REGION, MakeClaim(1, Decimal(100), PAPER), at=SOON, on_behalf_of=PIC).done
    assert made.commitment.claims[f"{K}.c1"].made.verifier == SECRETARY
    made.when(REGION, VerifyClaim(f"{K}.c1")).refused("claimant_verifies", "role_may_not")


def test_a_signature_dated_inside_the_term_is_good_while_the_term_runs() -> None:
    checked = given(*SIGN_CHECKED).during(delegated(given_to(SECRETARY, COORDINATOR, **DECEMBER)))
    signed = checked.when(COORDINATOR, signature(), at=SIGNING + timedelta(days=2), on_behalf_of=SECRETARY).done
    fact = next(one for one in signed.new if isinstance(one, SignatureRecorded))
    assert fact.office == SECRETARY


def test_an_act_dated_outside_the_term_is_refused_also_when_it_is_recorded_inside() -> None:
    begun = given_to(SECRETARY, COORDINATOR, starts_on=date(2021, 12, 7), ends_on=date(2021, 12, 31))
    checked = given(*SIGN_CHECKED).during(delegated(begun))
    at = datetime(2021, 12, 8, 2, tzinfo=UTC)
    checked.when(COORDINATOR, signature(), at=at, on_behalf_of=SECRETARY).refused("delegation_not_then")
    over = given_to(SECRETARY, COORDINATOR, starts_on=date(2021, 12, 1), ends_on=date(2021, 12, 6))
    late = given(*SIGN_CHECKED).during(delegated(over))
    late.when(COORDINATOR, signature(), at=at, on_behalf_of=SECRETARY).refused("delegation_ended")
    ahead = signature(signed_at=at + timedelta(days=1))
    checked.when(COORDINATOR, ahead, at=at, on_behalf_of=SECRETARY).refused("signed_in_future")


def test_a_delegate_witnesses_on_the_days_of_the_term_and_never_what_it_signed() -> None:
    def witness(at: datetime) -> WitnessCommitment:
        return WitnessCommitment("kalbar-2022:61.03", "in_person", "Pontianak", at)

    signed = given(*SIGNED).during(delegated(given_to(PROVINCE, MENTOR, **DECEMBER)))
    on = SIGNING + timedelta(days=1)
    signed.when(MENTOR, witness(on), at=on, on_behalf_of=PROVINCE).passes()
    late = given_to(PROVINCE, MENTOR, starts_on=date(2021, 12, 8), ends_on=UNTIL)
    at = SIGNING + timedelta(days=3)
    signed.during(delegated(late)).when(MENTOR, witness(on), at=at, on_behalf_of=PROVINCE).refused(
        "delegation_not_then"
    )
    ahead = witness(at + timedelta(days=1))
    signed.when(MENTOR, ahead, at=at, on_behalf_of=PROVINCE).refused("witnessed_in_future")
    own = signed.during(delegated(given_to(PROVINCE, SECRETARY, **DECEMBER)))
    own.when(SECRETARY, witness(on), at=on, on_behalf_of=PROVINCE).refused("signer_witnesses")
    assert at < SPRING


def test_an_assistant_decides_nothing_and_is_told_so() -> None:
    asked = given(*START_ASKED).during(delegated(given_to(REGION, OTHER_HEAD, capacity=ASSIST)))
    for command in (APPROVE, RejectRequest(f"{K}.r2", "tidak_memenuhi_syarat"), WithdrawRequest(f"{K}.r2")):
        tried = asked.when(OTHER_HEAD, command, on_behalf_of=REGION).refused("assistant_decides")
        assert tried.blocker("assistant_decides").cleared_by == (REGION,)
    for_pic = given(*STARTED).during(delegated(given_to(PIC, OTHER_HEAD, capacity=ASSIST)))
    claim = MakeClaim(1, Decimal(100), PAPER)
    for_pic.when(OTHER_HEAD, claim, on_behalf_of=PIC).refused("assistant_decides")


def test_an_assistant_who_is_a_delegate_too_decides_as_that() -> None:
    both = delegated(given_to(REGION, OTHER_HEAD, capacity=ASSIST), given_to(REGION, OTHER_HEAD, delegation="second"))
    given(*START_ASKED).during(both).when(OTHER_HEAD, APPROVE, on_behalf_of=REGION).passes()
