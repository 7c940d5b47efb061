"""Whoever delegates to whomever, and whoever tries to act for whom, four eyes hold."""

from itertools import combinations

from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st

from tests.support.delegating import delegated, given_to
from tests.support.world import (
    COMPLETE_ASKED,
    COORDINATOR,
    HEAD,
    OTHER_HEAD,
    PAPER,
    PIC,
    PROVINCE,
    REGION,
    SECRETARY,
    START_ASKED,
    K,
    Story,
    given,
    holder_of,
)
from workflows.commands import ApproveRequest, CommitmentCommand, OpenRequest, ReturnRequest, WithdrawRequest
from workflows.delegations import ASSIST
from workflows.facts import DelegationGiven

OFFICES = (HEAD, OTHER_HEAD, PIC, REGION, SECRETARY, COORDINATOR, PROVINCE)
offices = st.sampled_from(OFFICES)
LONG = {
    "starts_on": given_to(HEAD, PIC).starts_on.replace(year=2021),
    "ends_on": given_to(HEAD, PIC).ends_on.replace(year=2023),
}
delegations = st.builds(
    lambda of, to, person, capacity, moves, number: given_to(
        of,
        to,
        delegation=f"d{number}",
        person=holder_of(person),
        capacity=capacity,
        moves=moves,
        **LONG,
    ),
    offices,
    offices,
    offices,
    st.sampled_from(("an", "plh", ASSIST)),
    st.sampled_from(((), (), ("start", "complete"), ("amend",))),
    st.integers(1, 10_000),
)
requests = st.integers(1, 5).map(lambda number: f"{K}.r{number}")
commands: st.SearchStrategy[CommitmentCommand] = st.one_of(
    st.builds(ApproveRequest, requests),
    st.builds(ApproveRequest, requests),
    st.builds(ReturnRequest, requests, st.just("bukti_kurang")),
    st.builds(WithdrawRequest, requests),
    st.just(OpenRequest("start", evidence=PAPER)),
)
tries = st.lists(st.tuples(offices, st.none() | offices, commands), max_size=20)


@settings(max_examples=120, deadline=None)
@sampled(
    begun=st.sampled_from((START_ASKED, COMPLETE_ASKED)),
    given_away=st.lists(delegations, max_size=6, unique_by=lambda one: one.delegation),
    tried=tries,
)
def test_no_delegation_lets_one_hand_into_a_chain_twice(
    begun: tuple[object, ...],
    given_away: list[DelegationGiven],
    tried: list[tuple[str, str | None, CommitmentCommand]],
) -> None:
    story: Story = given(*begun).during(delegated(*given_away))
    for office, giver, command in tried:
        before = len(story.events)
        story = story.when(office, command, on_behalf_of=giver).after or story
        for event in story.events[before:]:
            used = [one for one in given_away if (one.office, one.to) == (event.on_behalf_of, event.office)]
            assert event.on_behalf_of is None or any(one.capacity != ASSIST for one in used)
    for request in story.commitment.requests.values():
        for one, other in combinations(request.acts, 2):
            assert one.offices.isdisjoint(other.offices)
            assert one.person != other.person
