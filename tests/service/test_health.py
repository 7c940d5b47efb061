"""What the watchman sees of the database's own files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from events.engine import truncate_wal, write_transaction
from service import clock, health
from service.migrations import upgrade
from service.runtime import Runtime
from tests.support.played import opened, settings


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Runtime]:
    upgrade(settings(tmp_path))
    with opened(tmp_path) as found:
        clock.beat(found.engine, found.now())
        yield found


def large(warnings: tuple[str, ...]) -> list[str]:
    return [warning for warning in warnings if "kawal.db-wal" in warning]


def test_the_size_of_the_write_ahead_log_is_shown_and_measured(runtime: Runtime) -> None:
    with runtime.engine.connect() as reading:
        reading.exec_driver_sql("BEGIN")
        reading.exec_driver_sql("SELECT count(*) FROM checkpoint").scalar_one()
        with write_transaction(runtime.engine) as connection:
            connection.exec_driver_sql("CREATE TABLE much (bytes blob)")
            connection.exec_driver_sql("INSERT INTO much VALUES (randomblob(3000000))")
        assert health.readiness(runtime).wal_bytes > 3_000_000
        assert health.figures(runtime).wal_bytes > 3_000_000
        assert large(health.readiness(runtime).warnings) == []
        reading.exec_driver_sql("ROLLBACK")
    truncate_wal(runtime.engine)
    assert health.figures(runtime).wal_bytes < 3_000_000


def test_a_write_ahead_log_that_grew_out_of_bounds_is_a_warning(runtime: Runtime, tmp_path: Path) -> None:
    assert large(health.readiness(runtime).warnings) == []
    # A hole behind the last frame is as long as frames are, and SQLite reads none of it.
    os.truncate(tmp_path / "kawal.db-wal", health.LARGE_WAL_BYTES + 1024**2)
    found = health.readiness(runtime)
    assert found.is_ready
    assert large(found.warnings) == ["kawal.db-wal is 129 MB: something reads the database for long, end it"]
