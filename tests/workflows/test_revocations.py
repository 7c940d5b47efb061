from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.support.delegating import delegated, given_to
from tests.support.directory import directory, holder
from tests.support.world import (
    COMPLETED,
    COORDINATOR,
    HEAD,
    MENTOR,
    PAPERS,
    PHOTO,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    SPRING,
    STARTED,
    VERIFIED,
    Act,
    K,
    World,
    amendment,
    approvals,
    claimed,
    given,
    holder_of,
    item,
    world,
)
from workflows.blockers import overview
from workflows.commands import MakeClaim, OpenRequest, RevokeVerification, VerifyClaim
from workflows.facts import ObligationsArisen, VerificationRevoked

REVOKE = RevokeVerification(f"{K}.c1", "bukti_tidak_benar", "Foto dari kegiatan lain")
DONE = (*STARTED, *claimed(1, 100, at=SPRING))


def test_a_revoked_verification_takes_the_figure_back_and_the_item_is_owed_again() -> None:
    story = given(*DONE).when(REGION, REVOKE).then(VerificationRevoked, ObligationsArisen)
    progress, owed = story.commitment.progress[1], story.commitment.owed["item-1"]
    assert (progress.verified_value, progress.claimed_value, progress.complete) == (0, 0, False)
    assert (owed.status, owed.obligation.round) == ("open", 2)
    assert owed.obligation.due_on == date(2022, 3, 31), "as before, where that is later than the limit"
    claim = story.commitment.claims[f"{K}.c1"]
    assert claim.status == "revoked"
    assert isinstance(claim.verdict, VerificationRevoked)
    assert claim.verdict.verified_value == 0


def test_after_its_day_the_item_is_owed_again_with_at_least_the_limit_of_claims() -> None:
    late = SPRING + timedelta(days=60)
    story = given(*DONE).when(REGION, REVOKE, at=late).done
    assert story.commitment.owed["item-1"].obligation.due_on > late.date() + timedelta(days=10)


def test_what_was_verified_before_stands() -> None:
    story = given(*STARTED, *claimed(1, 40, at=SPRING), *claimed(1, 100, claim=2))
    later = story.when(REGION, replace(REVOKE, claim=f"{K}.c2")).then(VerificationRevoked, ObligationsArisen)
    assert later.commitment.progress[1].verified_value == 40
    earlier = story.when(REGION, REVOKE).then(VerificationRevoked)
    assert earlier.commitment.progress[1].verified_value == 100
    assert earlier.commitment.progress[1].complete


def test_values_per_period_are_counted_without_the_revoked_one() -> None:
    story = given(*VERIFIED).when(REGION, replace(REVOKE, claim=f"{K}.c3")).then(VerificationRevoked, ObligationsArisen)
    assert story.commitment.progress[3].verified_value == 40
    assert not story.commitment.progress[3].complete


def test_a_claim_that_waits_goes_on_and_may_cover_the_item() -> None:
    story = given(*STARTED, *claimed(1, 40, at=SPRING), Act(PIC, MakeClaim(1, Decimal(100), PHOTO)))
    revoked = story.when(REGION, REVOKE).then(VerificationRevoked)
    assert revoked.commitment.progress[1].claimed_value == 100
    assert revoked.commitment.owed["item-1"].status == "met"
    per_period = given(*STARTED, *claimed(3, 60, at=SPRING), Act(PIC, MakeClaim(3, Decimal(40), PHOTO)))
    fallen = per_period.when(REGION, REVOKE).then(VerificationRevoked, ObligationsArisen)
    assert fallen.commitment.progress[3].claimed_value == 40


def test_an_item_that_was_not_met_is_owed_as_before() -> None:
    story = given(*STARTED, *claimed(1, 40, at=SPRING)).when(REGION, REVOKE).then(VerificationRevoked)
    assert story.commitment.owed["item-1"].obligation.round == 1


def test_progress_is_claimed_and_verified_anew_after_a_revocation() -> None:
    story = given(*DONE, Act(REGION, REVOKE), *claimed(1, 100, claim=2))
    assert story.commitment.progress[1].complete
    story.when(HEAD, OpenRequest("complete", evidence=PAPERS)).refused("items_unverified")


def test_who_verified_revokes_alone_and_so_does_an_office_above() -> None:
    for office in (REGION, COORDINATOR):
        given(*DONE).when(office, REVOKE).passes()


@pytest.mark.parametrize("office", [HEAD, SECRETARY, MENTOR, PROVINCE])
def test_only_a_role_that_may_revokes(office: str) -> None:
    tried = given(*DONE).when(office, REVOKE).refused("role_may_not")
    assert set(tried.blocker("role_may_not").cleared_by) == {REGION, COORDINATOR}


def test_what_was_verified_above_is_not_revoked_below() -> None:
    vacant = World(directory=directory(vacant=(REGION,)))
    claim = Act(PIC, MakeClaim(1, Decimal(100), PHOTO))
    story = given(*STARTED).during(vacant).does(replace(claim, at=SPRING))
    assert story.commitment.claims[f"{K}.c1"].made.verifier == SECRETARY
    nobody = World(directory=directory(vacant=(REGION, SECRETARY)))
    story = given(*STARTED).during(nobody).does(replace(claim, at=SPRING))
    story = story.does(Act(PROVINCE, VerifyClaim(f"{K}.c1")))
    tried = story.during(world()).when(REGION, REVOKE).refused("verifier_above")
    assert tried.blocker("verifier_above").cleared_by == (PROVINCE,)
    story.during(world()).when(COORDINATOR, REVOKE).passes()


def test_the_claimant_never_revokes_neither_as_office_nor_as_person() -> None:
    tried = given(*DONE).when(PIC, REVOKE).refused("claimant_revokes", "role_may_not")
    assert set(tried.blocker("claimant_revokes").cleared_by) == {REGION, COORDINATOR}
    both = replace(world(), directory=directory(more=(holder(REGION, holder_of(PIC)),)))
    given(*DONE).during(both).when(REGION, REVOKE, person=holder_of(PIC)).refused("claimant_revokes")


def test_a_delegate_of_the_claimant_is_the_claimant() -> None:
    lent = given(*DONE).during(delegated(given_to(COORDINATOR, PIC, ends_on=date(2022, 3, 31))))
    lent.when(PIC, REVOKE, on_behalf_of=COORDINATOR).refused("claimant_revokes")


def test_a_completed_commitment_is_opened_again_first() -> None:
    tried = given(*COMPLETED).when(REGION, REVOKE).refused("revocation_not_allowed")
    assert tried.blocker("revocation_not_allowed").facts["states"] == "signed, in_replication, modified"


def test_only_what_is_verified_is_revoked_and_only_once() -> None:
    waiting = given(*STARTED, Act(PIC, MakeClaim(1, Decimal(100), PHOTO), SPRING))
    waiting.when(REGION, REVOKE).refused("claim_not_verified")
    given(*DONE, Act(REGION, REVOKE)).when(REGION, REVOKE).refused("claim_not_verified")
    given(*DONE).when(REGION, replace(REVOKE, claim=f"{K}.c9")).refused("claim_unknown")


def test_an_item_that_an_amendment_dropped_counts_no_more_anyway() -> None:
    story = given(*DONE, Act(HEAD, amendment(item(2, component="hotline"), item(3, value="per_period"))))
    dropped = story.does(approvals(3, REGION)[0])
    for act in approvals(3, SECRETARY, COORDINATOR, PROVINCE):
        dropped = dropped.does(act)
    dropped.when(REGION, REVOKE).refused("item_unknown")
    assert f"{K}.c1" not in {one.on for one in overview(dropped.commitment, dropped.context(REGION))}


def test_a_revocation_gives_its_reason() -> None:
    story = given(*DONE)
    story.when(REGION, replace(REVOKE, reason="")).refused("reason_missing")
    story.when(REGION, replace(REVOKE, reason="bosan")).refused("reason_unknown")
    story.when(REGION, replace(REVOKE, reason="lainnya", text="Pendek")).refused("reason_text_short")


def test_the_next_round_stays_inside_the_calendar() -> None:
    end = given(*DONE).now.replace(year=2023, month=12, day=29)
    given(*DONE).when(REGION, REVOKE, at=end).refused("calendar_ends")


def test_the_overview_offers_the_revocation_of_what_is_verified() -> None:
    story = given(*DONE)
    offered = {(one.act, one.on): one for one in overview(story.commitment, story.context(REGION))}
    assert offered["revoke_verification", f"{K}.c1"].may
