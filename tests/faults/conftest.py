"""Logs for the fault tests, made once; and a kawal on each engine for the tests that leave it as they found it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.api_story import started
from tests.support.live import Live, Prepared, at_rest, prepared, running
from tests.support.postgres import Cluster, Databases


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A log in SQLite that nobody runs."""
    folder = tmp_path_factory.mktemp("faults") / "data"
    world = prepared(folder)
    commitment = started(world).commitment
    world.catch_up()
    at_rest(world)
    return Prepared(folder, dict(world.tokens), commitment)


@pytest.fixture(scope="session")
def on_sqlite(made: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A running kawal on SQLite."""
    with running(made.copied(tmp_path_factory.mktemp("sqlite") / "data"), made) as live:
        yield live


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL that a test may crash and start again; it flushes for real."""
    server = Cluster(fsync="on")
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def on_postgresql(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A running kawal on PostgreSQL."""
    folder, url = tmp_path_factory.mktemp("postgresql") / "data", Databases(cluster.url()).create()
    world = prepared(folder, database_url=url)
    commitment = started(world).commitment
    world.catch_up()
    at_rest(world)
    log = Prepared(folder, dict(world.tokens), commitment)
    with running(folder, log, env={"DATABASE_URL": url}) as live:
        yield live


@pytest.fixture(params=["sqlite", "postgresql"])
def live(request: pytest.FixtureRequest) -> Live:
    """A running kawal, on each engine."""
    found: Live = request.getfixturevalue(f"on_{request.param}")
    return found
