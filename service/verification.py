"""The auditor's check: fold the whole log anew and compare every read model with it, by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
from sqlalchemy import Table, select

from events.envelope import Event, Json, rfc3339
from events.errors import BrokenLog, LogError
from events.subscriptions import read_checkpoint
from service.catalog import recorded
from service.read_models.histories import by_commitment
from service.read_models.model import History, Key, Model, Row, key_of
from service.read_models.projection import MODELS
from service.runtime import Runtime
from workflows.commitment import Recorded, replay
from workflows.facts import BASIS

PAGE = 2_000

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a table and the log disagree.

    what      missing (the log has it), extra (the log hasn't) or differs
    column    None for a whole row
    expected, found   as text; None where there is none
    """

    table: str
    key: Key
    what: str
    column: str | None = None
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found.

    events      how many were read and hashed again
    checkpoints how far each read model has come, by its name
    rows        how many rows were compared
    """

    events: int
    checkpoints: dict[str, int]
    rows: int
    findings: tuple[Finding, ...]
    broken: str | None = None

    @property
    def agrees(self) -> bool:
        """Whether the log is whole and every read model is its fold."""
        return not self.findings and self.broken is None


def verify(runtime: Runtime, *, progress: Progress = lambda _: None, models: Sequence[Model] = MODELS) -> Report:
    """Refold the whole log and compare.

    cost     reads the log once, in pages, and every read-model table; memory holds every commitment's facts
    returns  a report; a log that isn't dense or whose hashes don't fit is `broken`, and nothing is compared then
    """
    try:
        histories, read = _read_log(runtime, progress)
    except BrokenLog as error:
        return Report(0, {}, 0, (), str(error))
    checkpoints: dict[str, int] = {}
    findings: list[Finding] = []
    rows = 0
    for model in models:
        with runtime.engine.connect() as connection:
            checkpoint = read_checkpoint(connection, model.name, model.version)
            checkpoints[model.name] = checkpoint.position if checkpoint else 0
            for table in model.tables:
                found = {key_of(table, dict(row)): dict(row) for row in connection.execute(select(table)).mappings()}
                wanted = _wanted(model, table, histories, checkpoints[model.name])
                rows += len(wanted)
                findings += _compare(table, wanted, found)
    return Report(read, checkpoints, rows, tuple(findings))


def _read_log(runtime: Runtime, progress: Progress) -> tuple[dict[str, list[Recorded]], int]:
    histories: dict[str, list[Recorded]] = {}
    chain = _Chain(runtime.store.log_id)
    read = 0
    while page := runtime.store.read_all(after=read, limit=PAGE):
        for event in page:
            chain.add(event)
        for stream, events in by_commitment(page).items():
            histories.setdefault(stream, []).extend(_recorded(event) for event in events)
        read = page[-1].position
        progress(len(page))
    return histories, read


class _Chain:
    """A row's columns must say what its bytes say, and the bytes must name their forerunner in a growing log."""

    def __init__(self, log_id: str) -> None:
        self._source = f"urn:kawal:{log_id}"
        self._last_leaf: dict[str, bytes] = {}
        self._known_at: datetime | None = None

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


def _wanted(model: Model, table: Table, histories: dict[str, list[Recorded]], position: int) -> dict[Key, Row]:
    wanted: dict[Key, Row] = {}
    for events in histories.values():
        prefix = [event for event in events if event.position <= position]
        state = replay(prefix)
        if state is not None:
            rows = model.rows(History(prefix, state)).get(table, [])
            wanted |= {key_of(table, row): row for row in rows}
    return wanted


def _compare(table: Table, wanted: dict[Key, Row], found: dict[Key, Row]) -> Iterator[Finding]:
    missing = {key: row for key, row in wanted.items() if key not in found}
    extra = {key: row for key, row in found.items() if key not in wanted}
    renamed = _renamed(table, missing, extra)
    for key in sorted(wanted.keys() | (extra.keys() - set(renamed.values())), key=repr):
        if key in extra:
            yield Finding(table.name, key, "extra")
        elif key in missing and key not in renamed:
            yield Finding(table.name, key, "missing")
        else:
            yield from _columns(table, key, wanted[key], found[renamed.get(key, key)])


def _renamed(table: Table, missing: dict[Key, Row], extra: dict[Key, Row]) -> dict[Key, Key]:
    """Rows that differ in one column of their key alone: the key that the log gives, and the one in the table."""
    waiting: dict[Key, list[Key]] = {}
    for key, row in missing.items():
        for rest in _but_one(table, row):
            waiting.setdefault(rest, []).append(key)
    found: dict[Key, Key] = {}
    for key, row in extra.items():
        alike = (wanted for rest in _but_one(table, row) for wanted in waiting.get(rest, ()) if wanted not in found)
        if (wanted := next(alike, None)) is not None:
            found[wanted] = key
    return found


def _but_one(table: Table, row: Row) -> Iterator[Key]:
    for left_out in table.primary_key.columns:
        yield (left_out.name, *(row[column.name] for column in table.columns if column is not left_out))


def _columns(table: Table, key: Key, wanted: Row, found: Row) -> Iterator[Finding]:
    for column in table.columns:
        expected, read = wanted[column.name], found[column.name]
        if expected != read:
            yield Finding(table.name, key, "differs", column.name, str(expected), str(read))
