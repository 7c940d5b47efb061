"""Several read models in one turn: one read of the log, one transaction, one flush, and still a checkpoint each."""

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, Engine

from events.engine import answering, write_transaction
from events.envelope import Event
from events.errors import BrokenLog, OutcomeUnknown, Unavailable
from events.reader import Reader
from events.subscriptions import Checkpoint, Projection, checkpoints, compare_and_set, failures, next_events

C = TypeVar("C")


class _NotTogether(Exception):
    """Another worker moved one of the checkpoints first, or a fold failed; alone, each shows which."""


def run_together(
    engine: Engine, reader: Reader, projections: Sequence[Projection[C]], *, limit: int = 5000
) -> int | None:
    """Apply the next events to read models that stand at the same event; what `run_batch` promises holds for each.

    returns  how many events each applied; None where they can't go together (one stands elsewhere or is halted, a fold
             failed, another worker was faster): run each by itself then
    raises   Unavailable, OutcomeUnknown, BrokenLog
    """
    with answering(), engine.connect() as connection:
        seen = _same_place(connection, projections)
    if seen is None:
        return None
    events = next_events(reader, seen[0], limit=limit)
    if not events:
        return 0
    try:
        _apply(engine, list(zip(projections, seen, strict=True)), events)
    except _NotTogether:
        return None
    return len(events)


def _same_place(connection: Connection, projections: Sequence[Projection[C]]) -> list[Checkpoint] | None:
    known = {(one.name, one.version): one for one in checkpoints(connection)}
    seen = [known.get((one.name, one.version)) for one in projections]
    found = [one for one in seen if one is not None]
    if len(found) < len(seen) or len({(one.position, one.leaf_hash) for one in found}) != 1:
        return None
    halted = {(one.name, one.version) for one in failures(connection)}
    return None if any((one.name, one.version) in halted for one in projections) else found


def _apply(engine: Engine, pairs: Sequence[tuple[Projection[C], Checkpoint]], events: list[Event]) -> None:
    try:
        with answering(), engine.connect() as connection:
            changes = [projection.prepare(events, connection) for projection, _ in pairs]
        with write_transaction(engine) as connection:
            for _, seen in pairs:
                if not compare_and_set(connection, seen, events[-1].position, events[-1].leaf_hash):
                    raise _NotTogether
            for (projection, _), change in zip(pairs, changes, strict=True):
                projection.write(connection, change)
    except (_NotTogether, Unavailable, OutcomeUnknown, BrokenLog, OSError, MemoryError):
        raise
    except Exception as error:
        raise _NotTogether from error
