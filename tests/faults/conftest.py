"""Logs for the fault tests, made once and copied."""

from __future__ import annotations

import pytest

from tests.support.api_story import started
from tests.support.live import Prepared, at_rest, prepared


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A log in SQLite that nobody runs."""
    folder = tmp_path_factory.mktemp("faults") / "data"
    world = prepared(folder)
    commitment = started(world).commitment
    world.catch_up()
    at_rest(world)
    return Prepared(folder, dict(world.tokens), commitment)
