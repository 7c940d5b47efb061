"""The log read with an auditor's eyes: every hash computed again, every column held against the bytes beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from hashlib import sha256

import msgspec

from events.envelope import Event, Json, rfc3339
from events.errors import BrokenLog, LogError
from events.reader import Reader
from service.catalog import recorded
from service.read_models.histories import by_commitment
from service.read_models.model import History
from workflows.commitment import Recorded, replay
from workflows.facts import BASIS, Evidence

PAGE = 2_000
_FILE = frozenset(field.name for field in fields(Evidence))

Progress = Callable[[int], None]


class CheckedLog:
    """Every commitment's facts, read once and checked on the way; every method may raise BrokenLog.

    position  of the last event read
    """

    def __init__(self, reader: Reader, progress: Progress = lambda _: None) -> None:
        self.position = 0
        self._reader = reader
        self._progress = progress
        self._chain = _Chain(reader.log_id)
        self._facts: dict[str, list[Recorded]] = {}
        self._folded: tuple[int, list[History]] = (0, [])

    @property
    def files(self) -> frozenset[str]:
        """The digests of all files that events name."""
        return frozenset(self._chain.files)

    def read_to_head(self) -> None:
        """Read and check what is above `position`."""
        while page := self._reader.read_all(after=self.position, limit=PAGE):
            for event in page:
                self._chain.add(event)
            for stream, events in by_commitment(page).items():
                self._facts.setdefault(stream, []).extend(_recorded(event) for event in events)
            self.position = page[-1].position
            self._progress(len(page))

    def histories_at(self, position: int) -> list[History]:
        """Every commitment as it was at a position; models that stand at the same one share the fold."""
        if position > self.position:
            self.read_to_head()
        if self._folded[0] != position:
            prefixes = ([one for one in facts if one.position <= position] for facts in self._facts.values())
            folded = [(prefix, replay(prefix)) for prefix in prefixes]
            self._folded = (position, [History(prefix, state) for prefix, state in folded if state is not None])
        return self._folded[1]


class _Chain:
    """A row's columns must say what its bytes say, and the bytes must name their forerunner in a growing log."""

    def __init__(self, log_id: str) -> None:
        self._source = f"urn:kawal:{log_id}"
        self._last_leaf: dict[str, bytes] = {}
        self._known_at: datetime | None = None
        self.files: set[str] = set()

    def add(self, event: Event) -> None:
        """Check the next event; raises BrokenLog."""
        if sha256(b"\x00" + event.body).digest() != event.leaf_hash:
            raise BrokenLog(event.position, "the body doesn't have the leaf hash")
        body = _attributes(event)
        if body.get("prevleaf") != self._last_leaf.get(event.stream, b"").hex():
            raise BrokenLog(event.position, "the stream's event before is another")
        for name, told in self._columns(event).items():
            if body.get(name) != told:
                raise BrokenLog(event.position, f"the body says {name} {body.get(name)}, its row says {told}")
        self._check_flags(event)
        self.files.update(_files_in(body.get("data")))
        self._last_leaf[event.stream] = event.leaf_hash

    def _columns(self, event: Event) -> dict[str, object]:
        return {
            "source": self._source,
            "subject": event.stream,
            "streamversion": event.version,
            "type": event.type,
            "schemaversion": event.schema_version,
            "time": rfc3339(event.recorded_at),
            "validat": rfc3339(event.valid_at),
            "operation": event.operation,
        }

    def _check_flags(self, event: Event) -> None:
        known_at = max(event.recorded_at, self._known_at or event.recorded_at)
        if event.known_at != known_at:
            raise BrokenLog(event.position, f"known_at is {event.known_at}, the log's running maximum {known_at}")
        if event.basis != (event.type in BASIS):
            raise BrokenLog(event.position, f"{event.type} is marked as what it isn't")
        self._known_at = known_at


def _files_in(data: Json) -> Iterator[str]:
    """The digests of the files that an event's data names, however deep."""
    if isinstance(data, Mapping):
        if data.keys() >= _FILE:
            yield str(data["digest"])
        for value in data.values():
            yield from _files_in(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from _files_in(value)


def _attributes(event: Event) -> Mapping[str, Json]:
    try:
        return event.attributes
    except ValueError as error:
        raise BrokenLog(event.position, "the body is no JSON") from error


def _recorded(event: Event) -> Recorded:
    try:
        return recorded(event)
    except (LogError, msgspec.MsgspecError) as error:
        raise BrokenLog(event.position, f"no fact of this release: {error}") from error
