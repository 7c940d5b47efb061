"""One running kawal and one browser for all browser tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.support.chromium import browser, played
from tests.support.processes import Up


@pytest.fixture(scope="session")
def kawal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    with played(tmp_path_factory.mktemp("kawal") / "data") as up:
        yield up


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with browser() as running:
        yield running
