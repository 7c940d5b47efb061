"""Carrying out a confirmed migration at the command line, with its progress."""

from __future__ import annotations

import time

from service.cli.operator import Desk
from service.cli.output import progress, say
from service.errors import Unavailable
from service.migrating import carrying_out, targets

TRIES = 6


def carry_out(here: Desk, migration: str, *, as_json: bool) -> None:
    """Take over every commitment that can go, and say how many did."""
    moved, tried = _tried(here, migration)
    sentence = f"Carried out: {migration}; {moved} went over, {tried - moved} keep their version."
    document = {"migration": migration, "status": "ended", "moved": moved, "left": tried - moved}
    say(sentence, document, as_json=as_json)


def _tried(here: Desk, migration: str) -> tuple[int, int]:
    for _ in range(TRIES - 1):
        try:
            return _once(here, migration)
        except Unavailable as error:
            # What went over went over: it is tried again from the beginning under the same keys.
            time.sleep(error.retry_after_s)
    return _once(here, migration)


def _once(here: Desk, migration: str) -> tuple[int, int]:
    order = here.runtime.basis(fresh=True).installed.migrations[migration].proposed
    moved = tried = 0
    with progress() as bar:
        task = bar.add_task("Migrating", total=len(targets(here.runtime, order)))
        for one in carrying_out(here.runtime, migration):
            moved, tried = moved + one.moved, tried + 1
            bar.advance(task)
    return moved, tried
