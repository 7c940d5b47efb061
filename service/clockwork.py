"""The clock process: it knows no rule and no row, it only wakes the workers at a steady pace."""

from __future__ import annotations

import logging
import signal
import time
from datetime import UTC, datetime
from types import FrameType

from service.config import Config
from service.process import StopSign
from service.queue import DRAIN, TICK, JobQueue, open_queue

_log = logging.getLogger("kawal.clock")
TICK_EVERY_S = 1.0
DRAIN_EVERY_TICKS = 5


def run_clock(config: Config) -> None:
    """Wake the workers every second until SIGTERM or SIGINT; losing Valkey only pauses it.

    A second clock beside it is harmless: their wake-ups coalesce.
    """
    stop = StopSign()

    def ask_to_stop(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    pace(open_queue(config), stop)
    _log.info("clock stopped")


def pace(jobs: JobQueue, stop: StopSign, every_s: float = TICK_EVERY_S) -> None:
    """Send the wake-ups until `stop` is set: a tick each round, and a drain each fifth whatever its flag says."""
    reachable: bool | None = None
    round_number = 0
    due = time.monotonic()
    while not stop.is_set():
        answered = jobs.beat(datetime.now(UTC)) and jobs.wake(TICK)
        if answered and round_number % DRAIN_EVERY_TICKS == 0:
            answered = jobs.wake(DRAIN, again=True)
        if answered != reachable:
            (_log.info if answered else _log.warning)("clock %s", "ticks" if answered else "waits: Valkey is away")
            reachable = answered
        round_number += 1
        # After a pause (a suspended machine) go on from now: missed rounds are worth nothing.
        due = max(due + every_s, time.monotonic())
        stop.wait(due - time.monotonic())
