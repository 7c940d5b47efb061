"""Whatever offices try under any shipped workflow, in whatever order, its rules hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pytest
from hypothesis import event, settings
from hypothesis import given as sampled
from hypothesis import strategies as st

from tests.support.accepting import LONGEST_START
from tests.support.any_workflow import ANYBODY, COMMANDS, Stage, Try, aimed, gone, of_class, stage, tries, up_to
from tests.support.holding import everything_holds
from tests.support.sound_commands import attempts
from tests.support.world import Story
from workflows.blockers import blockers
from workflows.commands import CommitmentCommand
from workflows.definition_yaml import shipped_names
from workflows.facts import RequestApproved

SHIPPED = shipped_names()
LONGEST = 12


@dataclass(frozen=True)
class Sought:
    """Whoever may tries a sound command of a kind. pick: which of those there are"""

    kind: type
    pick: int


def tried(story: Story, one: Try | Sought, at: Stage) -> Story:
    """The story after an attempt by that office, or by the first that may."""
    if isinstance(one, Sought):
        return sought(story, one, at)
    office, said, person, moment = one
    command = aimed(said, story)
    moment = None if moment is None or moment <= story.now else moment
    offices = (each for each in at.offices if office in (each, ANYBODY))
    after = (tried_by(each, story, command, person=person, at=moment) for each in offices)
    return next((longer for longer in after if longer is not story), story)


def sought(story: Story, one: Sought, at: Stage) -> Story:
    """The story after a sound command of that kind by the first office that may give it."""
    sound = attempts(one.kind, at, story)
    if not sound:
        return story
    attempt = sound[one.pick % len(sound)]
    offices = at.offices if attempt.office is None else (attempt.office,)
    after = (tried_by(each, story, attempt.command, person=None, at=attempt.at) for each in offices)
    found = next((longer for longer in after if longer is not story), story)
    event(f"{one.kind.__name__} {'accepted' if found is not story else 'refused'}")
    return found


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


def holds(one: Stage, data: st.DataObject, longest: int) -> None:
    """Play attempts from anywhere on a sound way through the workflow, and look at every rule after each."""
    story = up_to(gone(one, LONGEST_START), data.draw(st.integers(1, 12)))
    helps = data.draw(st.booleans())
    wanted = st.builds(Sought, st.sampled_from(COMMANDS), st.integers(0, 40))
    seen = [story]
    for attempt in data.draw(st.lists(tries(one) | wanted, min_size=longest // 2, max_size=longest)):
        story = tried(story, attempt, one)
        story = one.helped(story) if helps else story
        seen.append(story)
    everything_holds(one, seen)


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
    tried(one.begun(), (data.draw(st.sampled_from(one.offices)), made, None, None), one)


@pytest.mark.parametrize("name", SHIPPED)
def test_sound_requests_lead_on_under_every_shipped_workflow(name: str) -> None:
    states = [gone(stage(name), changes).commitment.state for changes in (0, 1, 2)]
    assert len(set(states)) > 1
    assert any(isinstance(event.fact, RequestApproved) for event in gone(stage(name), 2).events)
