"""Several requests that wait for one office at once."""

from __future__ import annotations

from dataclasses import replace

from service import catalog
from service.dispatch import Caller
from tests.support.api_story import done
from tests.support.api_world import ApiWorld, draft_body
from tests.support.world import COORDINATOR, HEAD, OPENED, REGION
from workflows.commands import OpenProgramme
from workflows.context import Acting


def asked(world: ApiWorld, programme: str = OPENED.programme) -> str:
    """A commitment whose signing was asked for; its id."""
    drafted = done(world.post(REGION, "/commitments", draft_body(programme=programme)))
    done(world.post(HEAD, f"/commitments/{drafted['commitment']}/requests", {"move": "sign"}))
    return str(drafted["commitment"])


def three(world: ApiWorld) -> tuple[str, str, str]:
    """Three commitments, in programmes of their own, whose signing was asked for."""
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    for name in ("kedua", "ketiga"):
        opened = OpenProgramme(replace(OPENED, programme=name))
        world.tell(catalog.programme_stream(name), opened, by=coordinator)
    return asked(world), asked(world, "kedua"), asked(world, "ketiga")
