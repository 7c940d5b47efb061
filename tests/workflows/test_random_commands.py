"""Whatever offices try, in whatever order, the rules hold."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st

from tests.support.world import (
    COORDINATOR,
    DRAFT_DAY,
    HEAD,
    MENTOR,
    MINISTRY,
    NEIGHBOUR,
    PAPER,
    PAPERS,
    PHOTO,
    PIC,
    PLAN,
    PROVINCE,
    REGION,
    SECRETARY,
    SHEET,
    SIGNED,
    STARTED,
    VERIFIED,
    K,
    Story,
    amendment,
    definition,
    draft,
    given,
    holder_of,
    item,
    signature,
    world,
)
from workflows.commands import (
    AnswerMatter,
    ApproveRequest,
    CloseMatter,
    CommitmentCommand,
    EditDraft,
    GiveDirection,
    GiveOpinion,
    MakeClaim,
    MakeNote,
    NoteVisit,
    OpenRequest,
    RecordFinding,
    RejectRequest,
    ReportObstacle,
    RequestHelp,
    RetractDecision,
    ReturnClaim,
    ReturnMatter,
    ReturnRequest,
    RevokeVerification,
    VerifyClaim,
    WithdrawRequest,
    WitnessCommitment,
)
from workflows.commitment import Commitment, replay
from workflows.facts import ClaimMade, ClaimVerified, Correction, Extension, RequestApproved, StateChanged, Terms
from workflows.lifecycle import compile_table

OFFICES = (HEAD, PIC, REGION, SECRETARY, COORDINATOR, PROVINCE, MINISTRY, MENTOR, NEIGHBOUR, "clock")
PERSONS = (None, None, None, holder_of(HEAD), holder_of(REGION), "somebody")
MOVES = ("sign", "start", "complete")


def _later(number: int, day: date) -> Terms:
    return Terms(extensions=(Extension(number, day),))


def _put_right(field: str, new: str) -> Terms:
    return Terms(corrections=(Correction(field, new, item=None if field == "pic" else 1),))


requests = st.integers(1, 6).map(lambda number: f"{K}.r{number}")
claims = st.integers(1, 6).map(lambda number: f"{K}.c{number}")
numbers = st.integers(1, 4)
days = st.dates(date(2021, 12, 1), date(2022, 12, 31))
slips = st.sampled_from(("activity", "pic", "target"))
WRITTEN = ("Kegiatan 1 baru", PIC, HEAD, "2")
RESTING = OpenRequest("hold", reason="bencana", evidence=PAPER)
matters = st.builds(lambda letter, number: f"{K}.{letter}{number}", st.sampled_from("fdoh"), st.integers(1, 2))
plans = st.lists(st.builds(item, numbers, target=st.integers(1, 200).map(Decimal)), max_size=4).map(tuple)
commands: st.SearchStrategy[CommitmentCommand] = st.one_of(
    st.just(draft()),
    st.builds(EditDraft, replication_scope=st.sampled_from((None, "partial", "full")), items=st.none() | plans),
    st.builds(OpenRequest, st.sampled_from(MOVES), evidence=st.just(PAPERS)),
    st.builds(
        lambda move: OpenRequest(move, reason="lainnya", text="x" * 20, evidence=PAPER),
        st.sampled_from(("withdraw", "cancel")),
    ),
    st.builds(lambda plan: amendment(*plan), plans | st.just(PLAN[:2])),
    st.builds(lambda day: replace(RESTING, terms=Terms(until=day)), days),
    st.just(replace(RESTING, move="resume", terms=None)),
    st.builds(lambda number, day: OpenRequest("extend", "bencana", terms=_later(number, day)), numbers, days),
    st.builds(lambda field, new: OpenRequest("correct", terms=_put_right(field, new)), slips, st.sampled_from(WRITTEN)),
    st.builds(ApproveRequest, requests),
    st.builds(ReturnRequest, requests, st.just("bukti_kurang")),
    st.builds(RejectRequest, requests, st.just("di_luar_kewenangan")),
    st.builds(WithdrawRequest, requests),
    st.builds(RetractDecision, requests, st.just("Salah pilih")),
    st.builds(GiveOpinion, requests, st.just("Baik")),
    st.builds(signature, signed_at=st.just(DRAFT_DAY + timedelta(minutes=5))),
    st.builds(
        WitnessCommitment, st.just(SHEET), st.just("online"), st.just(""), st.just(DRAFT_DAY + timedelta(minutes=5))
    ),
    st.builds(MakeClaim, numbers, st.integers(1, 150).map(Decimal), st.just(PHOTO)),
    st.builds(VerifyClaim, claims),
    st.builds(ReturnClaim, claims, st.just("bukti_kurang")),
    st.builds(RevokeVerification, claims, st.just("salah_hitung")),
    st.builds(
        RecordFinding,
        st.sampled_from((HEAD, PIC, REGION, SECRETARY)),
        st.just(date(2022, 12, 1)),
        st.just("Kurang"),
        st.just(PHOTO),
        st.none() | numbers,
    ),
    st.builds(GiveDirection, st.sampled_from((HEAD, REGION)), st.just(date(2022, 12, 1)), st.just("Percepat")),
    st.builds(ReportObstacle, st.just("teknis"), st.just("Jaringan")),
    st.builds(RequestHelp, st.just("Mohon contoh")),
    st.builds(AnswerMatter, matters, st.just("Sudah")),
    st.builds(ReturnMatter, matters, st.just("Belum")),
    st.builds(CloseMatter, matters, st.just("Cukup")),
    st.builds(NoteVisit, st.just(date(2021, 12, 6)), st.just("Sanggau"), st.just("Berjalan")),
    st.builds(MakeNote, st.just("Baik")),
)
acts = st.tuples(st.sampled_from(OFFICES), commands, st.sampled_from(PERSONS))
beginnings = st.sampled_from(((), SIGNED, STARTED, VERIFIED))


def played(story: Story, tries: list[tuple[str, CommitmentCommand, str | None]]) -> Story:
    """The story after all tries; a refused one states nothing."""
    for office, command, person in tries:
        tried = story.when(office, command, person=person)
        assert (tried.after is None) == bool(tried.blockers)
        story = tried.after or story
    return story


def helped(story: Story) -> Story:
    """The story after the office whose turn it is has approved, if it can: so that random stories come far."""
    request = story.state.open_request if story.state else None
    if request is None:
        return story
    for reached in request.reached:
        command: CommitmentCommand = ApproveRequest(request.opened.request)
        if request.opened.move == "sign" and reached.step == "sign":
            command = signature(signed_at=story.now)
        story = story.when(reached.office, command).after or story
    return story


def people(commitment: Commitment) -> None:
    """Nobody acted twice in one chain, neither as office nor as person."""
    for request in commitment.requests.values():
        assert len({act.office for act in request.acts}) == len(request.acts)
        assert len({act.person for act in request.acts}) == len(request.acts)
    for claim in commitment.claims.values():
        if isinstance(claim.verdict, ClaimVerified):
            assert claim.verdict.office != claim.made.office
    for matter in commitment.matters.values():
        if matter.closing is not None:
            assert matter.closing.office != matter.addressee
            assert matter.closing.person not in {answer.person for answer in matter.answers}


def owed_on_their_days(commitment: Commitment) -> None:
    """What is owed for an item is due on its end, or later where it is owed again."""
    for owed in commitment.owed.values():
        item_owed = commitment.item(int(owed.obligation.subject)) if owed.obligation.kind == "item" else None
        if owed.is_open and item_owed is not None:
            assert owed.obligation.due_on >= item_owed.ends_on


@settings(max_examples=100, deadline=None)
@sampled(begun=beginnings, tries=st.lists(acts, max_size=25), helps=st.booleans())
def test_whatever_is_tried_the_rules_hold(
    begun: tuple[object, ...], tries: list[tuple[str, CommitmentCommand, str | None]], helps: bool
) -> None:
    story = given(*begun)
    for one in tries:
        story = played(story, [one])
        story = helped(story) if helps else story
    if story.state is None:
        return
    people(story.commitment)
    assert story.commitment.state in definition().states
    assert sum(request.is_open for request in story.commitment.requests.values()) <= 1
    assert replay(story.events) == story.commitment
    table = compile_table(world().definition)
    changes = [event.fact for event in story.events if isinstance(event.fact, StateChanged)]
    assert all(table[(change.from_state, change.move)] == change.to_state for change in changes)
    owed_on_their_days(story.commitment)


@settings(max_examples=50, deadline=None)
@sampled(tries=st.lists(acts, max_size=20))
def test_every_prefix_of_a_random_story_replays_to_its_fold(
    tries: list[tuple[str, CommitmentCommand, str | None]],
) -> None:
    story = given(*STARTED)
    before = len(story.events)
    folded = {before: story.commitment}
    for one in tries:
        story = helped(played(story, [one]))
        folded[len(story.events)] = story.commitment
    for length, state in folded.items():
        assert replay(story.events[:length]) == state


@settings(max_examples=50, deadline=None)
@sampled(tries=st.lists(acts, max_size=20))
def test_an_approval_is_never_by_the_asker_and_a_verification_never_by_the_claimant(
    tries: list[tuple[str, CommitmentCommand, str | None]],
) -> None:
    story = given(*STARTED)
    for one in tries:
        story = helped(played(story, [one]))
    asked = {request.opened.request: request.acts[0] for request in story.commitment.requests.values()}
    claimed = {event.fact.claim: event for event in story.events if isinstance(event.fact, ClaimMade)}
    for event in story.events:
        if isinstance(event.fact, RequestApproved):
            asker = asked[event.fact.request]
            assert (event.office, event.person) != (asker.office, asker.person)
            assert event.office != asker.office
            assert event.person != asker.person
        if isinstance(event.fact, ClaimVerified):
            assert event.office != claimed[event.fact.claim].office
            assert event.person != claimed[event.fact.claim].person
