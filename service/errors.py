"""What the service can answer beside the domain's refusals.

ServiceError
|- StaleVersion      the caller's ETag is not the stream's any more
|- KeyTaken          the idempotency key was used for another request
|- Unavailable       nothing is known to have been written; the same request may be sent again
|- NotFound          no such commitment, request, sheet or file, or none that the caller may see
"""

from __future__ import annotations


class ServiceError(Exception):
    """Every error that the service raises on purpose."""


class StaleVersion(ServiceError):
    """What the caller saw has moved on; nothing was written. etag is the one in force."""

    def __init__(self, etag: str) -> None:
        super().__init__(f"moved on to {etag}")
        self.etag = etag


class KeyTaken(ServiceError):
    """The operation key belongs to another request; nothing was written."""

    def __init__(self, operation: str) -> None:
        super().__init__(f"used for another request: {operation}")
        self.operation = operation


class Unavailable(ServiceError):
    """The log can't take it now; send the same request with the same key again.

    reason  a stable word: locked, away, disk_full, unknown, busy
    """

    def __init__(self, reason: str, retry_after_s: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.retry_after_s = retry_after_s


class NotFound(ServiceError):
    """There is none, or none that the caller may know of. what: commitment, request, sheet, ..."""

    def __init__(self, what: str, name: str) -> None:
        super().__init__(f"no {what} {name}")
        self.what = what
        self.name = name
