"""Read models that follow the log: batches folded outside, written once, by whichever worker comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, Protocol, TypeAlias, TypeVar, cast

from sqlalchemy import Connection, Engine, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from events.engine import answering, write_transaction
from events.envelope import Event
from events.errors import BrokenLog, OutcomeUnknown, Unavailable
from events.reader import Reader
from events.tables import checkpoint, subscription_failure

C = TypeVar("C")
Partition: TypeAlias = Literal["stream", "log"]

_CHECKPOINT = select(
    checkpoint.c.name, checkpoint.c.version, checkpoint.c.position, checkpoint.c.revision, checkpoint.c.leaf_hash
)
_FAILURES = select(
    subscription_failure.c.name,
    subscription_failure.c.version,
    subscription_failure.c.position,
    subscription_failure.c.error,
    subscription_failure.c.attempts,
    subscription_failure.c.at,
    subscription_failure.c.retry_at,
).order_by(subscription_failure.c.name, subscription_failure.c.version)
_FailureRow: TypeAlias = tuple[str, int, int, str, int, datetime, datetime]
_FIRST_RETRY = timedelta(seconds=5)
_LAST_RETRY = timedelta(minutes=5)
_MAX_RACES = 50


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Says up to which event a read model is folded.

    revision    rises with every transaction on the read model, also those that don't move the position
    leaf_hash   of the event at `position`, empty at 0: the position alone may come back with other content
    """

    name: str
    version: int
    position: int
    revision: int
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class Failure:
    """Shows a halted projection: at which event, why, and when it is tried again."""

    name: str
    version: int
    position: int
    error: str
    attempts: int
    at: datetime
    retry_at: datetime


@dataclass(frozen=True, slots=True)
class BatchResult:
    """Tells what one batch did: how many events it applied, where it stands, and whether it is halted."""

    applied: int
    position: int
    failure: Failure | None = None


class Projection(Protocol[C]):
    """A read model. `(name, version)` owns its tables; both are stored, so they are literals.

    partition   "stream": an event touches only rows that its stream owns; "log": it may touch any
    prepare     reads the rows that the fold needs and folds, outside of any write transaction
    write       upserts what was folded, in key order; called right after the checkpoint was moved, in its transaction
    """

    @property
    def name(self) -> str:
        """The stored name."""

    @property
    def version(self) -> int:
        """The stored version: a new one owns new tables."""

    @property
    def partition(self) -> Partition:
        """Which rows an event may touch."""

    def prepare(self, events: Sequence[Event], connection: Connection) -> C:
        """Fold a dense run of events into changes; deterministic, safe to repeat."""

    def write(self, connection: Connection, changes: C) -> None:
        """Write the changes."""


def run_batch(
    engine: Engine, reader: Reader, projection: Projection[C], *, limit: int = 5000, now: datetime | None = None
) -> BatchResult:
    """Apply the next events to a read model exactly once, however many workers try.

    An event that fails whenever it is tried halts the projection before it; that is recorded and tried again with
    back-off. A database that is locked, full or away is not the event's fault and raises.
    now       for the back-off; this machine's time by default
    raises    Unavailable, OutcomeUnknown, BrokenLog
    """
    time = now or datetime.now(UTC)
    failure = _read_failure(engine, projection)
    if failure is not None and failure.retry_at > time:
        return BatchResult(0, failure.position - 1, failure)
    size = limit
    while True:
        try:
            return _run(engine, reader, projection=projection, limit=size, failure=failure)
        except _FoldFailed as failed:
            if failed.count == 1:
                halted = _record(engine, projection, failed=failed, before=failure, now=time)
                return BatchResult(0, failed.position - 1, halted)
            # Up to the event that fails, the others are applied; halving finds it in few tries.
            size = failed.count // 2


def read_checkpoint(connection: Connection, name: str, version: int) -> Checkpoint | None:
    """Read where a read model stands."""
    row = connection.execute(
        _CHECKPOINT.where(checkpoint.c.name == name, checkpoint.c.version == version)
    ).one_or_none()
    return None if row is None else Checkpoint(row.name, row.version, row.position, row.revision, row.leaf_hash)


def checkpoints(connection: Connection) -> list[Checkpoint]:
    """List where every read model and reaction stands."""
    return [
        Checkpoint(row.name, row.version, row.position, row.revision, row.leaf_hash)
        for row in connection.execute(_CHECKPOINT)
    ]


def start_checkpoint(
    connection: Connection, name: str, version: int, *, position: int = 0, leaf_hash: bytes = b""
) -> Checkpoint:
    """Make the checkpoint unless it exists, and give it: at 0 for a read model, at the head for a reaction."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    values = {"name": name, "version": version, "position": position, "revision": 0, "leaf_hash": leaf_hash}
    connection.execute(make(checkpoint).values(values).on_conflict_do_nothing())
    found = read_checkpoint(connection, name, version)
    assert found is not None
    return found


def reset_checkpoint(connection: Connection, name: str, version: int) -> None:
    """Send a read model back to the log's beginning, in the transaction that empties its tables."""
    connection.execute(
        update(checkpoint)
        .where(checkpoint.c.name == name, checkpoint.c.version == version)
        .values(position=0, revision=checkpoint.c.revision + 1, leaf_hash=b"")
    )
    _forget_failure(connection, name, version)


def compare_and_set(connection: Connection, seen: Checkpoint, to_position: int, to_leaf_hash: bytes) -> bool:
    """Move a checkpoint that nobody moved or revised since it was read; false means roll back and start again.

    Comes before any other write of its transaction. The revision counts too: a retry changes rows, not the position.
    """
    moved = connection.execute(
        update(checkpoint)
        .where(
            checkpoint.c.name == seen.name,
            checkpoint.c.version == seen.version,
            checkpoint.c.position == seen.position,
            checkpoint.c.revision == seen.revision,
        )
        .values(position=to_position, revision=seen.revision + 1, leaf_hash=to_leaf_hash)
    )
    return moved.rowcount == 1


def next_events(reader: Reader, seen: Checkpoint, *, limit: int) -> list[Event]:
    """Read the events above a checkpoint; raises BrokenLog where the one that was folded last is another now."""
    if seen.position == 0:
        return reader.read_all(0, limit)
    # One event more, to see that the checkpoint's own is still the one that was folded.
    events = reader.read_all(seen.position - 1, limit + 1)
    if not events or events[0].leaf_hash != seen.leaf_hash:
        raise BrokenLog(seen.position, f"{seen.name} had folded another event there")
    return events[1:]


def failures(connection: Connection) -> list[Failure]:
    """List every halted projection."""
    return [_failure(row) for row in connection.execute(_FAILURES)]


class _FoldFailed(Exception):
    """A run of events can't be applied, for a reason that lies in them or in the code."""

    def __init__(self, position: int, count: int) -> None:
        super().__init__(position, count)
        self.position, self.count = position, count


class _Raced(Exception):
    """Another worker moved the checkpoint first."""


def _run(
    engine: Engine, reader: Reader, *, projection: Projection[C], limit: int, failure: Failure | None
) -> BatchResult:
    for _ in range(_MAX_RACES):
        seen = _checkpoint(engine, projection)
        events = next_events(reader, seen, limit=limit)
        if not events:
            return BatchResult(0, seen.position, failure)
        try:
            _apply(engine, projection, seen=seen, events=events, had_failed=failure is not None)
        except _Raced:
            continue
        return BatchResult(len(events), events[-1].position)
    return BatchResult(0, seen.position, failure)


def _checkpoint(engine: Engine, projection: Projection[C]) -> Checkpoint:
    with answering(), engine.connect() as connection:
        seen = read_checkpoint(connection, projection.name, projection.version)
    if seen is not None:
        return seen
    with write_transaction(engine) as connection:
        return start_checkpoint(connection, projection.name, projection.version)


def _apply(
    engine: Engine, projection: Projection[C], *, seen: Checkpoint, events: list[Event], had_failed: bool
) -> None:
    last = events[-1]
    try:
        with answering(), engine.connect() as connection:
            changes = projection.prepare(events, connection)
        with write_transaction(engine) as connection:
            if not compare_and_set(connection, seen, last.position, last.leaf_hash):
                raise _Raced
            projection.write(connection, changes)
            if had_failed:
                _forget_failure(connection, projection.name, projection.version)
    except (_Raced, Unavailable, OutcomeUnknown, BrokenLog, OSError, MemoryError):
        raise
    # Whatever else a projection raises, it would raise again for the same events.
    except Exception as error:
        raise _FoldFailed(events[0].position, len(events)) from error


def _read_failure(engine: Engine, projection: Projection[C]) -> Failure | None:
    statement = _FAILURES.where(
        subscription_failure.c.name == projection.name, subscription_failure.c.version == projection.version
    )
    with answering(), engine.connect() as connection:
        row = connection.execute(statement).one_or_none()
    return None if row is None else _failure(row)


def _record(
    engine: Engine, projection: Projection[C], *, failed: _FoldFailed, before: Failure | None, now: datetime
) -> Failure:
    attempts = before.attempts + 1 if before and before.position == failed.position else 1
    wait = min(_FIRST_RETRY * 2 ** min(attempts - 1, 10), _LAST_RETRY)
    failure = Failure(
        name=projection.name,
        version=projection.version,
        position=failed.position,
        error=f"{type(failed.__cause__).__name__}: {failed.__cause__}"[:2000],
        attempts=attempts,
        at=now,
        retry_at=now + wait,
    )
    with write_transaction(engine) as connection:
        _forget_failure(connection, failure.name, failure.version)
        connection.execute(
            insert(subscription_failure).values(
                name=failure.name,
                version=failure.version,
                position=failure.position,
                error=failure.error,
                attempts=failure.attempts,
                at=failure.at,
                retry_at=failure.retry_at,
            )
        )
    return failure


def _forget_failure(connection: Connection, name: str, version: int) -> None:
    connection.execute(
        delete(subscription_failure).where(
            subscription_failure.c.name == name, subscription_failure.c.version == version
        )
    )


def _failure(row: object) -> Failure:
    return Failure(*cast(_FailureRow, row))
