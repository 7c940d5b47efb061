"""Plays the story through dispatch, the workers and the clock: the log's own clock stands where the story does.

Before the clock moves to another day, the workers have told, and the clock's job has taken every level on the way. So
the order inside each commitment is the same at every run, whatever dies meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from events.subscriptions import Checkpoint, checkpoints
from service import reactions, terms, timers
from service.demo.acts import perform
from service.demo.papers import Papers
from service.demo.steps import Draw, Reopen, Step
from service.queue import DRAIN, TICK
from service.read_models.projection import MODELS
from service.runtime import Runtime

WIB = ZoneInfo("Asia/Pontianak")
POLL_S = 0.004
WAKE_AGAIN_S = 2.0
GIVE_UP_S = 60.0
WORKER_WITHIN_S = 30.0
FOLLOWERS = (*((model.name, model.version) for model in MODELS), (reactions.NAME, reactions.VERSION))

Progress = Callable[[int, datetime], None]


class WorkersStuck(Exception):
    """The workers do nothing: none runs, or one halts. Nothing is lost; play again to go on."""


class Player:
    """Moves one demo log through its story; safe to stop anywhere and to start again."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._papers = Papers(runtime)

    def play(self, steps: Sequence[Step], *, until: datetime, progress: Progress = lambda *_: None) -> None:
        """Perform every step that was not performed yet, in order, and stop the clock's story at `until`.

        raises  WorkersStuck
        """
        # A player that was ended may have left levels to be taken: they come before the step that it had come to.
        self.rest()
        for number, step in enumerate(steps):
            if not self._is_done(step):
                self.move_to(step.at)
                perform(self._runtime, step, self._papers)
            progress(number + 1, step.at)
        self.move_to(until)
        self.rest()

    def move_to(self, moment: datetime) -> None:
        """Move the log's clock forward, stopping at every level that falls due on the way; never back."""
        now = self._runtime.now()
        if moment <= now:
            return
        if _day(moment) != _day(now):
            self._through_due_levels(moment)
        if moment > self._runtime.now():
            self._runtime.store.advance_clock(to=moment)

    def _through_due_levels(self, moment: datetime) -> None:
        while True:
            self.rest()
            due = timers.next_moment(self._runtime.engine)
            if due is None or due > moment:
                return
            if due > self._runtime.now():
                self._runtime.store.advance_clock(to=due)
            self._runtime.queue.wake(TICK)

    def rest(self) -> None:
        """Wait until every subscription stands at the log's head and nothing is left for the clock to take or say."""
        self._runtime.queue.wake(DRAIN)
        woken = moved = time.monotonic()
        stood: list[Checkpoint] = []
        while not self._is_at_rest(stand := self._stand()):
            now = time.monotonic()
            if now - woken > WAKE_AGAIN_S:
                self._runtime.queue.wake(TICK, again=True)
                self._runtime.queue.wake(DRAIN, again=True)
                woken = now
            if stand != stood:
                stood, moved = stand, now
            if now - moved > GIVE_UP_S:
                raise WorkersStuck(f"nothing moved for {GIVE_UP_S:.0f} s")
            time.sleep(POLL_S)

    def _stand(self) -> list[Checkpoint]:
        with self._runtime.engine.connect() as connection:
            return checkpoints(connection)

    def _is_at_rest(self, stand: list[Checkpoint]) -> bool:
        head = self._runtime.store.log_head()
        reached = {(one.name, one.version): one.position for one in stand}
        if any(reached.get(name, 0) < (head.position if head else 0) for name in FOLLOWERS):
            return False
        return not timers.is_owed(self._runtime.engine, self._runtime.now()) and not terms.are_due(self._runtime)

    def _is_done(self, step: Step) -> bool:
        """A step of one stream has a receipt under its own key; others are asked again, which changes nothing."""
        if isinstance(step.act, Reopen | Draw):
            return False
        return self._runtime.store.receipt(f"demo:{step.name}") is not None


def await_worker(runtime: Runtime) -> None:
    """Return once a worker is signed on or takes a wake-up; raises WorkersStuck if none does within seconds.

    Both are looked at: a Valkey that lost its data knows no worker any more, though they work on.
    """
    queue, handed_over = runtime.queue, False
    gives_up_at = time.monotonic() + WORKER_WITHIN_S
    while queue.workers() == 0:
        handed_over = handed_over or queue.wake(DRAIN, again=True)
        if handed_over and queue.is_reachable() and queue.waiting() == 0:
            return
        if time.monotonic() > gives_up_at:
            raise WorkersStuck(f"no worker within {WORKER_WITHIN_S:.0f} s")
        time.sleep(POLL_S)


def _day(moment: datetime) -> int:
    """Days change at 08.00, when levels fall due."""
    return (moment.astimezone(WIB) - timedelta(hours=8)).toordinal()
