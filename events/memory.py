"""The log's contract in a dict: for tests of what stands on the log, and as the measure of the other two."""

import threading
import uuid
from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from events.conditions import Found, admit, place, receipt_of
from events.envelope import EMPTY, Append, Event, Head, LogHead, Receipt, build_leaves
from events.errors import NotADemo


def utc_now() -> datetime:
    """Give this machine's time."""
    return datetime.now(UTC)


class MemoryLog:
    """Reads and appends like the databases, durable for nothing. Safe to share between threads."""

    def __init__(
        self, clock: Callable[[], datetime] = utc_now, kind: str = "real", *, log_id: str | None = None
    ) -> None:
        self._clock, self._kind, self._log_id = clock, kind, log_id or str(uuid.uuid4())
        self._offset = timedelta(0)
        self._lock = threading.RLock()
        self._events: list[Event] = []
        self._streams: dict[str, list[Event]] = {}
        self._operations: dict[str, tuple[int, int]] = {}

    @property
    def log_id(self) -> str:
        """The log's own id."""
        return self._log_id

    @property
    def kind(self) -> str:
        """'real' or 'demo'."""
        return self._kind

    def append(self, append: Append) -> Receipt:
        """Record events under the conditions that they rest on; see Appender.append."""
        leaves = build_leaves(append, self._log_id)
        with self._lock:
            repeated = admit(append, self._find(append))
            if repeated is not None:
                return repeated
            events = place(append, leaves, log=self.log_head())
            self._events.extend(events)
            self._streams.setdefault(append.stream, []).extend(events)
            self._operations[append.operation] = (events[0].position, events[-1].position)
        return receipt_of(events[0], events[-1], repeated=False)

    def now(self) -> datetime:
        """Give the log's clock."""
        return self._clock() + self._offset

    def clock_offset(self) -> timedelta:
        """Give how far a demo log's clock is off."""
        return self._offset

    def advance_clock(self, *, to: datetime | None = None, by: timedelta | None = None) -> datetime:
        """Move a demo log's clock forward; raises NotADemo, ValueError."""
        assert (to is None) != (by is None), "either to or by"
        return self._move(to, by, may_go_back=False)

    def set_clock(self, to: datetime) -> datetime:
        """Set a demo log's clock, never before what the log already knows; raises NotADemo, ValueError."""
        return self._move(to, None, may_go_back=True)

    def read_stream(
        self, stream: str, after_version: int = 0, *, up_to_version: int | None = None, limit: int | None = None
    ) -> list[Event]:
        """Read one stream in version order."""
        with self._lock:
            return self._streams.get(stream, [])[after_version:up_to_version][:limit]

    def read_all(self, after: int = 0, limit: int = 1000, *, up_to: int | None = None) -> list[Event]:
        """Read a page of the log in position order."""
        with self._lock:
            return self._events[after:up_to][:limit]

    def read_basis(self, after: int = 0) -> list[Event]:
        """Read every basis event above a position, in order."""
        with self._lock:
            return [event for event in self._events[after:] if event.basis]

    def last_basis(self) -> bytes | None:
        """Give the leaf hash of the log's last basis event."""
        with self._lock:
            return next((event.leaf_hash for event in reversed(self._events) if event.basis), None)

    def stream_head(self, stream: str) -> Head:
        """Give where a stream stands; EMPTY if it doesn't exist."""
        last = self._last(stream)
        return last.head if last else EMPTY

    def log_head(self) -> LogHead | None:
        """Give where the log stands; None if it is empty."""
        with self._lock:
            if not self._events:
                return None
            last = self._events[-1]
            return LogHead(last.position, last.leaf_hash, last.known_at)

    def receipt(self, operation: str) -> Receipt | None:
        """Find what an operation key recorded."""
        events = self.operation_events(operation)
        return receipt_of(events[0], events[-1], repeated=True) if events else None

    def operation_events(self, operation: str) -> list[Event]:
        """Read the events that an operation key recorded, in order."""
        with self._lock:
            first, last = self._operations.get(operation, (1, 0))
            return self._events[first - 1 : last]

    def event_at(self, position: int) -> Event | None:
        """Read the event at one position."""
        with self._lock:
            return self._events[position - 1] if 1 <= position <= len(self._events) else None

    def streams(self, prefix: str = "", after: str = "", *, limit: int = 1000) -> list[str]:
        """List the names of streams that begin with a prefix, a page after `after`."""
        with self._lock:
            return sorted(name for name in self._streams if name.startswith(prefix) and name > after)[:limit]

    def position_known_on(self, time: datetime) -> int:
        """Give the last position with known_at <= time; 0 for none."""
        with self._lock:
            return bisect_right(self._events, time, key=lambda event: event.known_at)

    def settle(self) -> None:
        """Nothing is ever unflushed here."""

    def _last(self, stream: str) -> Event | None:
        with self._lock:
            events = self._streams.get(stream)
            return events[-1] if events else None

    def _find(self, append: Append) -> Found:
        last = self._last(append.stream)
        given = [self._last(given.stream) for given in append.given]
        return Found(
            receipt=self.receipt(append.operation),
            log=self.log_head(),
            stream=last.head if last else EMPTY,
            stream_recorded_at=last.recorded_at if last else None,
            last_basis=self.last_basis(),
            given=tuple(event.leaf_hash if event else None for event in given),
            clock=self.now(),
        )

    def _move(self, to: datetime | None, by: timedelta | None, *, may_go_back: bool) -> datetime:
        if self._kind != "demo":
            raise NotADemo("the clock of a real log can't be moved")
        with self._lock:
            now, head = self.now(), self.log_head()
            target = now + by if by is not None else to
            assert target is not None
            if (target < now and not may_go_back) or (head is not None and target < head.known_at):
                raise ValueError(f"the clock can't go back to {target.isoformat()}")
            self._offset += target - now
        return target
