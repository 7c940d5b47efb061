"""Who may give and read another system's id, as cases for the test that asks every office of every endpoint."""

from __future__ import annotations

from collections.abc import Callable

from tests.support.api_story import done, signed
from tests.support.api_world import ApiWorld
from tests.support.role_cases import Case
from tests.support.world import HEAD, PROGRAMME

GIVEN = {"system": "sipd", "id": "7"}


def external_id_given(allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """A signed commitment is called by another system's id."""

    def build(world: ApiWorld) -> Case:
        path = f"{signed(world).path}/external-ids"
        return Case(lambda office: world.post(office, path, GIVEN), allowed)

    return build


def external_id_read(allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """It is asked what the id of a signed commitment means."""

    def build(world: ApiWorld) -> Case:
        done(world.post(HEAD, f"{signed(world).path}/external-ids", GIVEN))
        return Case(lambda office: world.get(office, "/external-ids/sipd/7"), allowed)

    return build


def named_elsewhere(allowed: set[str]) -> Callable[[ApiWorld], Case]:
    """A party of the programme is called by another system's id."""

    def build(world: ApiWorld) -> Case:
        signed(world)
        body = {"kind": "party", "name": "61.03", "system": "kemendagri", "id": "6103"}
        return Case(lambda office: world.post(office, f"/programmes/{PROGRAMME}/external-ids", body), allowed)

    return build
