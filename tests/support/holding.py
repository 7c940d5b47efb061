"""What holds of every story under every workflow, whoever tried whatever."""

from __future__ import annotations

from collections.abc import Sequence

from tests.support.any_workflow import Stage
from tests.support.world import Story
from workflows.commitment import Commitment, evolve, replay
from workflows.facts import ClaimVerified, StateChanged


def everything_holds(one: Stage, seen: Sequence[Story]) -> None:
    """Of a story and all that it was before, each longer by one act."""
    for story in seen:
        if story.state is not None:
            four_eyes_hold(story.state)
            quorums_hold(story.state)
    if seen[-1].state is not None:
        states_hold(seen[-1], one)
        every_prefix_replays(seen[-1], {len(story.events): story.commitment for story in seen if story.state})


def four_eyes_hold(commitment: Commitment) -> None:
    """Nobody acted twice in one chain, neither as office nor as person, and nobody verified what they claimed."""
    for request in commitment.requests.values():
        assert len({act.office for act in request.acts}) == len(request.acts)
        assert len({act.person for act in request.acts}) == len(request.acts)
    for claim in commitment.claims.values():
        if isinstance(claim.verdict, ClaimVerified):
            assert claim.verdict.office != claim.made.office


def quorums_hold(commitment: Commitment) -> None:
    """A step passed exactly where as many approved as it needs, and what was approved passed all its steps."""
    for request in commitment.requests.values():
        approved = {step: request.approvals(step) for step in request.passed}
        assert all(count == request.needed(step) for step, count in approved.items())
        assert bool(request.reached) == request.is_open
        assert request.status != "approved" or request.passed


def states_hold(story: Story, one: Stage) -> None:
    """Every state and every change of it is the definition's."""
    assert story.commitment.state in one.definition.states
    table = story.context(one.offices[0]).table
    for event in story.events:
        if isinstance(event.fact, StateChanged):
            assert table[event.fact.from_state, event.fact.move] == event.fact.to_state


def every_prefix_replays(story: Story, seen: dict[int, Commitment]) -> None:
    """The events up to any place fold to what the commitment was there."""
    state: Commitment | None = None
    for number, event in enumerate(story.events, start=1):
        state = evolve(state, event)
        assert number not in seen or seen[number] == state
    assert replay(story.events) == story.commitment
