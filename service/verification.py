"""The auditor's check: fold the whole log anew, compare every read model with it, and hash every file again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Dialect, Engine, Table, literal, select, tuple_, type_coerce
from sqlalchemy.types import NullType, TypeEngine

from events.engine import answering
from events.errors import BrokenLog
from events.subscriptions import Checkpoint, read_checkpoint
from service import evidence
from service.checked_log import CheckedLog, Progress
from service.errors import Unavailable
from service.external_ids import called_elsewhere, external_id_table
from service.read_models.model import History, Key, Model, Row, key_of
from service.read_models.projection import MODELS
from service.references import reference_table
from service.runtime import Runtime

FILE = "file"
"""What a finding about a file names in place of a table."""
TRIES = 200
PAGE = 2_000
"""Rows a statement: no read lasts so long that SQLite's write-ahead log grows under it."""


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
    files       how many files were read and hashed again
    """

    events: int
    checkpoints: dict[str, int]
    rows: int
    findings: tuple[Finding, ...]
    broken: str | None = None
    files: int = 0

    @property
    def agrees(self) -> bool:
        """Whether the log is whole, every read model is its fold, and every file is the one that was brought."""
        return not self.findings and self.broken is None


def verify(
    runtime: Runtime, *, progress: Progress = lambda _: None, models: Sequence[Model] = MODELS, page: int = PAGE
) -> Report:
    """Refold the whole log and compare, and hash every file again; workers may write meanwhile.

    page     how many rows of a read model are read at once
    cost     reads the log once, in pages, every read-model table and every file; memory holds every commitment's facts
    returns  a report; a log that isn't dense or whose hashes don't fit is `broken`, and nothing is compared then
    raises   Unavailable where a read model is written so often that it can't be read at one position
    """
    log = CheckedLog(runtime.store, progress)
    checkpoints: dict[str, int] = {}
    findings: list[Finding] = []
    rows = 0
    try:
        log.read_to_head()
        for model in models:
            checkpoints[model.name], tables = _at_one_position(runtime.engine, model, page)
            wanted = _wanted(model, log.histories_at(checkpoints[model.name]))
            for table, found in tables.items():
                rows += len(wanted[table])
                findings += _compare(table, wanted[table], found)
    except BrokenLog as error:
        return Report(0, {}, 0, (), str(error))
    findings += _names(runtime.engine, log.histories_at(log.position), page)
    files = sorted(log.files | set(evidence.digests(runtime.engine)))
    findings += _files(runtime.config.evidence_dir, files)
    return Report(log.position, checkpoints, rows, tuple(findings), files=len(files))


def _names(engine: Engine, histories: Iterable[History], page: int) -> Iterator[Finding]:
    """Commitments that their reference or another system's id no longer leads to."""
    states = [history.state for history in histories]
    references: dict[Key, str] = {(state.drafted.reference,): state.id for state in states}
    yield from _led_elsewhere(reference_table, "commitment", references, _rows_of(engine, reference_table, page))
    called: dict[Key, str] = {external.key: target for state in states for external, target in called_elsewhere(state)}
    yield from _led_elsewhere(external_id_table, "target", called, _rows_of(engine, external_id_table, page))


def _led_elsewhere(table: Table, column: str, wanted: Mapping[Key, str], found: Mapping[Key, Row]) -> Iterator[Finding]:
    for key, target in wanted.items():
        if key not in found:
            yield Finding(table.name, key, "missing")
        elif found[key][column] != target:
            yield Finding(table.name, key, "differs", column, target, str(found[key][column]))


def _files(root: Path, digests: Iterable[str]) -> Iterator[Finding]:
    """Those that are gone, or no longer what their digest says."""
    for digest in digests:
        kept = evidence.kept_under(root, digest)
        if kept is None:
            yield Finding(FILE, (digest,), "missing")
        elif kept != digest:
            yield Finding(FILE, (digest,), "differs", "content", digest, kept)


def _at_one_position(engine: Engine, model: Model, page: int) -> tuple[int, dict[Table, dict[Key, Row]]]:
    """A read model's rows as of one checkpoint: read again if a worker moved it meanwhile, on whichever page."""
    for _ in range(TRIES):
        before = _checkpoint(engine, model)
        tables = {table: _rows_of(engine, table, page) for table in model.tables}
        if before == _checkpoint(engine, model):
            return before.position if before else 0, tables
    raise Unavailable("busy", 5)


def _checkpoint(engine: Engine, model: Model) -> Checkpoint | None:
    with answering(), engine.connect() as connection:
        return read_checkpoint(connection, model.name, model.version)


def _rows_of(engine: Engine, table: Table, page: int) -> dict[Key, Row]:
    """Every row by its key; a value that is none of its column's kind, as SQLite may keep one, stays as it is."""
    readers = {column.name: _reader(column.type, engine.dialect) for column in table.columns}
    rows = ({name: readers[name](value) for name, value in row.items()} for row in _pages(engine, table, page))
    return {key_of(table, row): row for row in rows}


def _pages(engine: Engine, table: Table, page: int) -> Iterator[Row]:
    """Every row as the driver gives it, in the order of its key, each page in a transaction of its own."""
    raw = {column: type_coerce(column, NullType()) for column in table.columns}
    key = [raw[column] for column in table.primary_key.columns]
    statement = select(*(value.label(column.name) for column, value in raw.items())).order_by(*key).limit(page)
    after = statement
    while True:
        with answering(), engine.connect() as connection:
            rows = [{str(name): value for name, value in row.items()} for row in connection.execute(after).mappings()]
        yield from rows
        if len(rows) < page:
            return
        last = (literal(value, NullType()) for value in key_of(table, rows[-1]))
        after = statement.where(tuple_(*key) > tuple_(*last))


def _reader(kind: TypeEngine[object], dialect: Dialect) -> Callable[[object], object]:
    process = kind.dialect_impl(dialect).result_processor(dialect, None)

    def read(value: object) -> object:
        try:
            return value if process is None else process(value)
        except (ValueError, TypeError):
            return value

    return read


def _wanted(model: Model, histories: Iterable[History]) -> dict[Table, dict[Key, Row]]:
    wanted: dict[Table, dict[Key, Row]] = {table: {} for table in model.tables}
    for history in histories:
        for table, rows in model.rows(history).items():
            wanted[table] |= {key_of(table, row): row for row in rows}
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
