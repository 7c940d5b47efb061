"""How far the pages are behind what is recorded, and whether anybody is bringing them on."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from weakref import WeakKeyDictionary

from events.engine import answering
from service import reading
from service.runtime import Runtime

SILENT_AFTER_S = 15.0
WAIT_S = 1.0
_ASKED_EVERY_S = 3.0


@dataclass(frozen=True, slots=True)
class Freshness:
    """How far the read models are. behind: events that no page shows yet; stalled: nobody brings them on"""

    reached: int
    behind: int
    stalled: bool


class _Pulse:
    """What one process knows of the workers; the queue is asked rarely, since it may hang for half a second."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._asked_at = -_ASKED_EVERY_S
        self._beats = True
        self._reached = -1
        self._moved_at = time.monotonic()

    def beats(self, runtime: Runtime) -> bool:
        """Whether the clock process looked lately; False too where the queue is away."""
        with self._lock:
            if time.monotonic() - self._asked_at >= _ASKED_EVERY_S:
                beat = runtime.queue.last_beat()
                self._beats = beat is not None and (datetime.now(UTC) - beat).total_seconds() < SILENT_AFTER_S
                self._asked_at = time.monotonic()
            return self._beats

    def stands(self, reached: int, behind: int) -> bool:
        """Whether the views have been behind for a while without coming nearer."""
        with self._lock:
            if reached != self._reached or behind == 0:
                self._reached, self._moved_at = reached, time.monotonic()
            return time.monotonic() - self._moved_at > SILENT_AFTER_S


_PULSES: WeakKeyDictionary[Runtime, _Pulse] = WeakKeyDictionary()


def freshness(runtime: Runtime) -> Freshness:
    """How fresh a page is that is made now."""
    head = runtime.store.log_head()
    with answering(), runtime.engine.connect() as connection:
        reached = reading.complete_to(connection)
    behind = max(0, (head.position if head else 0) - reached)
    pulse = _PULSES.setdefault(runtime, _Pulse())
    stalled = not pulse.beats(runtime) or pulse.stands(reached, behind)
    return Freshness(reached, behind, stalled)
