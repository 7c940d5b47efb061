"""An act on a period reaches every running commitment, also where it was broken off or the read models are behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from events.envelope import Event
from service import migrating, period_acts
from service.catalog import commitment_stream, programme_stream
from service.dispatch import Ask, Caller, dispatch, request_hash
from tests.support.api_story import ApiStory
from tests.support.api_world import ApiWorld, api_world
from tests.support.reporting import AFTER_B03
from tests.support.reporting_api import REPORTING, ready, reporting, reporting_programme
from tests.support.world import COORDINATOR, PARTY, SECRETARY, SIGNING
from workflows.commands import DrawSample, FollowSample, SignCommitment
from workflows.context import Acting
from workflows.facts import NAMES, ClaimsSampled

KEY = "undi"
DRAW = DrawSample(REPORTING, "B03", "5eed" * 8)
SEEDLESS = {"programme": REPORTING, "period": "B03"}
MORE = ("e-open", "pjj-ui")


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    return api_world(tmp_path)


@pytest.fixture
def three(world: ApiWorld) -> list[str]:
    """Three running commitments of one sheet, by reference; their period is over."""
    reporting(world, at=AFTER_B03, more=MORE)
    return migrating.commitments_of(world.runtime, REPORTING)


def by(world: ApiWorld, office: str) -> Caller:
    return Caller(Acting(office, world.persons[office]), "cli:test")


def draw(world: ApiWorld) -> list[str]:
    """The streams in which the draw says that something was recorded, now or when it was first asked."""
    drawn = period_acts.change_period(world.runtime, DRAW, caller=by(world, COORDINATOR), operation=KEY)
    assert drawn.left == ()
    return [one.stream for one in drawn.moved]


def broken_off(world: ApiWorld, reached: list[str]) -> None:
    """What a draw leaves that was killed once it had reached these commitments."""
    caller = by(world, COORDINATOR)
    dispatch(world.runtime, Ask(DRAW, programme_stream(REPORTING), caller, KEY, {"body": SEEDLESS}))
    for stream in (commitment_stream(one) for one in reached):
        asked = {"programme": REPORTING, "body": {"period": "B03"}}
        dispatch(world.runtime, Ask(FollowSample("B03"), stream, caller, f"{KEY}:{stream}", asked))


def sampled(world: ApiWorld, commitment: str) -> list[Event]:
    events = world.runtime.store.read_stream(commitment_stream(commitment))
    return [one for one in events if one.type == NAMES[ClaimsSampled]]


@pytest.mark.parametrize("reached", [0, 1, 2])
def test_a_draw_that_was_broken_off_and_asked_again_reaches_each_commitment_once(
    world: ApiWorld, three: list[str], reached: int
) -> None:
    broken_off(world, three[:reached])
    assert [bool(sampled(world, one)) for one in three] == [number < reached for number in range(3)]
    assert draw(world) == draw(world) == [commitment_stream(one) for one in three]
    assert [len(sampled(world, one)) for one in three] == [1, 1, 1]


def test_what_a_commitment_is_asked_holds_no_generated_id(world: ApiWorld, three: list[str]) -> None:
    draw(world)
    hashes = {event.request_hash for one in three for event in sampled(world, one)}
    assert hashes == {request_hash(FollowSample("B03"), {"programme": REPORTING, "body": {"period": "B03"}})}


def test_a_draw_reaches_a_commitment_that_the_read_models_do_not_know_yet(world: ApiWorld) -> None:
    story = signed_unseen(world)
    assert draw(world) == [commitment_stream(story.commitment)]
    assert len(sampled(world, story.commitment)) == 1


@pytest.mark.parametrize(("party", "found"), [(PARTY, 1), ("61.05", 0)])
def test_a_partys_commitments_are_told_from_others_before_the_read_models_know_them(
    world: ApiWorld, party: str, found: int
) -> None:
    story = signed_unseen(world)
    for _ in range(2):
        assert migrating.commitments_of(world.runtime, REPORTING, (party,)) == [story.commitment][:found]
        world.catch_up()


def signed_unseen(world: ApiWorld) -> ApiStory:
    """A running commitment whose period is over, of which no read model was told anything."""
    reporting_programme(world)
    story = ready(world)
    world.advance(to=SIGNING)
    sign = SignCommitment(f"{REPORTING}:{PARTY}", "in_person", "Pontianak", SIGNING)
    world.tell(commitment_stream(story.commitment), sign, by=by(world, SECRETARY))
    world.advance(to=AFTER_B03)
    return story


def test_a_draw_that_was_broken_off_is_finished_by_catching_up_under_any_key(world: ApiWorld, three: list[str]) -> None:
    broken_off(world, three[:1])
    found = period_acts.catch_up(world.runtime, REPORTING, "B03", caller=by(world, COORDINATOR), operation="lanjut")
    assert found.left == ()
    assert [len(sampled(world, one)) for one in three] == [1, 1, 1]
    again = period_acts.catch_up(world.runtime, REPORTING, "B03", caller=by(world, COORDINATOR), operation="lagi")
    assert again.moved == ()
