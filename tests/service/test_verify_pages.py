"""The auditor's check reads each table in pages by its key: none is lost between two, and no read lasts long."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, event, select

from events.engine import write_transaction
from service.read_models.model import key_of
from service.read_models.own_fields import commitment_field_table
from service.read_models.projection import MODELS
from service.runtime import Runtime
from service.verification import verify
from tests.support.databases import ENGINES
from tests.support.played import copied, copied_files, opened, restored

TABLES = tuple(table for model in MODELS for table in model.tables)
PAGE = 7


@pytest.fixture(params=ENGINES)
def runtime(request: pytest.FixtureRequest, played: Path, tmp_path: Path) -> Iterator[Runtime]:
    if request.param == "sqlite":
        with opened(copied(played, tmp_path)) as found:
            yield found
        return
    url = request.getfixturevalue("postgres_url")
    restored(played, url)
    copied_files(played, tmp_path)
    with opened(tmp_path, url) as found:
        yield found


def test_pages_hold_every_row_once(runtime: Runtime) -> None:
    at_once = verify(runtime, page=1_000_000)
    assert at_once.rows > 100 * PAGE
    for page in (1, PAGE, at_once.rows):
        assert verify(runtime, page=page) == at_once
    assert at_once.agrees


def test_a_row_that_is_gone_is_named_on_whichever_page_it_was(runtime: Runtime) -> None:
    gone = {}
    with write_transaction(runtime.engine) as connection:
        for table in TABLES:
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
            if table is commitment_field_table:
                # The story's workflow has no fields of its own.
                assert rows == []
                continue
            for row in (rows[0], rows[PAGE - 1], rows[PAGE], rows[-1]):
                key = key_of(table, row)
                gone[table.name, key] = "missing"
                named = zip(table.primary_key.columns, key, strict=True)
                connection.execute(delete(table).where(*(column == value for column, value in named)))
    found = verify(runtime, page=PAGE).findings
    assert {(one.table, one.key): one.what for one in found} == gone


def test_each_page_is_a_transaction_of_its_own(runtime: Runtime) -> None:
    statements: list[int] = []

    def begun(_connection: Connection) -> None:
        statements.append(0)

    def executed(_connection: Connection, _cursor: object, sql: str, *_rest: object) -> None:
        assert sql.count("LIMIT") == 1 or not any(f"FROM {table.name}" in sql for table in TABLES)
        statements[-1] += 1

    event.listen(runtime.engine, "begin", begun)
    event.listen(runtime.engine, "before_cursor_execute", executed)
    report = verify(runtime, page=PAGE)
    assert len(statements) > report.rows / PAGE
    assert max(statements) == 1
