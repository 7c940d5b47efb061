"""The small world under a workflow whose steps several offices share, or are open at the same time."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from tests.support.directory import directory
from tests.support.world import HEAD, MENTOR, OPENED, REGION, SECRETARY, Act, K, Story, World, draft, given
from workflows.commands import ApproveRequest, OpenRequest
from workflows.definition_yaml import parse
from workflows.facts import HolderAppointed, OfficeEstablished

TEXT = (Path(__file__).parents[1] / "workflows" / "quorum.yaml").read_text()
ASKED = (Act(REGION, draft()), Act(HEAD, OpenRequest("start")))
RUNNING = (*ASKED, *(Act(office, ApproveRequest(f"{K}.r1")) for office in (REGION, MENTOR, SECRETARY)))


@lru_cache
def shared(vacant: tuple[str, ...] = (), more: tuple[HolderAppointed | OfficeEstablished, ...] = ()) -> World:
    """The small world under that workflow."""
    programme = replace(OPENED, definition="kuorum")
    return World(directory=directory(vacant=vacant, more=more), definition=parse(TEXT), programme=programme)


def told(*acts: Act, world: World | None = None) -> Story:
    """The story of these acts there."""
    return given(*acts, world=world or shared())


def running(world: World | None = None) -> Story:
    """The story up to the first change of state."""
    return told(*RUNNING, world=world)


def waiting(story: Story) -> list[tuple[str, str]]:
    """The steps that wait, each with its office."""
    request = story.commitment.open_request
    return [] if request is None else [(reached.step, reached.office) for reached in request.reached]
