"""What one web process has opened: its settings at once, the way to the log at the first request that needs it."""

from __future__ import annotations

import threading
from typing import cast

from flask import Flask

from service.config import Config
from service.runtime import Runtime


class Opened:
    """The settings and the runtime of one application; a database that is away at the start is asked again."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self._lock = threading.Lock()
        self._runtime: Runtime | None = None

    def runtime(self) -> Runtime:
        """The one runtime of this process; raises events.errors.Unavailable while the database is away."""
        with self._lock:
            if self._runtime is None:
                self._runtime = Runtime(self.config)
            return self._runtime

    def close(self) -> None:
        """Give back every connection; a later request opens anew."""
        with self._lock:
            opened, self._runtime = self._runtime, None
        if opened is not None:
            opened.close()


def opened_of(app: Flask) -> Opened:
    """What the application has opened."""
    return cast("Opened", app.extensions["kawal.opened"])


def runtime_of(app: Flask) -> Runtime:
    """The application's runtime."""
    return opened_of(app).runtime()
