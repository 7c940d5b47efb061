"""Where a stream or the log stands: a number and the hash that makes the number mean one content."""

import re
from dataclasses import dataclass
from datetime import datetime

_ETAG = re.compile(r'"(\d{1,18})-([0-9a-f]{16})"')


@dataclass(frozen=True, slots=True)
class Head:
    """Names one exact content of a stream: its last version and that event's leaf hash.

    A version alone may come back with other content after a crash, so conditions compare both.
    """

    version: int
    leaf_hash: bytes


EMPTY = Head(0, b"")


@dataclass(frozen=True, slots=True)
class LogHead:
    """Names one exact prefix of the log: its last position, that event's leaf hash, and what it knew until when."""

    position: int
    leaf_hash: bytes
    known_at: datetime


def etag(head: Head) -> str:
    """Give the strong entity tag of a stream's head: `"<version>-<first 16 hex of the leaf hash>"`, quotes included."""
    return f'"{head.version}-{(head.leaf_hash.hex() or "0" * 16)[:16]}"'


def parse_etag(text: str) -> tuple[int, str] | None:
    """Read back what `etag` wrote, as (version, 16 hex); None for anything else, weak tags included."""
    found = _ETAG.fullmatch(text.strip())
    return (int(found[1]), found[2]) if found else None
