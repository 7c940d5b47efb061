"""The rules of the append, on what was read under the lock: one order of refusals for every store.

PostgreSQL holds the same rules in its procedure; the contract suite keeps the two alike.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from events.envelope import Append, Event, Head, Leaf, LogHead, Receipt
from events.errors import BasisMoved, ClockRefused, GivenMoved, KeyReused, WrongVersion

CLOCK_TOLERANCE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Found:
    """What the log says under its lock about everything that one append rests on."""

    receipt: Receipt | None
    log: LogHead | None
    stream: Head
    stream_recorded_at: datetime | None
    last_basis: bytes | None
    given: tuple[bytes | None, ...]
    clock: datetime


def admit(append: Append, found: Found) -> Receipt | None:
    """Let an append pass (None), or give the receipt of the operation that it repeats.

    The key comes first: the rules would refuse a client's own retry.
    raises   KeyReused, WrongVersion, BasisMoved, GivenMoved, ClockRefused, in this order
    """
    if found.receipt is not None:
        if found.receipt.request_hash != append.request_hash:
            raise KeyReused(append.operation)
        return found.receipt
    if found.stream != append.expected:
        raise WrongVersion(append.stream, append.expected, found.stream)
    if found.last_basis != append.seen:
        raise BasisMoved(append.seen, found.last_basis)
    for given, actual in zip(append.given, found.given, strict=True):
        if given.leaf_hash != actual:
            raise GivenMoved(given.stream)
    _check_clock(append.recorded_at, found)
    return None


def place(append: Append, leaves: tuple[Leaf, ...], *, log: LogHead | None) -> tuple[Event, ...]:
    """Give admitted leaves their positions, and known_at, the running maximum of recorded_at."""
    first = log.position + 1 if log else 1
    known_at = max(log.known_at, append.recorded_at) if log else append.recorded_at
    return tuple(
        Event(
            position=first + index,
            stream=append.stream,
            version=leaf.version,
            type=leaf.type,
            schema_version=leaf.schema_version,
            valid_at=leaf.valid_at,
            recorded_at=append.recorded_at,
            known_at=known_at,
            operation=append.operation,
            request_hash=append.request_hash if index == 0 else None,
            basis=leaf.basis,
            body=leaf.body,
            leaf_hash=leaf.leaf_hash,
        )
        for index, leaf in enumerate(leaves)
    )


def receipt_of(first: Event, last: Event, *, repeated: bool) -> Receipt:
    """Read an operation's receipt off its first and last event."""
    assert first.request_hash is not None
    return Receipt(
        repeated=repeated,
        operation=first.operation,
        request_hash=first.request_hash,
        stream=first.stream,
        first_position=first.position,
        last_position=last.position,
        version=last.version,
        leaf_hash=last.leaf_hash,
        known_at=last.known_at,
    )


def _check_clock(recorded_at: datetime, found: Found) -> None:
    latest = max(found.clock, found.log.known_at) if found.log else found.clock
    earliest = found.clock - CLOCK_TOLERANCE
    before_stream = found.stream_recorded_at is not None and recorded_at < found.stream_recorded_at
    if before_stream or not earliest <= recorded_at <= latest + CLOCK_TOLERANCE:
        clock = max(found.clock, found.stream_recorded_at) if found.stream_recorded_at else found.clock
        raise ClockRefused(recorded_at, clock)
