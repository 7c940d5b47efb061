"""The auditor's check: fold the whole log anew and compare every read model with it, by row and column."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import Table, select

from events.envelope import Event
from events.errors import BrokenLog
from events.subscriptions import read_checkpoint
from service.catalog import recorded
from service.read_models.histories import by_commitment
from service.read_models.model import History, Key, Model, Row, key_of
from service.read_models.projection import MODELS
from service.runtime import Runtime
from workflows.commitment import Recorded, replay

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
    last_leaf: dict[str, bytes] = {}
    read = 0
    while page := runtime.store.read_all(after=read, limit=PAGE):
        for event in page:
            _check(event, last_leaf)
        for stream, events in by_commitment(page).items():
            histories.setdefault(stream, []).extend(recorded(event) for event in events)
        read = page[-1].position
        progress(len(page))
    return histories, read


def _check(event: Event, last_leaf: dict[str, bytes]) -> None:
    """A row's columns must say what its bytes say, and the bytes must name their forerunner."""
    if sha256(b"\x00" + event.body).digest() != event.leaf_hash:
        raise BrokenLog(event.position, "the body doesn't have the leaf hash")
    body = event.attributes
    if body["prevleaf"] != last_leaf.get(event.stream, b"").hex():
        raise BrokenLog(event.position, "the stream's event before is another")
    if (body["subject"], body["streamversion"], body["type"]) != (event.stream, event.version, event.type):
        raise BrokenLog(event.position, "stream, version or type differ from the body's")
    last_leaf[event.stream] = event.leaf_hash


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
    for key in sorted(wanted.keys() | found.keys(), key=repr):
        if key not in found:
            yield Finding(table.name, key, "missing")
        elif key not in wanted:
            yield Finding(table.name, key, "extra")
        else:
            yield from _columns(table, key, wanted[key], found[key])


def _columns(table: Table, key: Key, wanted: Row, found: Row) -> Iterator[Finding]:
    for column in table.columns:
        expected, read = wanted[column.name], found[column.name]
        if expected != read:
            yield Finding(table.name, key, "differs", column.name, str(expected), str(read))
