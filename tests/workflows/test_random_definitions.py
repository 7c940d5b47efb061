"""Whatever offices try under any shipped workflow, in whatever order, its rules hold."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st

from tests.support.any_workflow import ANYBODY, COMMANDS, Stage, Try, aimed, gone, of_class, stage, tries
from tests.support.world import Story
from workflows.blockers import blockers
from workflows.commands import CommitmentCommand
from workflows.commitment import Commitment, evolve, replay
from workflows.definition_yaml import shipped_names
from workflows.facts import ClaimVerified, RequestApproved, StateChanged

SHIPPED = shipped_names()
LONGEST = 12


def tried(story: Story, one: Try, offices: tuple[str, ...]) -> Story:
    """The story after an attempt by that office, or by the first that may."""
    office, said, person, at = one
    command = aimed(said, story)
    at = None if at is None or at <= story.now else at
    after = (tried_by(each, story, command, person=person, at=at) for each in offices if office in (each, ANYBODY))
    return next((longer for longer in after if longer is not story), story)


def tried_by(
    office: str, story: Story, command: CommitmentCommand, *, person: str | None, at: datetime | None
) -> Story:
    """The story after an attempt: a refused one states nothing, and exactly what has blockers is refused."""
    attempt = story.when(office, command, person=person, at=at)
    found = blockers(story.state, command, story.context(office, person=person, at=at))
    assert found == attempt.blockers
    assert (attempt.after is None) == bool(found)
    assert attempt.after is None or attempt.after.events[: len(story.events)] == story.events
    return attempt.after or story


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


def holds(one: Stage, data: st.DataObject, longest: int) -> None:
    """Play attempts from any state that sound requests lead to, and look at every rule after each."""
    story, helps = gone(one, data.draw(st.integers(0, 3))), data.draw(st.booleans())
    attempts = data.draw(st.lists(tries(one), min_size=longest // 2, max_size=longest))
    seen = {len(story.events): story.commitment}
    for attempt in attempts:
        story = tried(story, attempt, one.offices)
        story = one.helped(story) if helps else story
        seen[len(story.events)] = story.commitment
        four_eyes_hold(story.commitment)
        quorums_hold(story.commitment)
    states_hold(story, one)
    every_prefix_replays(story, seen)


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=100, deadline=None)
@sampled(data=st.data())
def test_whatever_is_tried_under_a_shipped_workflow_its_rules_hold(name: str, data: st.DataObject) -> None:
    holds(stage(name), data, LONGEST)


@pytest.mark.full
@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=1_000, deadline=None)
@sampled(data=st.data())
def test_whatever_is_tried_for_long_its_rules_hold(name: str, data: st.DataObject) -> None:
    holds(stage(name), data, 4 * LONGEST)


@pytest.mark.parametrize("command", COMMANDS)
@settings(max_examples=3, deadline=None)
@sampled(data=st.data())
def test_commands_of_every_class_are_tried(command: type, data: st.DataObject) -> None:
    one = stage(SHIPPED[0])
    made = data.draw(of_class(one, command))
    assert type(made) is command
    tried(one.begun(), (data.draw(st.sampled_from(one.offices)), made, None, None), one.offices)


@pytest.mark.parametrize("name", SHIPPED)
def test_sound_requests_lead_on_under_every_shipped_workflow(name: str) -> None:
    states = [gone(stage(name), changes).commitment.state for changes in (0, 1, 2)]
    assert len(set(states)) > 1
    assert any(isinstance(event.fact, RequestApproved) for event in gone(stage(name), 2).events)
