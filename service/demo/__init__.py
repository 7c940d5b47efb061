"""The demo: West Kalimantan's programme, played through the same doors as real work."""

from service.demo.loading import Loading, loading
from service.demo.player import Player, WorkersStuck, await_worker
from service.demo.show import advance, play, resume_clock
from service.demo.story import BEGINS, ENDS, story

__all__ = [
    "BEGINS",
    "ENDS",
    "Loading",
    "Player",
    "WorkersStuck",
    "advance",
    "await_worker",
    "loading",
    "play",
    "resume_clock",
    "story",
]
