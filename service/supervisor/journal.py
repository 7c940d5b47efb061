"""What the supervisor and its children say, line by line on one stream, each line under its speaker's name."""

from __future__ import annotations

import threading
import time
from typing import TextIO

_WIDTH = 9
_COLOURS = ("36", "32", "33", "35", "34", "31")
_GREY = "90"


class Journal:
    """Prints whole lines, from any thread, in colour only where a person looks."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._colour = stream.isatty()
        self._turn = threading.Lock()

    def say(self, speaker: str, text: str) -> None:
        """Print one line; a stream that nobody reads any more is no reason to fail."""
        line = f"{time.strftime('%H:%M:%S')} {speaker:<{_WIDTH}} | "
        if self._colour:
            line = f"\033[{_colour_of(speaker)}m{line}\033[0m"
        with self._turn:
            try:
                self._stream.write(f"{line}{text}\n")
                self._stream.flush()
            except (OSError, ValueError):
                return


def _colour_of(speaker: str) -> str:
    if speaker == "up":
        return _GREY
    return _COLOURS[sum(speaker.encode()) % len(_COLOURS)]
