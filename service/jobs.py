"""RQ entry points. Each calls one function, needs no argument, and may run twice, late or never."""

from __future__ import annotations

import os
from functools import lru_cache

from service import config
from service.drain import Drain
from service.runtime import Runtime


@lru_cache(maxsize=1)
def _hands() -> Drain:
    return Drain(Runtime(config.load(os.environ)))


def drain() -> None:
    """Bring read models and notices to the log's head, take what is due, send what waits."""
    _hands().run()


def tick() -> None:
    """Take the ladder levels that are due, and see their effects through."""
    hands = _hands()
    hands.beat()
    if hands.tick():
        hands.run()
