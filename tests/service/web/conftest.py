"""One world for the pages, and commitments of it in the states that tests begin with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.api_world import ApiWorld, api_world, draft_body
from tests.support.world import HEAD, REGION


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    return api_world(tmp_path)


@pytest.fixture
def drafted(world: ApiWorld) -> str:
    """A draft."""
    commitment = world.post(REGION, "/commitments", draft_body()).get_json()["commitment"]
    world.catch_up()
    return str(commitment)


@pytest.fixture
def asked(world: ApiWorld, drafted: str) -> str:
    """A draft whose signing was asked for: it waits for the regency's coordinator."""
    assert world.post(HEAD, f"/commitments/{drafted}/requests", {"move": "sign"}).status_code == 201
    world.catch_up()
    return drafted


@pytest.fixture
def checked(world: ApiWorld, asked: str) -> str:
    """A draft that waits for the party's signature."""
    etag = world.get(REGION, f"/commitments/{asked}").headers["ETag"]
    assert world.post(REGION, f"/requests/{asked}.r1/approvals", etag=etag).status_code == 201
    world.advance(to=world.runtime.now() + timedelta(hours=2))
    world.catch_up()
    return asked


@pytest.fixture
def signed(world: ApiWorld, checked: str) -> str:
    """A signed commitment."""
    sheet = "/sheets/kalbar-2022:61.03"
    etag = world.get("61.03.sekda", sheet).headers["ETag"]
    at = world.runtime.now().isoformat()
    body = {"mode": "in_person", "place": "Pontianak", "signed_at": at}
    answer = world.post("61.03.sekda", f"{sheet}/signatures", body, etag=etag)
    assert answer.status_code == 201, answer.get_data(as_text=True)
    world.catch_up()
    return checked
