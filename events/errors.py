"""Every way in which the log says no.

LogError
├── Refused                what was asked can't be recorded; nothing was written
│   ├── WrongVersion       the stream stands elsewhere than the caller believed
│   ├── KeyReused          the operation key already names another request
│   ├── BasisMoved         offices, delegations, definitions or calendars changed since they were folded
│   ├── GivenMoved         another single stream, named as a condition, changed
│   ├── ClockRefused       recorded_at is too far from the database's clock
│   ├── BodyTooLarge       a body is over 65,535 bytes
│   └── NotCanonical       a value has no canonical form (a float, an integer past 2^53-1, ...)
├── Unavailable            nothing was written, try again later: locked, disk_full, away
├── OutcomeUnknown         it may have been written: ask again with the same operation key
├── UnknownType            no decoder for this stored name and schema version
├── RegistryGap            the registry lacks a step between two schema versions
├── BrokenLog              what is stored contradicts itself
├── LogMissing             the database holds no log yet
├── KindFixed              a log's kind and id are fixed when it is made
├── NotADemo               only a demo log's clock can be moved
└── UnfitDatabase          the database is set up in a way that would break a promise of the log
"""

from datetime import datetime
from typing import Literal

from events.head import Head

Away = Literal["locked", "disk_full", "away"]


class LogError(Exception):
    """The root of every error that the log raises."""


class Refused(LogError):
    """The log recorded nothing, for a reason that lies in what was asked."""


class WrongVersion(Refused):
    """The stream's last event is another than the one that the append was built on."""

    def __init__(self, stream: str, expected: Head, actual: Head) -> None:
        super().__init__(stream, expected, actual)
        self.stream, self.expected, self.actual = stream, expected, actual

    def __str__(self) -> str:
        return f"{self.stream} stands at version {self.actual.version}, not at the expected {self.expected.version}"


class KeyReused(Refused):
    """The operation key was used before, for a request with another hash."""

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation

    def __str__(self) -> str:
        return f"operation key {self.operation} already names another request"


class BasisMoved(Refused):
    """The log's last basis event is another than the last one that the decision had folded."""

    def __init__(self, seen: bytes | None, actual: bytes | None) -> None:
        super().__init__(seen, actual)
        self.seen, self.actual = seen, actual

    def __str__(self) -> str:
        return f"last basis event is {_hex(self.actual)}, the decision had seen {_hex(self.seen)}"


class GivenMoved(Refused):
    """A single other stream that the append names as its condition has another last event."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.stream = stream

    def __str__(self) -> str:
        return f"{self.stream} changed since it was read"


class ClockRefused(Refused):
    """recorded_at is over 5 seconds off, or before the stream's last; `clock` is the time to build the body with."""

    def __init__(self, recorded_at: datetime, clock: datetime) -> None:
        super().__init__(recorded_at, clock)
        self.recorded_at, self.clock = recorded_at, clock

    def __str__(self) -> str:
        return f"recorded_at {self.recorded_at.isoformat()} is too far from the log's clock {self.clock.isoformat()}"


class BodyTooLarge(Refused):
    """A body is over 65,535 bytes; attachments go in by digest."""

    def __init__(self, stream: str, size_bytes: int) -> None:
        super().__init__(stream, size_bytes)
        self.stream, self.size_bytes = stream, size_bytes

    def __str__(self) -> str:
        return f"an event of {self.stream} would have {self.size_bytes} bytes, the limit is 65535"


class NotCanonical(Refused):
    """A value or a name has no form that every reader would hash alike."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unavailable(LogError):
    """Nothing was written; the same call may pass after `retry_after_s` seconds.

    reason   "locked": another writer held the log too long; "disk_full"; "away": the database can't be reached
    """

    def __init__(self, retry_after_s: int, reason: Away) -> None:
        super().__init__(retry_after_s, reason)
        self.retry_after_s, self.reason = retry_after_s, reason

    def __str__(self) -> str:
        return f"the database is {self.reason}, try again in {self.retry_after_s} s"


class OutcomeUnknown(LogError):
    """The append may or may not be in the log; only a repeat with the same operation key can tell."""

    def __init__(self, operation: str) -> None:
        super().__init__(operation)
        self.operation = operation

    def __str__(self) -> str:
        return f"the outcome of operation {self.operation} is unknown, repeat it with the same key"


class UnknownType(LogError):
    """No decoder is registered for this stored name and schema version."""

    def __init__(self, type: str, schema_version: int) -> None:
        super().__init__(type, schema_version)
        self.type, self.schema_version = type, schema_version

    def __str__(self) -> str:
        return f"unknown event type {self.type} in schema version {self.schema_version}"


class RegistryGap(LogError):
    """The registry is not complete: `type` lacks the step from `from_version`, or is registered amiss."""

    def __init__(self, type: str, from_version: int) -> None:
        super().__init__(type, from_version)
        self.type, self.from_version = type, from_version

    def __str__(self) -> str:
        return f"{self.type}: no single step from schema version {self.from_version} to the next"


class BrokenLog(LogError):
    """What is stored at `position` contradicts the rest of the log; reading past it would be guessing."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(position, reason)
        self.position, self.reason = position, reason

    def __str__(self) -> str:
        return f"the log is broken at position {self.position}: {self.reason}"


class LogMissing(LogError):
    """The database answers but holds no log; make one with `create_log`."""


class KindFixed(LogError):
    """The log exists with another kind or id, and neither ever changes."""

    def __init__(self, asked: str, actual: str) -> None:
        super().__init__(asked, actual)
        self.asked, self.actual = asked, actual

    def __str__(self) -> str:
        return f"the log is {self.actual}, it can't become {self.asked}"


class NotADemo(LogError):
    """The clock of a real log is the database's and can't be moved."""


class UnfitDatabase(LogError):
    """The database's settings would break a promise of the log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _hex(leaf_hash: bytes | None) -> str:
    return leaf_hash.hex()[:16] if leaf_hash else "none"
