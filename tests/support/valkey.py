"""A real Valkey for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service import config
from service.config import Config
from service.embedded import EmbeddedValkey
from service.queue import JobQueue, open_queue


@contextmanager
def running_valkey(data_dir: Path) -> Iterator[EmbeddedValkey]:
    """The embedded server of `data_dir`, stopped at the end. Its URL: service.embedded.url(data_dir)."""
    server = EmbeddedValkey(data_dir)
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def running_queue(data_dir: Path) -> Iterator[JobQueue]:
    """An empty job queue on a Valkey of its own."""
    with running_valkey(data_dir):
        yield open_queue(config_for(data_dir))


def config_for(data_dir: Path, **environment: str) -> Config:
    """Settings whose data directory is `data_dir`; the rest are the defaults or given by key."""
    return config.load({"KAWAL_DATA_DIR": str(data_dir), **environment})
