"""Fresh real databases for tests, on both engines: SQLite in a file, PostgreSQL on the tests' server."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from tests.support.postgres import server_url

ENGINES = ("sqlite", "postgresql")


@contextmanager
def fresh_database(engine: str, directory: Path) -> Iterator[str]:
    """The URL of an empty database that is gone afterwards.

    engine     one of ENGINES; PostgreSQL that can't be started is an error, never a skip
    directory  where SQLite's file stands
    """
    if engine == "sqlite":
        yield f"sqlite:///{directory / 'kawal.db'}"
        return
    name = f"kawal_{secrets.token_hex(6)}"
    _administer(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield make_url(server_url()).set(database=name).render_as_string(hide_password=False)
    finally:
        _administer(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _administer(statement: sql.Composed) -> None:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(statement)
