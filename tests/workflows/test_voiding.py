"""An act that takes away what an open request was asked on makes the request void."""

from datetime import date
from decimal import Decimal

from tests.support.world import (
    AUTUMN,
    COMPLETE_ASKED,
    HEAD,
    PAPERS,
    PHOTO,
    PIC,
    REGION,
    SECRETARY,
    STARTED,
    VERIFIED,
    Act,
    K,
    approvals,
    claimed,
    given,
)
from workflows.audience import audience
from workflows.commands import (
    ApproveRequest,
    MakeClaim,
    MakeNote,
    OpenRequest,
    RecordFinding,
    RetractDecision,
    RevokeVerification,
    VerifyClaim,
)
from workflows.facts import (
    ClaimVerified,
    DraftEdited,
    Extension,
    MatterRaised,
    ObligationsArisen,
    RequestVoided,
    Terms,
    VerificationRevoked,
)
from workflows.sentences import sentence
from workflows.voiding import voided

REVOKE = RevokeVerification(f"{K}.c2", "salah_hitung")
CHECKED = (*COMPLETE_ASKED, *approvals(3, REGION))


def test_a_completion_is_void_once_an_item_is_verified_no_more() -> None:
    story = given(*CHECKED).when(REGION, REVOKE).then(VerificationRevoked, ObligationsArisen, RequestVoided)
    request = story.commitment.requests[f"{K}.r3"]
    assert (request.status, request.reached, story.commitment.open_request) == ("void", (), None)
    assert request.closing == RequestVoided(f"{K}.r3", "verification-revoked", ("all_items_verified",))
    story.when(SECRETARY, ApproveRequest(f"{K}.r3")).refused("request_closed")


def test_whoever_decides_a_void_request_reads_what_became_of_it() -> None:
    story = given(*CHECKED).when(REGION, REVOKE).done
    (refused,) = story.when(SECRETARY, ApproveRequest(f"{K}.r3")).blockers
    assert "batal dengan sendirinya" in sentence(refused, "id")
    assert "void" in sentence(refused, "en")


def test_what_a_void_request_owed_is_owed_no_more() -> None:
    story = given(*CHECKED).when(REGION, REVOKE).done
    owed = {name: one.status for name, one in story.commitment.owed.items() if name.startswith("r3/")}
    assert owed == {"r3/check": "met", "r3/approve": "closed"}


def test_a_completion_is_void_once_something_wrong_is_found() -> None:
    finding = RecordFinding(HEAD, date(2022, 11, 30), "Bukti butir 2 tidak benar", PHOTO, 2)
    story = given(*CHECKED).when(SECRETARY, finding).done
    assert isinstance(story.new[-1], RequestVoided)
    assert story.new[-1].lost == ("no_open_finding",)
    assert isinstance(story.new[0], MatterRaised)


def test_a_void_request_can_be_asked_again_with_the_same_words() -> None:
    story = given(*CHECKED).when(REGION, REVOKE).done
    for act in (Act(PIC, MakeClaim(2, Decimal(120), PHOTO)), Act(REGION, VerifyClaim(f"{K}.c5"))):
        story = story.does(act)
    story.when(HEAD, OpenRequest("complete", evidence=PAPERS)).passes()


def test_approvers_askers_and_those_who_acted_are_told_of_a_void_request() -> None:
    before = given(*CHECKED)
    after = before.when(REGION, REVOKE).done
    event = after.events[-1]
    told = audience(
        event,
        before.commitment,
        after.commitment,
        directory=after.world.directory,
        definition=after.world.definition,
        programme=after.world.programme,
        delegations=after.world.delegations,
    )
    assert {one.office for one in told if one.urgency == "now"} == {HEAD, PIC, SECRETARY}
    assert [one.office for one in told if one.action] == [HEAD]


def test_an_extension_is_void_once_its_item_is_complete() -> None:
    terms = Terms(extensions=(Extension(2, date(2022, 10, 14)),))
    asked = OpenRequest("extend", reason="bencana", terms=terms)
    story = given(*STARTED, Act(PIC, MakeClaim(2, Decimal(100), PHOTO)), Act(HEAD, asked))
    story = story.when(REGION, VerifyClaim(f"{K}.c1")).then(ClaimVerified, RequestVoided)
    assert story.commitment.requests[f"{K}.r3"].closing == RequestVoided(f"{K}.r3", "claim-verified", ("terms",))


def test_what_touches_no_ground_voids_nothing() -> None:
    story = given(*CHECKED)
    story = story.when(SECRETARY, MakeNote("Sudah dilihat.")).done
    assert story.commitment.open_request is not None


def test_progress_made_while_an_extension_is_open_voids_nothing() -> None:
    terms = Terms(extensions=(Extension(2, date(2022, 10, 14)),))
    asked = Act(HEAD, OpenRequest("extend", reason="bencana", terms=terms))
    story = given(*STARTED, asked, *claimed(1, 100))
    assert story.commitment.open_request is not None


def test_a_decision_before_it_was_void_stands() -> None:
    story = given(*CHECKED).when(REGION, REVOKE).done
    story.when(REGION, RetractDecision(f"{K}.r3", "Keliru")).refused("decision_stands")


def test_a_request_that_is_asked_after_a_revocation_is_refused_as_before() -> None:
    story = given(*VERIFIED).when(REGION, REVOKE).done
    story.when(HEAD, OpenRequest("complete", evidence=PAPERS), at=AUTUMN).refused("items_unverified")


def test_a_request_is_void_once_what_it_asked_for_is_no_longer_the_same() -> None:
    story = given(*CHECKED)
    context = story.context(REGION)
    moved = (DraftEdited("partial", HEAD, PIC),)
    assert voided(story.commitment, MakeNote("Catatan"), moved, context) == (
        RequestVoided(f"{K}.r3", "draft-edited", ("substance",)),
    )
