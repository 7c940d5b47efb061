"""A fresh real database for each test, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from events.engine import make_engine
from service import identity
from service.db import create_schema
from tests.support.databases import ENGINES, fresh_database
from tests.support.identity import HOLDER, NOW


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with every table, empty."""
    with fresh_database(request.param, tmp_path) as url:
        engine = make_engine(url)
        create_schema(engine)
        yield engine
        engine.dispose()


@pytest.fixture
def holder(engine: Engine) -> identity.Person:
    """A person without a password."""
    return identity.create_person(engine, HOLDER, now=NOW)
