from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.api_world import ApiWorld, api_world


@pytest.fixture
def world(tmp_path: Path) -> ApiWorld:
    """A fresh database with the small directory, a token in every office, and the application on it."""
    return api_world(tmp_path)
