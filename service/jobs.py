"""RQ entry points. Each calls one function, needs no argument, and may run twice, late or never."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from functools import lru_cache

from events import errors as log_errors
from service import config, errors
from service.drain import Drain
from service.runtime import Runtime

_log = logging.getLogger("kawal.jobs")
_away: set[str] = set()


@lru_cache(maxsize=1)
def _hands() -> Drain:
    return Drain(Runtime(config.load(os.environ)))


def drain() -> None:
    """Bring read models and notices to the log's head, take what is due, send what waits."""
    _unless_away(lambda: _hands().run())


def tick() -> None:
    """Take the ladder levels that are due, and see their effects through."""
    _unless_away(_tick)


def _tick() -> None:
    hands = _hands()
    hands.beat()
    if hands.tick():
        hands.run()


def _unless_away(act: Callable[[], None]) -> None:
    """Leave to the next wake-up what the database can't take now: said once, not as a failed job a second."""
    try:
        act()
    except (log_errors.Unavailable, log_errors.OutcomeUnknown, errors.Unavailable) as error:
        if not _away:
            _log.warning("work waits: %s", error)
        _away.add("database")
        return
    if _away:
        _log.info("work goes on: the database answers again")
        _away.clear()
