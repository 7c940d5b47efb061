"""The demo from the outside: play it, let its clock go on, move it forward."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from service import clock
from service.demo.loading import begin, loading, note_progress
from service.demo.people import appoint_holders
from service.demo.player import Player
from service.demo.programme import adopted_calendar, import_structure
from service.demo.story import BEGINS, ENDS, story
from service.runtime import Runtime

NOTED_EVERY = 25

Progress = Callable[[int, int, datetime], None]


def play(runtime: Runtime, *, parties: frozenset[str] | None = None, progress: Progress = lambda *_: None) -> timedelta:
    """Play the story from where the log stands to its end; safe to stop and to start again.

    parties   None: all; else only their part of the story
    progress  called with steps done, steps in all, demo time
    returns   how long it took; raises WorkersStuck, NotADemo
    """
    if runtime.store.log_head() is None:
        runtime.store.set_clock(BEGINS)
    import_structure(runtime)
    appoint_holders(runtime)
    steps = story(adopted_calendar(runtime), parties=parties)
    begin(runtime.engine, steps=len(steps), story_at=runtime.now(), now=datetime.now(UTC))

    def note(done: int, at: datetime) -> None:
        if done % NOTED_EVERY == 0:
            note_progress(runtime.engine, done=done, story_at=at)
        progress(done, len(steps), at)

    Player(runtime).play(steps, until=ENDS, progress=note)
    note_progress(runtime.engine, done=len(steps), story_at=runtime.now(), finished_at=datetime.now(UTC))
    found = loading(runtime.engine)
    assert found is not None
    assert found.took is not None
    return found.took


def advance(runtime: Runtime, by: timedelta, *, progress: Callable[[datetime], None] = lambda _: None) -> datetime:
    """Move the demo's clock forward, a day at a time, so that all that falls due on the way happens at its hour."""
    player = Player(runtime)
    target = runtime.now() + by
    while (now := runtime.now()) < target:
        player.move_to(min(target, now + timedelta(days=1)))
        progress(runtime.now())
    player.rest()
    return runtime.now()


def resume_clock(runtime: Runtime) -> datetime:
    """Let the demo's clock go on from where it was last seen: it stands while kawal is down."""
    seen = clock.last_beat(runtime.engine)
    head = runtime.store.log_head()
    if seen is not None and head is not None and runtime.now() - seen > timedelta(seconds=30):
        runtime.store.set_clock(max(seen, head.known_at))
    return runtime.now()
