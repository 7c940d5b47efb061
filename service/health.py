"""Whether kawal can do its work, and its figures: what operators and machines ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, select

from events.engine import answering, wal_bytes
from events.errors import LogError
from events.subscriptions import failures, read_checkpoint
from service import clock
from service.notifications import reading as telling
from service.read_models.obligations import obligation_table
from service.read_models.projection import MODELS
from service.runtime import Runtime

SILENT_AFTER = timedelta(seconds=30)
LARGE_WAL_BYTES = 128 * 1024 * 1024
"""Twice what SQLite keeps of its write-ahead log by itself: more is there only while something reads for long."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """What was found: not ready is what answers must not rely on; a warning delays, and loses nothing.

    lag        by read model, how many events it is behind the log
    wal_bytes  of SQLite's write-ahead log; 0 on PostgreSQL, whose server keeps its own
    """

    is_ready: bool
    reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    position: int = 0
    lag: Mapping[str, int] = field(default_factory=dict)
    clock_looked_at: datetime | None = None
    queue_reachable: bool = False
    wal_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What is measured at one moment.

    deliveries  by status
    halted      read models that stopped at an event
    wal_bytes   of SQLite's write-ahead log; 0 on PostgreSQL
    """

    position: int
    lag: Mapping[str, int]
    halted: int
    deliveries: Mapping[str, int]
    obligations_open: int
    obligations_overdue: int
    wal_bytes: int = 0


def readiness(runtime: Runtime) -> Readiness:
    """Look at the database, the read models, the queue and the clock; never raises for what is away."""
    queue_reachable = runtime.queue.is_reachable()
    try:
        with answering(), runtime.engine.connect() as connection:
            position, lag = _lag(runtime, connection)
            halted = failures(connection)
        looked_at = clock.last_beat(runtime.engine)
    except LogError as error:
        return Readiness(False, reasons=(f"database: {error}",), queue_reachable=queue_reachable)
    size = wal_bytes(runtime.engine)
    # The error's class alone: its text may hold what somebody wrote in private. The command line shows it whole.
    warnings = [f"{one.name} halted at {one.position}: {one.error.partition(':')[0]}" for one in halted]
    if not queue_reachable:
        warnings.append("valkey is away: what is written shows in lists when it is back")
    if _is_silent(runtime, looked_at):
        warnings.append("the clock hasn't looked lately: nothing is escalated")
    if size > LARGE_WAL_BYTES:
        warnings.append(f"kawal.db-wal is {size // 1024**2} MB: something reads the database for long, end it")
    return Readiness(
        is_ready=True,
        warnings=tuple(warnings),
        position=position,
        lag=lag,
        clock_looked_at=looked_at,
        queue_reachable=queue_reachable,
        wal_bytes=size,
    )


def figures(runtime: Runtime) -> Figures:
    """Measure; raises events.errors.Unavailable."""
    now = runtime.now()
    with answering(), runtime.engine.connect() as connection:
        position, lag = _lag(runtime, connection)
        halted = len(failures(connection))
        owed = obligation_table.c
        still_open = select(func.count()).where(owed.status == "open")
        total = connection.execute(still_open).scalar_one()
        overdue = connection.execute(still_open.where(owed.due_at < now)).scalar_one()
    counts, size = telling.counts(runtime.engine), wal_bytes(runtime.engine)
    return Figures(position, lag, halted, counts, total, overdue, size)


def _lag(runtime: Runtime, connection: Connection) -> tuple[int, Mapping[str, int]]:
    head = runtime.store.log_head()
    position = 0 if head is None else head.position
    found = {model.name: read_checkpoint(connection, model.name, model.version) for model in MODELS}
    return position, {name: position - (0 if one is None else one.position) for name, one in found.items()}


def _is_silent(runtime: Runtime, looked_at: datetime | None) -> bool:
    if looked_at is None:
        return True
    # A demo's heartbeat is written by its own clock, which may stand still: the queue's beat is the machine's.
    if runtime.is_demo:
        beat = runtime.queue.last_beat()
        return beat is None or datetime.now(UTC) - beat > SILENT_AFTER
    return runtime.now() - looked_at > SILENT_AFTER
