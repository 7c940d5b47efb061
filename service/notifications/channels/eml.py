"""Mail as .eml files in a folder: the default where no mail server is given."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path

from service.notifications.channel import Letter, Send, Undeliverable
from service.notifications.notices import EMAIL

SYNCED_AT_ONCE = 16
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class EmlFolder:
    """Writes each letter to `<folder>/<day>/<time>-<office>-<delivery>.eml`, whole or not at all.

    A letter that is sent again replaces its own file.
    """

    name = EMAIL
    batch = 500
    records_each = False

    def __init__(self, folder: Path, sender: str) -> None:
        self.folder = folder
        self.sender = sender

    @contextmanager
    def session(self) -> Iterator[Send]:
        """Write files; on leaving, all of them are on the disk."""
        written: list[Path] = []

        def send(letter: Letter) -> None:
            with self._failing():
                written.append(self._write(letter))

        yield send
        # Side by side: the disk takes many of them in one go.
        with self._failing(), ThreadPoolExecutor(SYNCED_AT_ONCE) as pool:
            list(pool.map(_sync, {*written, *(path.parent for path in written)}))

    def path_of(self, letter: Letter) -> Path:
        """Where a letter's file stands."""
        at = letter.written_at.astimezone(UTC)
        office = _UNSAFE.sub("_", letter.office)[:80]
        return self.folder / f"{at:%Y-%m-%d}" / f"{at:%H%M%S}-{office}-{letter.delivery}.eml"

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise Undeliverable(f"{self.folder}: {error.strerror or error}") from error

    def _write(self, letter: Letter) -> Path:
        path = self.path_of(letter)
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_suffix(".tmp")
        fresh.write_bytes(letter.message.as_bytes())
        fresh.replace(path)
        return path


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
