"""A fresh real database for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from events.engine import make_engine
from service import identity
from service.db import create_schema
from tests.support.identity import HOLDER, NOW


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database with every table, empty."""
    engine = make_engine(f"sqlite:///{tmp_path / 'kawal.db'}")
    create_schema(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def holder(engine: Engine) -> identity.Person:
    """A person without a password."""
    return identity.create_person(engine, HOLDER, now=NOW)
