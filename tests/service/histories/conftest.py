"""A log with the demo's programme and no commitment, for histories to be brought into."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from service import config
from service.runtime import Runtime
from tests.support.histories import CLOCK
from tests.support.importing import DEMO, bring, opened
from tests.support.played import NOBODY_LISTENS


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with the programme and no commitment."""
    folder = tmp_path_factory.mktemp("programme") / "data"
    with opened(folder, clock=CLOCK) as runtime:
        bring(runtime, DEMO, with_drafts=False)
    return folder


@pytest.fixture
def runtime(template: Path, tmp_path: Path) -> Iterator[Runtime]:
    shutil.copytree(template, tmp_path / "data")
    runtime = Runtime(config.load({"KAWAL_DATA_DIR": str(tmp_path / "data"), "REDIS_URL": NOBODY_LISTENS}))
    yield runtime
    runtime.close()
