"""Jobs that tests give to a real worker."""

from __future__ import annotations

import os
import time
from pathlib import Path


def note(path: str) -> None:
    """Append the pid that ran the job to the file."""
    with open(path, "a") as file:
        file.write(f"{os.getpid()}\n")


def slow_note(path: str, seconds: str) -> None:
    """Say that it began, work for a while, say that it finished."""
    Path(path).write_text("begun\n")
    time.sleep(float(seconds))
    Path(path).write_text("finished\n")


def fail(message: str) -> None:
    """Raise."""
    raise RuntimeError(message)


def busy_note(path: str, seconds: str) -> None:
    """Say that it began, compute for a while, say that it finished."""
    Path(path).write_text("begun\n")
    until = time.monotonic() + float(seconds)
    while time.monotonic() < until:
        sum(range(1_000))
    Path(path).write_text("finished\n")
