from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.delegating import delegated, given_to
from tests.support.directory import CALENDAR, calendar, directory, holder
from tests.support.world import (
    COMPLETED,
    COORDINATOR,
    DRAFTED,
    HEAD,
    NEIGHBOUR,
    OTHER_HEAD,
    PHOTO,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGNED,
    SPRING,
    STARTED,
    Act,
    K,
    amendment,
    approvals,
    claimed,
    given,
    holder_of,
    item,
    world,
)
from workflows.blockers import blockers
from workflows.commands import MakeClaim, ReturnClaim, VerifyClaim
from workflows.context import Context
from workflows.facts import ClaimMade, ClaimReturned, ClaimVerified, Evidence, ObligationsArisen

CLAIM = MakeClaim(1, Decimal(100), PHOTO, "Selesai")
VERIFY = VerifyClaim(f"{K}.c1", "Sesuai")
RETURN = ReturnClaim(f"{K}.c1", "bukti_kurang")
WAITING = (*STARTED, Act(PIC, CLAIM, SPRING))


def test_a_claim_names_its_number_its_claimant_and_who_is_to_check_it() -> None:
    story = given(*STARTED).when(PIC, CLAIM, at=SPRING).then(ClaimMade)
    made = story.new[0]
    assert isinstance(made, ClaimMade)
    assert (made.claim, made.number, made.office, made.verifier) == (f"{K}.c1", 1, PIC, REGION)
    assert story.commitment.progress[1].claimed_value == 100
    assert story.commitment.progress[1].verified_value == 0


def test_the_first_item_may_be_claimed_before_the_replication_starts() -> None:
    given(*SIGNED).when(PIC, CLAIM, at=SPRING).then(ClaimMade)


def test_progress_is_claimed_in_its_states_alone() -> None:
    tried = given(*DRAFTED).when(PIC, CLAIM).refused("claim_not_allowed")
    assert tried.blocker("claim_not_allowed").facts["states"] == "signed, in_replication, modified"
    given(*COMPLETED).when(PIC, CLAIM).refused("claim_not_allowed", "item_complete")


@pytest.mark.parametrize("office", [HEAD, REGION, SECRETARY, COORDINATOR])
def test_the_commitments_pic_claims_and_nobody_else(office: str) -> None:
    tried = given(*STARTED).when(office, CLAIM, at=SPRING)
    assert "role_may_not" in tried.codes
    assert tried.blocker("role_may_not").cleared_by == (PIC,)


def test_an_office_that_the_commitment_does_not_name_claims_nothing() -> None:
    given(*STARTED).when(OTHER_HEAD, CLAIM, at=SPRING).refused("out_of_scope")


def test_a_claim_is_of_an_item_in_the_plan() -> None:
    tried = given(*STARTED).when(PIC, replace(CLAIM, item=9), at=SPRING).refused("item_unknown")
    assert tried.blocker("item_unknown").facts["known"] == "1, 2, 3"
    given(*STARTED).when(PIC, MakeClaim(9, Decimal(1), ()), at=SPRING).refused("item_unknown", "evidence_missing")


@pytest.mark.parametrize("value", [Decimal(0), Decimal(-1), Decimal("Infinity"), Decimal("NaN")])
def test_a_claimed_value_is_a_positive_number(value: Decimal) -> None:
    given(*STARTED).when(PIC, replace(CLAIM, value=value), at=SPRING).refused("value_not_positive")


def test_a_claim_comes_with_evidence() -> None:
    tried = given(*STARTED).when(PIC, replace(CLAIM, evidence=()), at=SPRING).refused("evidence_missing")
    assert tried.blocker("evidence_missing").facts["wanted"] == "Laporan dan foto"
    empty = (Evidence("e" * 64, "kosong.jpg", "image/jpeg", 0),)
    given(*STARTED).when(PIC, replace(CLAIM, evidence=empty), at=SPRING).refused("evidence_invalid")


def test_one_claim_an_item_waits() -> None:
    tried = given(*WAITING).when(PIC, CLAIM).refused("claim_waiting")
    assert tried.blocker("claim_waiting").cleared_by == (REGION,)
    given(*WAITING).when(PIC, replace(CLAIM, item=2)).then(ClaimMade)


def test_a_cumulative_value_below_the_last_one_needs_a_reason() -> None:
    half = given(*STARTED, *claimed(1, 50, at=SPRING))
    tried = half.when(PIC, replace(CLAIM, value=Decimal(49))).refused("value_falls")
    assert tried.blocker("value_falls").facts == {"item": "1", "value": "49", "last": "50"}
    half.when(PIC, replace(CLAIM, value=Decimal(50))).then(ClaimMade)
    told = half.when(PIC, replace(CLAIM, value=Decimal(49), reason="Terhitung ganda")).then(ClaimMade)
    assert told.when(REGION, VerifyClaim(f"{K}.c2")).done.commitment.progress[1].verified_value == 49


def test_a_value_per_period_adds_up() -> None:
    half = given(*STARTED, *claimed(3, 60, at=SPRING))
    story = half.when(PIC, MakeClaim(3, Decimal(30), PHOTO)).done.when(REGION, VerifyClaim(f"{K}.c2")).done
    progress = story.commitment.progress[3]
    assert (progress.verified_value, progress.complete) == (90, False)


def test_a_verified_claim_at_or_over_the_target_completes_the_item() -> None:
    story = given(*WAITING).when(REGION, VERIFY).then(ClaimVerified)
    assert story.commitment.progress[1].complete
    again = story.when(PIC, replace(CLAIM, value=Decimal(120))).refused("item_complete")
    assert again.blocker("item_complete").facts["item"] == "1"
    under = given(*STARTED, *claimed(1, 99, at=SPRING))
    assert not under.commitment.progress[1].complete
    assert under.commitment.owed["item-1"].is_open


def test_a_claim_is_verified_by_its_verifier() -> None:
    tried = given(*WAITING).when(SECRETARY, VERIFY).refused("role_may_not")
    assert tried.blocker("role_may_not").cleared_by == (REGION,)
    given(*WAITING).when(NEIGHBOUR, VERIFY).refused("out_of_scope")


def test_the_claimant_never_verifies_by_office_nor_by_person() -> None:
    given(*WAITING).when(PIC, VERIFY).refused("claimant_verifies", "role_may_not")
    both = replace(world(), directory=directory(more=[holder(REGION, holder_of(PIC), capacity="plt")]))
    tried = given(*WAITING).during(both).when(REGION, VERIFY, person=holder_of(PIC)).refused("claimant_verifies")
    assert tried.blocker("claimant_verifies").cleared_by == (REGION,)


def test_a_vacant_verifier_is_passed_over_and_whoever_is_found_checks() -> None:
    nobody = replace(world(), directory=directory(vacant=[REGION]))
    story = given(*STARTED).during(nobody).when(PIC, CLAIM, at=SPRING).done
    made = story.new[0]
    assert isinstance(made, ClaimMade)
    assert made.verifier == SECRETARY
    story.when(SECRETARY, VERIFY).then(ClaimVerified)
    refilled = story.during(world())
    refilled.when(REGION, VERIFY).then(ClaimVerified)


def test_a_claim_that_nobody_could_check_is_refused() -> None:
    nobody = replace(world(), directory=directory(vacant=[REGION, SECRETARY, PROVINCE]))
    tried = given(*STARTED).during(nobody).when(PIC, CLAIM, at=SPRING).refused("verifier_missing")
    assert tried.blocker("verifier_missing").cleared_by == ("61.admin",)


def test_a_claim_is_decided_once() -> None:
    verified = given(*WAITING, Act(REGION, VERIFY))
    verified.when(REGION, VERIFY).refused("claim_decided")
    verified.when(REGION, RETURN).refused("claim_decided")
    verified.when(REGION, VerifyClaim(f"{K}.c7")).refused("claim_unknown")
    verified.when(REGION, ReturnClaim(f"{K}.c7", "bukti_kurang")).refused("claim_unknown")


def test_a_returned_claim_owes_its_item_again_with_at_least_the_time_to_repair() -> None:
    due_late = SPRING + timedelta(days=27)
    story = given(*STARTED, Act(PIC, CLAIM, due_late)).when(REGION, RETURN).then(ClaimReturned, ObligationsArisen)
    owed = story.commitment.owed["item-1"]
    assert (owed.is_open, owed.obligation.round, owed.raised) == (True, 2, ())
    assert owed.obligation.due_on == date(2022, 4, 11)
    assert story.commitment.progress[1].claimed_value == 0


def test_an_early_returned_claim_keeps_the_items_own_due_day() -> None:
    story = given(*WAITING).when(REGION, RETURN).then(ClaimReturned, ObligationsArisen)
    assert story.commitment.owed["item-1"].obligation.due_on == item(1).ends_on


def test_a_returned_claim_under_the_target_leaves_the_obligation_as_it_stands() -> None:
    story = given(*STARTED, Act(PIC, replace(CLAIM, value=Decimal(10)), SPRING)).when(REGION, RETURN)
    story.then(ClaimReturned)


def test_a_claim_is_returned_with_a_reason() -> None:
    given(*WAITING).when(REGION, replace(RETURN, reason="suasana_hati")).refused("reason_unknown")
    given(*WAITING).when(REGION, replace(RETURN, reason="lainnya", text="foto")).refused("reason_text_short")


def test_a_late_claim_is_accepted_and_marked() -> None:
    story = given(*STARTED, Act(PIC, CLAIM, SPRING + timedelta(days=60)))
    assert story.commitment.claims[f"{K}.c1"].late
    assert not given(*WAITING).commitment.claims[f"{K}.c1"].late


def test_a_claim_of_an_item_that_was_dropped_is_superseded() -> None:
    plan = given(*STARTED).commitment.items
    dropped = given(*WAITING, Act(HEAD, amendment(*plan[1:])), *approvals(3, REGION, SECRETARY, COORDINATOR, PROVINCE))
    assert dropped.commitment.claims[f"{K}.c1"].status == "superseded"
    dropped.when(REGION, VERIFY).refused("claim_decided", "item_unknown")


def test_an_item_is_not_owed_again_beyond_the_calendar() -> None:
    story = given(*WAITING)
    ends = replace(calendar(), last_day=date(2022, 3, 3))
    whole = story.context(REGION)
    short = Context(whole.now, whole.by, whole.directory, whole.definition, whole.programme, {CALENDAR: ends})
    assert [one.code for one in blockers(story.state, RETURN, short)] == ["calendar_ends"]


def test_who_may_not_claim_is_led_to_the_pic_that_the_commitment_names() -> None:
    tried = given(*STARTED).when(HEAD, CLAIM).refused("role_may_not")
    assert tried.blocker("role_may_not").cleared_by == (PIC,)


@pytest.mark.parametrize("value", ["1", "0.5"])
def test_a_fall_to_one_or_less_needs_a_reason_too(value: str) -> None:
    half = given(*STARTED, *claimed(1, 50, at=SPRING))
    half.when(PIC, replace(CLAIM, value=Decimal(value))).refused("value_falls")


def test_a_claim_of_a_delegate_names_the_delegate_beside_the_giver() -> None:
    told = given(*STARTED).during(delegated(given_to(PIC, OTHER_HEAD))).when(OTHER_HEAD, CLAIM, on_behalf_of=PIC).done
    claim = told.commitment.claims[f"{K}.c1"]
    assert (claim.made.office, claim.person, claim.delegate) == (PIC, holder_of(OTHER_HEAD), OTHER_HEAD)
