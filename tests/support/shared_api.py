"""The API's world with a second programme, under the workflow of shared and parallel steps."""

from __future__ import annotations

from dataclasses import replace

from service import catalog
from service.dispatch import Caller
from tests.support.api_world import ApiWorld, draft_body
from tests.support.shared_steps import TEXT
from tests.support.world import COORDINATOR, HEAD, OPENED, REGION
from workflows.commands import OpenProgramme
from workflows.context import Acting

SHARED_PROGRAMME = "kuorum-2022"


def shared_programme(world: ApiWorld) -> None:
    """Install the workflow and open its programme."""
    world.install("kuorum", TEXT)
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    opened = replace(OPENED, programme=SHARED_PROGRAMME, definition="kuorum")
    world.tell(catalog.programme_stream(SHARED_PROGRAMME), OpenProgramme(opened), by=coordinator)


def shared_request(world: ApiWorld) -> str:
    """A request whose first step three offices share; returns its commitment."""
    shared_programme(world)
    drafted = world.post(REGION, "/commitments", draft_body(programme=SHARED_PROGRAMME))
    assert drafted.status_code == 201, drafted.get_data(as_text=True)
    commitment = str(drafted.get_json()["commitment"])
    asked = world.post(HEAD, f"/commitments/{commitment}/requests", {"move": "start"})
    assert asked.status_code == 201, asked.get_data(as_text=True)
    return commitment
