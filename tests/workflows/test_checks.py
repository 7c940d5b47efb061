from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from tests.support.directory import directory, holder
from tests.support.reporting import AFTER_B03, IN_B03, IN_B06, ReportingWorld, claim, report, reported, signed, text
from tests.support.world import (
    AUTUMN,
    COORDINATOR,
    HEAD,
    NEIGHBOUR,
    PAPER,
    PAPERS,
    PHOTO,
    PIC,
    PROGRAMME,
    PROVINCE,
    REGION,
    SECRETARY,
    SIGNED,
    SPRING,
    STARTED,
    Act,
    K,
    Story,
    approvals,
    given,
    holder_of,
)
from workflows.blockers import overview
from workflows.commands import (
    AttachEvidence,
    CheckClaim,
    FollowSample,
    MakeClaim,
    OpenRequest,
    ReturnClaim,
    RevokeVerification,
    VerifyClaim,
)
from workflows.definition_yaml import parse
from workflows.facts import (
    ClaimChecked,
    ClaimMade,
    ClaimReturned,
    ClaimsSampled,
    ClaimVerified,
    EvidenceAttached,
    ObligationsArisen,
    SampleDrawn,
    VerificationRevoked,
)
from workflows.sampling import is_drawn

FIRST = f"{K}.c1"
CHECK, VERIFY, RETURN = CheckClaim(FIRST, "Sesuai"), VerifyClaim(FIRST), ReturnClaim(FIRST, "bukti_kurang")
SEED = "5eed" * 8
EVERYBODY, NOBODY = (SampleDrawn(PROGRAMME, "B03", SEED, permille, COORDINATOR) for permille in (1000, 0))


def checked(value: int = 50, number: int = 1) -> Story:
    return reported(claim(number, value)).when(REGION, CHECK).done


def why(story: Story, name: str = FIRST) -> tuple[str, ...]:
    return story.commitment.claims[name].why


def figures(story: Story, item: int = 1) -> tuple[int, int, int]:
    progress = story.commitment.progress[item]
    return int(progress.claimed_value), int(progress.checked_value), int(progress.verified_value)


def test_a_check_settles_a_claim_that_nothing_asks_a_second_look_at() -> None:
    story = reported(claim(1, 50)).when(REGION, CHECK).then(ClaimChecked)
    found = story.commitment.claims[FIRST]
    assert (found.status, found.waits_for, found.why) == ("checked", None, ())
    assert figures(story) == (50, 50, 0)
    story.when(COORDINATOR, VERIFY).refused("claim_decided")
    story.when(REGION, RETURN).refused("claim_decided", "checker_verifies", "role_may_not")


def test_a_claim_that_completes_its_item_is_verified_by_the_province() -> None:
    story = checked(100)
    assert (story.commitment.claims[FIRST].waits_for, why(story)) == (COORDINATOR, ("completion",))
    assert figures(story) == (100, 100, 0)
    assert not story.commitment.progress[1].complete
    done = story.when(COORDINATOR, VERIFY).then(ClaimVerified)
    assert figures(done) == (100, 100, 100)
    assert done.commitment.progress[1].complete


def test_money_over_the_limit_asks_for_the_second_look() -> None:
    assert why(checked(1, number=4)) == ("money",)
    assert why(checked(100, number=4)) == ("completion", "money")


def test_a_claim_outside_every_period_escapes_no_lot() -> None:
    single = parse(text(("may: [prepare_report, report", "may: [claim, prepare_report, report")))
    story = signed(world=ReportingWorld(definition=single)).when(PIC, MakeClaim(1, Decimal(5), PHOTO), at=SPRING).done
    assert why(story.when(REGION, CHECK).done) == ("outside_period",)
    unsampled = parse(
        text(("may: [prepare_report, report", "may: [claim, report"), ("sample_permille: 500", "sample_permille: 0"))
    )
    other = signed(world=ReportingWorld(definition=unsampled)).when(PIC, MakeClaim(1, Decimal(5), PHOTO), at=SPRING)
    assert why(other.done.when(REGION, CHECK).done) == ()


def test_a_claim_that_is_checked_after_the_lot_was_drawn_is_verified_in_any_case() -> None:
    story = reported(claim(1, 50)).during(ReportingWorld(samples=(NOBODY,)))
    assert why(story.when(REGION, CHECK, at=AFTER_B03).done) == ("checked_late",)


def test_verification_waits_for_the_check() -> None:
    tried = reported(claim(1, 100)).when(COORDINATOR, VERIFY)
    assert tried.codes == ("claim_unchecked", "role_may_not")
    assert tried.blocker("claim_unchecked").cleared_by == (REGION,)


def test_a_checked_claim_is_not_checked_again() -> None:
    checked(100).when(REGION, CHECK).refused("claim_decided", "checker_verifies", "role_may_not")


def test_where_one_office_verifies_there_is_no_check() -> None:
    story = given(*STARTED).when(PIC, MakeClaim(1, Decimal(5), PHOTO), at=SPRING).done
    assert story.when(REGION, CHECK).codes == ("check_not_asked",)
    verified = story.when(REGION, VERIFY).then(ClaimVerified)
    assert figures(verified) == (5, 5, 5)


def test_neither_who_prepared_nor_who_submitted_looks_at_the_claim() -> None:
    for person in (holder_of(PIC), holder_of(HEAD)):
        offices = directory(more=(holder(REGION, person),))
        story = reported(claim(1, 100)).during(ReportingWorld(directory=offices))
        assert "claimant_verifies" in story.when(REGION, CHECK, person=person).codes


def test_who_checked_does_not_verify_in_another_office_either() -> None:
    person = holder_of(REGION)
    offices = directory(more=(holder(COORDINATOR, person),))
    story = checked(100).during(ReportingWorld(directory=offices))
    assert "checker_verifies" in story.when(COORDINATOR, VERIFY, person=person).codes


def test_no_check_where_nobody_could_verify_after_it() -> None:
    offices = directory(vacant=(COORDINATOR, PROVINCE, "menpanrb.deputi"))
    story = reported(claim(1, 100)).during(ReportingWorld(directory=offices))
    assert story.when(REGION, CHECK).refused("verifier_missing").blocker("verifier_missing").cleared_by == ("61.admin",)
    small = reported(claim(1, 5)).during(ReportingWorld(directory=offices))
    small.when(REGION, CHECK).then(ClaimChecked)


@pytest.mark.parametrize("office", [HEAD, PIC, SECRETARY, COORDINATOR])
def test_only_the_region_checks(office: str) -> None:
    assert "role_may_not" in reported(claim(1, 50)).when(office, CHECK).codes


def test_promised_evidence_is_awaited_before_the_check() -> None:
    story = reported(claim(1, 50, evidence=(), promised=True))
    tried = story.when(REGION, CHECK).refused("evidence_awaited")
    assert tried.blocker("evidence_awaited").cleared_by == (HEAD,)
    attached = story.when(PIC, AttachEvidence(FIRST, PHOTO)).then(EvidenceAttached)
    more = attached.when(HEAD, AttachEvidence(FIRST, PAPER)).then(EvidenceAttached)
    assert more.commitment.claims[FIRST].evidence == (*PHOTO, *PAPER)
    done = more.when(REGION, CHECK).then(ClaimChecked)
    done.when(PIC, AttachEvidence(FIRST, PAPERS)).refused("claim_decided")


def test_files_are_attached_by_the_commitments_own_offices_once() -> None:
    story = reported(claim(1, 50))
    story.when(PIC, AttachEvidence(FIRST, ())).refused("evidence_missing")
    story.when(PIC, AttachEvidence(FIRST, PHOTO)).refused("evidence_attached")
    story.when(PIC, AttachEvidence(FIRST, (replace(PAPER[0], size_bytes=0),))).refused("evidence_invalid")
    story.when(REGION, AttachEvidence(FIRST, PAPER)).refused("role_may_not")
    story.when(NEIGHBOUR, AttachEvidence(FIRST, PAPER)).refused("out_of_scope")
    story.when(PIC, AttachEvidence("k1.c9", PAPER)).refused("claim_unknown")
    story.when(REGION, CheckClaim("k1.c9")).refused("claim_unknown")


def test_the_province_sends_a_checked_claim_back_and_earlier_figures_stand() -> None:
    first = checked(40)
    second = first.when(HEAD, report(claim(1, 100), period="B06"), at=IN_B06).done
    looked = second.when(REGION, CheckClaim(f"{K}.c2")).done
    assert figures(looked) == (100, 100, 0)
    back = looked.when(COORDINATOR, ReturnClaim(f"{K}.c2", "bukti_kurang")).then(ClaimReturned, ObligationsArisen)
    assert figures(back) == (40, 40, 0)


def test_a_return_by_the_province_leaves_a_later_claim_alone() -> None:
    money = checked(40, number=4)
    later = money.when(HEAD, report(claim(4, 60), period="B06"), at=IN_B06).done
    back = later.when(COORDINATOR, RETURN).then(ClaimReturned)
    assert figures(back, 4) == (60, 0, 0)


def test_values_per_period_are_taken_back_from_the_sum() -> None:
    drawn = checked(30, number=3).during(ReportingWorld(samples=(EVERYBODY,)))
    sampled = drawn.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).done
    later = sampled.when(HEAD, report(claim(3, 20), period="B06"), at=IN_B06).done
    back = later.when(COORDINATOR, RETURN).then(ClaimReturned)
    assert figures(back, 3) == (20, 0, 0)


def test_a_completing_claim_per_period_stands_for_the_whole_sum() -> None:
    first = checked(60, number=3)
    second = first.when(HEAD, report(claim(3, 40), period="B06"), at=IN_B06).done
    looked = second.when(REGION, CheckClaim(f"{K}.c2")).done
    assert (why(looked, f"{K}.c2"), figures(looked, 3)) == (("completion",), (100, 100, 0))
    done = looked.when(COORDINATOR, VerifyClaim(f"{K}.c2")).done
    assert figures(done, 3) == (100, 100, 100)
    assert done.commitment.progress[3].complete


def test_a_claim_verified_after_a_later_one_changes_no_cumulative_figure() -> None:
    first = checked(40, number=4)
    second = first.when(HEAD, report(claim(4, 60), period="B06"), at=IN_B06).done
    looked = second.when(REGION, CheckClaim(f"{K}.c2")).done
    newest = looked.when(COORDINATOR, VerifyClaim(f"{K}.c2")).done
    assert figures(newest.when(COORDINATOR, VERIFY).done, 4) == (60, 60, 60)
    in_order = looked.when(COORDINATOR, VERIFY).done
    assert figures(in_order, 4) == (60, 60, 40)


def test_a_sampled_claim_per_period_is_verified_for_itself() -> None:
    drawn = checked(30, number=3).during(ReportingWorld(samples=(EVERYBODY,)))
    sampled = drawn.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).done
    assert figures(sampled.when(COORDINATOR, VERIFY).done, 3) == (30, 30, 30)


def test_the_lot_falls_on_checked_claims_once() -> None:
    story = checked(50).during(ReportingWorld(samples=(EVERYBODY,)))
    sampled = story.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).then(ClaimsSampled, ObligationsArisen)
    fact = sampled.new[0]
    assert isinstance(fact, ClaimsSampled)
    assert [(one.claim, one.verifier) for one in fact.claims] == [(FIRST, COORDINATOR)]
    assert (fact.seed, fact.permille) == (SEED, 1000)
    assert (sampled.commitment.claims[FIRST].waits_for, why(sampled)) == (COORDINATOR, ("sample",))
    assert sampled.when(COORDINATOR, FollowSample("B03")).done.new == ()
    nobody = checked(50).during(ReportingWorld(samples=(NOBODY,)))
    none = nobody.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).then(ClaimsSampled)
    assert none.commitment.claims[FIRST].waits_for is None


def test_the_lot_is_applied_by_who_draws_it_and_only_once_it_is_drawn() -> None:
    undrawn = checked(50)
    tried = undrawn.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).refused("sample_missing")
    assert tried.blocker("sample_missing").cleared_by == (COORDINATOR,)
    drawn = undrawn.during(ReportingWorld(samples=(EVERYBODY,)))
    drawn.when(REGION, FollowSample("B03"), at=AFTER_B03).refused("role_may_not")
    drawn.when(NEIGHBOUR, FollowSample("B03"), at=AFTER_B03).refused("out_of_scope")
    offices = directory(more=(holder(COORDINATOR, holder_of(REGION)),), vacant=(PROVINCE, "menpanrb.deputi"))
    alone = ReportingWorld(directory=directory(vacant=(PROVINCE, "menpanrb.deputi")), samples=(EVERYBODY,))
    checked_alone = checked(50).during(alone)
    checked_alone.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).passes()
    both = checked(50).during(ReportingWorld(directory=offices, samples=(EVERYBODY,)))
    both.when(COORDINATOR, FollowSample("B03"), at=AFTER_B03).passes()


def test_no_lot_falls_on_a_commitment_whose_progress_is_over() -> None:
    story = checked(50)
    letter = OpenRequest("withdraw", reason="tanpa_anggaran", evidence=PAPER)
    gone = story.when(REGION, letter, at=AFTER_B03 - timedelta(days=5)).done
    for act in (*approvals(2, SECRETARY, PROVINCE),):
        gone = gone.does(act)
    sampled = gone.during(ReportingWorld(samples=(EVERYBODY,))).when(COORDINATOR, FollowSample("B03"), at=AFTER_B03)
    assert sampled.then(ClaimsSampled).commitment.claims[FIRST].waits_for is None


def test_the_lot_can_be_drawn_again_from_its_seed_by_anybody() -> None:
    claims = [f"k{number}.c1" for number in range(1000)]
    drawn = [one for one in claims if is_drawn(one, seed=SEED, permille=200)]
    assert drawn == [one for one in claims if is_drawn(one, seed=SEED, permille=200)]
    assert 150 < len(drawn) < 250
    assert not any(is_drawn(one, seed=SEED, permille=0) for one in claims)
    assert all(is_drawn(one, seed=SEED, permille=1000) for one in claims)
    other = [one for one in claims if is_drawn(one, seed="0" * 32, permille=200)]
    assert other != drawn


def completing() -> Story:
    story = signed()
    for number, name in ((1, FIRST), (2, f"{K}.c2"), (3, f"{K}.c3"), (4, f"{K}.c4")):
        say = report(claim(number, 100), rest="" if number > 1 else "Belum")
        story = story.when(HEAD, say, at=IN_B03 + timedelta(hours=number)).done
        story = story.when(REGION, CheckClaim(name)).done
    started = Act(HEAD, OpenRequest("start", evidence=PAPER), IN_B03 + timedelta(hours=6))
    for act in (started, *approvals(2, REGION, SECRETARY)):
        story = story.does(act)
    return story


def test_completion_waits_for_whoever_is_to_look_next() -> None:
    story = completing()
    complete = OpenRequest("complete", evidence=PAPERS)
    tried = story.when(HEAD, complete, at=AUTUMN).refused("items_unverified")
    assert tried.blocker("items_unverified").cleared_by == (COORDINATOR,)
    for number in range(1, 5):
        story = story.when(COORDINATOR, VerifyClaim(f"{K}.c{number}")).done
    story.when(HEAD, complete, at=AUTUMN).passes()
    half = reported(claim(1, 50))
    for act in (Act(HEAD, OpenRequest("start", evidence=PAPER)), *approvals(2, REGION, SECRETARY)):
        half = half.does(act)
    waiting = half.when(HEAD, complete).refused("items_unverified").blocker("items_unverified")
    assert set(waiting.cleared_by) == {REGION, HEAD}


def test_the_overview_offers_a_look_to_the_office_whose_turn_it_is() -> None:
    def offered(story: Story, office: str, at: datetime) -> set[str]:
        return {one.act for one in overview(story.commitment, story.context(office, at=at)) if one.may}

    story = reported(claim(1, 100))
    assert "check_claim" in offered(story, REGION, IN_B03 + timedelta(hours=2))
    assert "attach_evidence" in offered(story, PIC, IN_B03 + timedelta(hours=2))
    looked = story.when(REGION, CHECK).done
    assert "check_claim" in offered(looked, COORDINATOR, IN_B03 + timedelta(hours=2))
    assert "check_claim" not in offered(looked, REGION, IN_B03 + timedelta(hours=2))
    assert "attach_evidence" not in offered(looked, PIC, IN_B03 + timedelta(hours=2))


def test_a_claim_of_a_dropped_item_is_neither_checked_nor_drawn() -> None:
    story = completing()
    amended = OpenRequest(
        "amend", reason="kondisi_wilayah", text="Dihapus", evidence=PAPER, items=story.commitment.items[:3]
    )
    for act in (Act(HEAD, amended, AFTER_B03), *approvals(3, REGION, SECRETARY, COORDINATOR, PROVINCE)):
        story = story.does(act)
    assert story.commitment.claims[f"{K}.c4"].status == "superseded"
    assert story.commitment.claims[FIRST].status == "checked"


def test_a_single_claim_in_the_shipped_workflow_is_promised_evidence_too() -> None:
    story = given(*SIGNED).when(PIC, MakeClaim(1, Decimal(5), (), promised=True), at=SPRING).then(ClaimMade)
    story.when(REGION, VERIFY).refused("evidence_awaited")


def test_a_revoked_verification_leaves_what_was_checked_beside_it() -> None:
    first = checked(40, number=4)
    second = first.when(HEAD, report(claim(4, 60), period="B06"), at=IN_B06).done
    looked = second.when(REGION, CheckClaim(f"{K}.c2")).done
    both = looked.when(COORDINATOR, VERIFY).done
    gone = both.when(COORDINATOR, RevokeVerification(FIRST, "bukti_tidak_benar")).done
    assert figures(gone, 4) == (60, 60, 0)
    newest = both.when(COORDINATOR, VerifyClaim(f"{K}.c2")).done
    back = newest.when(COORDINATOR, RevokeVerification(f"{K}.c2", "bukti_tidak_benar")).done
    assert figures(back, 4) == (40, 40, 40)
    waiting = both.when(HEAD, report(claim(4, 80), period="B06", rest="")).done
    assert figures(waiting.when(COORDINATOR, RevokeVerification(FIRST, "bukti_tidak_benar")).done, 4) == (80, 60, 0)


def test_an_item_that_a_checked_claim_covers_is_not_owed_again_by_a_revocation() -> None:
    first = checked(40, number=4).when(COORDINATOR, VERIFY).done
    second = first.when(HEAD, report(claim(4, 100), period="B06"), at=IN_B06).done
    looked = second.when(REGION, CheckClaim(f"{K}.c2")).done
    assert looked.commitment.owed["item-4"].status == "met"
    gone = looked.when(COORDINATOR, RevokeVerification(FIRST, "bukti_tidak_benar")).then(VerificationRevoked)
    assert figures(gone, 4) == (100, 100, 0)
    assert gone.commitment.owed["item-4"].status == "met"
