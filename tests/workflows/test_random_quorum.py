"""Whatever offices try on shared and parallel steps, in whatever order, no quorum is broken."""

from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st

from tests.support.directory import holder
from tests.support.shared_steps import ASKED, RUNNING, shared, told
from tests.support.world import (
    COORDINATOR,
    HEAD,
    MENTOR,
    OTHER_HEAD,
    PROVINCE,
    REGION,
    SECRETARY,
    K,
    Story,
    World,
    draft,
    holder_of,
)
from workflows.commands import (
    AddApprover,
    ApproveRequest,
    CommitmentCommand,
    EditDraft,
    ForwardRequest,
    NotePreparation,
    OpenRequest,
    RejectRequest,
    RetractDecision,
    ReturnRequest,
    WithdrawRequest,
)
from workflows.commitment import Request, replay
from workflows.facts import MemberRejected, StateChanged
from workflows.lifecycle import compile_table
from workflows.moving import moving
from workflows.quorums import Way, next_steps

OFFICES = (HEAD, OTHER_HEAD, REGION, SECRETARY, COORDINATOR, PROVINCE, MENTOR)
PERSONS = (None, None, None, holder_of(MENTOR), holder_of(REGION))
Try = tuple[str, CommitmentCommand, str | None]
WORLDS = (
    shared(),
    shared(vacant=(OTHER_HEAD,)),
    shared(vacant=(MENTOR,), more=(holder(MENTOR, holder_of(REGION)),)),
    shared(vacant=(COORDINATOR, SECRETARY)),
)
requests = st.integers(1, 4).map(lambda number: f"{K}.r{number}")
commands: st.SearchStrategy[CommitmentCommand] = st.one_of(
    st.builds(OpenRequest, st.sampled_from(("start", "review", "finish", "audit"))),
    st.builds(ApproveRequest, requests),
    st.builds(RejectRequest, requests, st.just("di_luar_kewenangan")),
    st.builds(ReturnRequest, requests, st.just("bukti_kurang")),
    st.builds(WithdrawRequest, requests),
    st.builds(RetractDecision, requests, st.just("Salah pilih")),
    st.builds(AddApprover, requests, st.sampled_from(OFFICES), st.sampled_from(("before", "after"))),
    st.builds(ForwardRequest, requests, st.sampled_from(OFFICES), st.just("Mohon siapkan")),
    st.builds(NotePreparation, requests, st.just("Lengkap"), st.booleans()),
    st.builds(EditDraft, replication_scope=st.sampled_from(("partial", "full"))),
    st.just(draft()),
)
tries = st.lists(st.tuples(st.sampled_from(OFFICES), commands, st.sampled_from(PERSONS)), max_size=25)


def played(story: Story, attempt: Try) -> Story:
    office, command, person = attempt
    tried = story.when(office, command, person=person)
    assert (tried.after is None) == bool(tried.blockers)
    return tried.after or story


def helped(story: Story, verdict: type[ApproveRequest] | type[RejectRequest]) -> Story:
    """The first office whose turn it is says its verdict, if it can."""
    request = story.commitment.open_request
    if request is None or not request.reached:
        return story
    name = request.opened.request
    command = ApproveRequest(name) if verdict is ApproveRequest else RejectRequest(name, "di_luar_kewenangan")
    return story.when(request.reached[0].office, command).after or story


def quorum_holds(story: Story, request: Request) -> None:
    """It passed exactly where enough approved, and can still pass, or was rejected, where it can't."""
    for step in request.passed:
        assert request.approvals(step) == request.needed(step)
    for step in {reached.step for reached in request.reached}:
        left = sum(reached.step == step for reached in request.reached)
        assert step not in request.passed
        assert request.approvals(step) < request.needed(step) <= request.approvals(step) + left
    if request.status == "approved":
        case = moving(
            story.commitment, story.world.definition.moves[request.opened.move], story.context(HEAD), items=None
        )
        way = Way(request.opened.request, request.acts, request.passed, (), request.opened.quorums, request.extras)
        assert next_steps(case, way) == ()
    assert bool(request.reached) == request.is_open


@settings(max_examples=100, deadline=None)
@sampled(
    world=st.sampled_from(WORLDS),
    begun=st.sampled_from((ASKED, RUNNING)),
    attempts=tries,
    verdicts=st.lists(st.sampled_from((ApproveRequest, ApproveRequest, RejectRequest)), min_size=25, max_size=25),
)
def test_whatever_is_tried_no_quorum_is_broken(
    world: World,
    begun: tuple[object, ...],
    attempts: list[Try],
    verdicts: list[type[ApproveRequest] | type[RejectRequest]],
) -> None:
    story = told(*begun).during(world)
    for attempt, verdict in zip(attempts, verdicts, strict=False):
        story = helped(played(story, attempt), verdict)
        for request in story.commitment.requests.values():
            quorum_holds(story, request)
            assert len({act.office for act in request.acts}) == len(request.acts)
            assert len({act.person for act in request.acts}) == len(request.acts)
            offices = [reached.office for reached in request.reached]
            assert len(set(offices)) == len(offices)
            assert not set(offices) & {act.office for act in request.acts}
    assert replay(story.events) == story.commitment
    table = compile_table(world.definition)
    changes = [event.fact for event in story.events if isinstance(event.fact, StateChanged)]
    assert all(table[(change.from_state, change.move)] == change.to_state for change in changes)
    closed = [one for one in story.commitment.owed.values() if one.is_open and one.obligation.kind == "decision"]
    open_request = story.commitment.open_request
    assert len(closed) == (0 if open_request is None else len(open_request.reached))
    rejected = [event.fact for event in story.events if isinstance(event.fact, MemberRejected)]
    assert all(story.commitment.requests[one.request].needed(one.step) < 3 for one in rejected)
