"""The auditor's check finds every change that was made beside the log, and names it; a rebuild heals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Connection, Table, and_, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from events.engine import write_transaction
from events.envelope import Event, canonical, leaf_hash
from events.sqlite import TRIGGERS
from events.tables import event
from service.catalog import COMMITMENT_PREFIX
from service.cli.root import kawal
from service.drain import Drain
from service.notifications.tables import delivery, notice
from service.read_models.model import Row, key_of
from service.read_models.own_fields import commitment_field_table
from service.read_models.projection import MODELS
from service.rebuilding import rebuild
from service.runtime import Runtime
from service.verification import verify
from tests.support.damaging import as_told, changed, chosen_rows
from tests.support.databases import ENGINES
from tests.support.importing import COORDINATOR, ask
from tests.support.played import NOBODY_LISTENS, a_file, copied, copied_files, opened, restored
from workflows.commands import OpenRequest
from workflows.context import Acting

TABLES = tuple(table for model in MODELS for table in model.tables)
FILLED = tuple(table for table in TABLES if table is not commitment_field_table)
"""The story's workflow has no fields of its own: that table has no row to change or to lose."""
SQLITE_OFF = tuple(f"DROP TRIGGER {name}" for name in ("event_append", "event_update", "event_delete"))


@dataclass(frozen=True)
class Log:
    """A played log that may be damaged, and what a command needs to find it."""

    runtime: Runtime
    environment: Mapping[str, str]

    def run(self, *words: str) -> Result:
        return CliRunner().invoke(kawal, words, env=dict(self.environment))

    def verify(self) -> tuple[int, dict[str, Any]]:
        result = self.run("verify", "--json")
        return result.exit_code, json.loads(result.stdout)


@pytest.fixture(scope="module", params=ENGINES)
def log(request: pytest.FixtureRequest, played: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Log]:
    folder = tmp_path_factory.mktemp("verified")
    environment = {"KAWAL_DATA_DIR": str(folder), "REDIS_URL": NOBODY_LISTENS}
    if request.param == "sqlite":
        copied(played, folder)
        with opened(folder) as runtime:
            yield Log(runtime, environment)
        return
    databases = request.getfixturevalue("postgres_databases")
    url = databases.create()
    restored(played, url)
    copied_files(played, folder)
    with opened(folder, url) as runtime:
        yield Log(runtime, environment | {"DATABASE_URL": url})
    databases.give_back(url)


@pytest.fixture
def sqlite_log(played: Path, tmp_path: Path) -> Iterator[Log]:
    with opened(copied(played, tmp_path)) as runtime:
        yield Log(runtime, {"KAWAL_DATA_DIR": str(tmp_path), "REDIS_URL": NOBODY_LISTENS})


def rows_of(runtime: Runtime, table: Table) -> list[Row]:
    with runtime.engine.connect() as connection:
        found = [dict(row) for row in connection.execute(select(table)).mappings()]
    return sorted(found, key=lambda row: repr(key_of(table, row)))


def is_row(table: Table, row: Row) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


@contextmanager
def put_back(runtime: Runtime) -> Iterator[dict[str, list[Row]]]:
    """Every read model's rows, which are what they were again afterwards."""
    views = {table.name: rows_of(runtime, table) for table in TABLES}
    try:
        yield views
    finally:
        with write_transaction(runtime.engine) as connection:
            for table in TABLES:
                connection.execute(delete(table))
                if views[table.name]:
                    connection.execute(insert(table), views[table.name])


@contextmanager
def rewritten(log: Log, found: Event, **columns: object) -> Iterator[None]:
    """The event with other values in these columns, as somebody below the triggers would leave it."""
    rewrite(log, found.position, **columns)
    try:
        yield
    finally:
        rewrite(log, found.position, **{name: getattr(found, name) for name in columns})


def test_a_log_that_nobody_touched_agrees(log: Log) -> None:
    code, report = log.verify()
    head = log.runtime.store.log_head()
    assert head is not None
    assert (code, report["agrees"], report["findings"], report["events"]) == (0, True, [], head.position)
    assert set(report["checkpoints"]) == {model.name for model in MODELS}
    assert report["rows"] == sum(len(rows_of(log.runtime, table)) for table in TABLES)


@pytest.mark.parametrize("table", FILLED, ids=lambda table: table.name)
def test_a_change_by_hand_in_any_column_is_named_by_table_key_and_column(log: Log, table: Table) -> None:
    with put_back(log.runtime) as views:
        chosen = chosen_rows(table, views[table.name])
        with write_transaction(log.runtime.engine) as connection:
            for name, row in chosen.items():
                value = changed(row[name], table.columns[name])
                connection.execute(update(table).where(is_row(table, row)).values({name: value}))
        code, report = log.verify()
    found = {(one["table"], tuple(map(str, one["key"])), one["what"], one["column"]) for one in report["findings"]}
    wanted = {(table.name, as_told(key_of(table, row)), "differs", name) for name, row in chosen.items()}
    assert {name for *_, name in found} == {column.name for column in table.columns}
    assert found == wanted
    assert code == 1
    assert not report["agrees"]


@pytest.mark.parametrize("table", FILLED, ids=lambda table: table.name)
def test_a_row_that_is_missing_and_one_too_many_are_named_by_their_keys(log: Log, table: Table) -> None:
    rows = rows_of(log.runtime, table)
    gone, copy = rows[0], dict(rows[-1])
    for column in (*table.primary_key.columns, *(column for column in table.columns if column.unique)):
        copy[column.name] = changed(copy[column.name], column)
    if len(table.primary_key.columns) == 1:
        # Or a row whose key alone is another would be told as the one that is gone.
        other = next(column for column in table.columns if not column.primary_key and not column.unique)
        copy[other.name] = changed(copy[other.name], other)
    with put_back(log.runtime):
        with write_transaction(log.runtime.engine) as connection:
            connection.execute(delete(table).where(is_row(table, gone)))
            connection.execute(insert(table).values(copy))
        code, report = log.verify()
    found = {(one["table"], tuple(map(str, one["key"])), one["what"]) for one in report["findings"]}
    assert found == {
        (table.name, as_told(key_of(table, gone)), "missing"),
        (table.name, as_told(key_of(table, copy)), "extra"),
    }
    assert code == 1


def test_a_row_too_many_is_named_in_a_table_that_has_none(log: Log) -> None:
    table = commitment_field_table
    assert rows_of(log.runtime, table) == []
    commitment = rows_of(log.runtime, TABLES[0])[0]["commitment"]
    with put_back(log.runtime):
        with write_transaction(log.runtime.engine) as connection:
            connection.execute(insert(table).values(commitment=commitment, name="letter", value="1"))
        code, report = log.verify()
    found = [(one["table"], tuple(one["key"]), one["what"]) for one in report["findings"]]
    assert (code, found) == (1, [(table.name, (commitment, "letter"), "extra")])


def test_a_value_that_is_none_of_its_columns_kind_is_named_like_any_other(sqlite_log: Log) -> None:
    with write_transaction(sqlite_log.runtime.engine) as connection:
        connection.execute(text("UPDATE obligation SET due_at = 'soon', due_on = 7"))
        connection.execute(text("UPDATE commitment SET revision = 'first', drafted_at = ''"))
        connection.execute(text("UPDATE state_true SET from_at = 'long ago' WHERE to_at IS NULL"))
    code, report = sqlite_log.verify()
    found = {(one["table"], one["what"], one["column"]) for one in report["findings"]}
    assert code == 1
    assert found == {
        ("obligation", "differs", "due_at"),
        ("obligation", "differs", "due_on"),
        ("commitment", "differs", "revision"),
        ("commitment", "differs", "drafted_at"),
        ("state_true", "differs", "from_at"),
    }


def test_people_read_the_same_names_in_a_table(log: Log) -> None:
    table = TABLES[0]
    with put_back(log.runtime) as views:
        row = views[table.name][0]
        with write_transaction(log.runtime.engine) as connection:
            connection.execute(update(table).where(is_row(table, row)).values(state="cancelled"))
        shown = log.run("verify")
    named = f"{table.name} {row['commitment']}: state is cancelled, by the log {row['state']}\n"
    assert (shown.exit_code, named in shown.stdout) == (1, True)
    assert "All read models and files agree" in log.run("verify").stdout


def test_a_read_model_that_lags_is_compared_where_it_stands(sqlite_log: Log) -> None:
    runtime = sqlite_log.runtime
    before = told(runtime)[2]
    reference = next(row for row in rows_of(runtime, TABLES[0]) if row["party"] == "61.05")
    holder = runtime.basis(fresh=True).directory.holders(COORDINATOR, runtime.now().date())[0]
    stream = f"{COMMITMENT_PREFIX}{reference['commitment']}"
    why = OpenRequest("cancel", "digabung", "Digabung dengan program lain.", a_file(runtime))
    ask(runtime, why, stream, by=Acting(COORDINATOR, holder.person, holder.capacity))
    behind = verify(runtime)
    assert behind.agrees
    assert set(behind.checkpoints.values()) == {before}
    assert behind.events > before
    Drain(runtime).run()
    assert verify(runtime).agrees
    assert set(verify(runtime).checkpoints.values()) == {behind.events}


@contextmanager
def unguarded(log: Log) -> Iterator[Connection]:
    """A connection below the triggers that keep the log as it is; they are back afterwards."""
    is_sqlite = log.runtime.engine.dialect.name == "sqlite"
    off = SQLITE_OFF if is_sqlite else ("ALTER TABLE event DISABLE TRIGGER event_immutable",)
    on = TRIGGERS if is_sqlite else ("ALTER TABLE event ENABLE ALWAYS TRIGGER event_immutable",)
    with write_transaction(log.runtime.engine) as connection:
        for statement in off:
            connection.execute(text(statement))
        yield connection
        for statement in on:
            connection.execute(text(statement))


def rewrite(log: Log, position: int, **columns: object) -> None:
    with unguarded(log) as connection:
        connection.execute(update(event).where(event.c.position == position).values(columns))


def middle_and_last(runtime: Runtime) -> tuple[Event, Event]:
    """An event in the middle of a commitment's stream, and that stream's last."""
    stream = max(
        (runtime.store.read_stream(name) for name in runtime.store.streams(COMMITMENT_PREFIX)),
        key=len,
    )
    return stream[len(stream) // 2], stream[-1]


def forged(found: Event) -> dict[str, object]:
    """The event with another office in its body, and a leaf hash that fits."""
    body = canonical({**found.attributes, "office": "61.72.sekda"})
    return {"body": body, "leaf_hash": leaf_hash(body)}


REFUSED = {
    "sqlite": (
        "UPDATE event SET body = body WHERE position = 400",
        "DELETE FROM event WHERE position = 400",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE position = 400",
    ),
    "postgresql": (
        "UPDATE event SET body = body WHERE position = 400",
        "DELETE FROM event WHERE position = 400",
        "TRUNCATE event",
    ),
}


def test_the_database_itself_refuses_to_change_an_event(log: Log) -> None:
    for statement in REFUSED[log.runtime.engine.dialect.name]:
        with pytest.raises(IntegrityError, match="the log only grows"), write_transaction(log.runtime.engine) as hand:
            hand.execute(text(statement))
    assert log.verify()[0] == 0


BROKEN_BY = {
    "body": "the body doesn't have the leaf hash",
    "leaf_hash": "the body doesn't have the leaf hash",
    "type": "the body says type",
    "schema_version": "the body says schemaversion",
    "recorded_at": "the body says time",
    "valid_at": "the body says validat",
    "operation": "the body says operation",
    "known_at": "the log's running maximum",
    "basis": "is marked as what it isn't",
}


@pytest.mark.parametrize("name", BROKEN_BY)
def test_an_event_changed_below_the_triggers_breaks_the_log_and_is_named(log: Log, name: str) -> None:
    found, _ = middle_and_last(log.runtime)
    value = getattr(found, name)
    changed_to = bytes([*value[:-1], value[-1] ^ 1]) if isinstance(value, bytes) else changed(value, event.c[name])
    if name == "schema_version":
        changed_to = 2
    with rewritten(log, found, **{name: changed_to}):
        code, report = log.verify()
        shown = log.run("verify")
    assert code == shown.exit_code == 1
    assert f"position {found.position}: " in report["broken"]
    assert BROKEN_BY[name] in report["broken"]
    assert report["broken"] in shown.stdout
    assert log.verify()[0] == 0


def test_an_event_forged_with_a_hash_that_fits_is_given_away_by_the_next(log: Log) -> None:
    found, _ = middle_and_last(log.runtime)
    with rewritten(log, found, **forged(found)):
        code, report = log.verify()
    after = log.runtime.store.read_stream(found.stream, found.version, limit=1)[0]
    assert code == 1
    assert f"position {after.position}: the stream's event before is another" in report["broken"]


def test_a_streams_last_event_forged_with_a_hash_that_fits_differs_from_what_was_shown(log: Log) -> None:
    _, found = middle_and_last(log.runtime)
    with rewritten(log, found, **forged(found)):
        code, report = log.verify()
    assert code == 1
    assert [(one["table"], one["column"], one["expected"]) for one in report["findings"]] == [
        ("story", "office", "61.72.sekda")
    ]


def test_an_event_cut_out_of_the_log_is_missed(sqlite_log: Log) -> None:
    with unguarded(sqlite_log) as connection:
        connection.execute(delete(event).where(event.c.position == 500))
    code, report = sqlite_log.verify()
    assert code == 1
    assert report["broken"] == "the log is broken at position 500: the event is missing"


def test_a_log_cut_short_is_behind_its_read_models(sqlite_log: Log) -> None:
    head = sqlite_log.runtime.store.log_head()
    assert head is not None
    with unguarded(sqlite_log) as connection:
        connection.execute(delete(event).where(event.c.position == head.position))
    code, report = sqlite_log.verify()
    assert code == 1
    assert ("story", "extra") in {(one["table"], one["what"]) for one in report["findings"]}


def damage(runtime: Runtime) -> None:
    """Lose half of every read model and spoil the rest."""
    with write_transaction(runtime.engine) as connection:
        for table in TABLES:
            keys = [row.commitment for row in connection.execute(select(table.c.commitment).distinct())]
            connection.execute(delete(table).where(table.c.commitment.in_(keys[::2])))
        connection.execute(update(TABLES[0]).values(state="completed"))


def told(runtime: Runtime) -> tuple[int, int, int]:
    """How many notices, deliveries and events there are."""
    with runtime.engine.connect() as connection:
        notices = connection.execute(select(func.count()).select_from(notice)).scalar_one()
        deliveries = connection.execute(select(func.count()).select_from(delivery)).scalar_one()
    head = runtime.store.log_head()
    assert head is not None
    return notices, deliveries, head.position


def test_a_rebuild_heals_every_read_model_and_repeats_no_notice_and_no_escalation(log: Log) -> None:
    before = told(log.runtime)
    with put_back(log.runtime) as views:
        damage(log.runtime)
        assert log.verify()[0] == 1
        done = log.run("rebuild")
        assert done.exit_code == 0
        assert f"built from {before[2]} events" in done.stdout
        assert log.verify()[0] == 0
        assert {table.name: rows_of(log.runtime, table) for table in TABLES} == views
    hands = Drain(log.runtime)
    assert hands.catch_up() + hands.tick() == 0
    assert told(log.runtime) == before


def test_one_read_model_is_built_anew_and_the_others_are_left_alone(log: Log) -> None:
    with put_back(log.runtime):
        damage(log.runtime)
        assert log.run("rebuild", "inbox").exit_code == 0
        _, report = log.verify()
    assert {one["table"] for one in report["findings"]} == {table.name for table in FILLED} - {"inbox"}
    assert log.verify()[0] == 0


def test_a_rebuild_says_how_far_it_has_read(log: Log) -> None:
    read: list[int] = []
    assert rebuild(log.runtime, progress=read.append) == sum(read) == told(log.runtime)[2]
    assert log.run("rebuild", "nonsense").exit_code == 2
