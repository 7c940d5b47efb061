"""What has to be swept now and then, by whichever worker the clock's job finds first."""

from __future__ import annotations

from datetime import datetime, timedelta

from events.engine import truncate_wal
from service import advice, evidence, identity, request_keys
from service.clock import beat, last_beat
from service.runtime import Runtime

NAME = "housekeeping"
EVERY = timedelta(hours=1)
UNFINISHED_FOR = timedelta(days=1)


def keep_house(runtime: Runtime, *, now: datetime) -> bool:
    """Forget dead sessions, old keys and broken-off uploads and give the write-ahead log back, at most hourly.

    now  the machine's clock: what it sweeps lives by that one, but for advice, which is as old as the log says
    """
    last = last_beat(runtime.engine, NAME)
    if last is not None and now - last < EVERY:
        return False
    beat(runtime.engine, now, NAME)
    identity.sweep(runtime.engine, now=now)
    request_keys.sweep(runtime.engine, now=now)
    advice.sweep(runtime.engine, now=runtime.now())
    evidence.sweep(runtime.config.evidence_dir, older_than=now - UNFINISHED_FOR)
    truncate_wal(runtime.engine)
    return True
