"""kawal as it runs: a prepared log under `kawal up`, and HTTP as programs speak it."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import text

from events.engine import truncate_wal, write_transaction
from service import catalog
from service.dispatch import Caller
from service.migrations.schema import whole_metadata
from service.migrations.upgrade import alembic_config
from service.process import LockFile, is_running
from service.runtime import Runtime
from tests.support.api_world import ApiWorld, api_world, draft_body
from tests.support.processes import Up, eventually, run_kawal
from tests.support.valkey import config_for
from tests.support.world import COORDINATOR, OPENED, SUBJECTS
from workflows.commands import OpenProgramme
from workflows.context import Acting

CROWDED = "beban-2022"
"""A second programme with a subject for every commitment that a test wants to draft."""
MANY = 150
SLOWEST_S = 20.0
_BUSY = text(
    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'kawal' AND datname = current_database()"
    " AND state <> 'idle' AND pid <> pg_backend_pid()"
)
_AWAY = (OSError, http.client.HTTPException)


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP answer. took_s: from the first byte sent to the last one read"""

    status: int
    headers: Mapping[str, str]
    body: bytes
    took_s: float

    @property
    def json(self) -> dict[str, Any]:
        """The body, which is JSON."""
        read: dict[str, Any] = json.loads(self.body)
        return read

    @property
    def code(self) -> str:
        """The problem's code, of an answer that must be one."""
        assert self.headers["content-type"] == "application/problem+json", (self.status, self.body[:500])
        problem = self.json
        assert problem["status"] == self.status, problem
        assert problem["type"] == f"/problems/{problem['code']}", problem
        assert problem["title"], problem
        return str(problem["code"])


@dataclass(slots=True)
class Wire:
    """Speaks HTTP to one port as the offices' programs do, a connection a request."""

    port: int
    tokens: Mapping[str, str]
    language: str = "en"

    def send(
        self,
        method: str,
        path: str,
        office: str | None = None,
        *,
        body: object = None,
        headers: Mapping[str, str] | None = None,
        timeout_s: float = SLOWEST_S,
    ) -> Answer:
        """One request; raises OSError or HTTPException where no whole answer came.

        path  below /api/v1, unless no office asks
        body  bytes as they are, anything else as JSON
        """
        wanted = {"Accept-Language": self.language, **(self.bearer(office) if office else {})}
        content: bytes | None = None
        if isinstance(body, bytes):
            content = body
        elif body is not None:
            content = json.dumps(body).encode()
            wanted["Content-Type"] = "application/json"
        begun = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout_s)
        try:
            connection.request(method, f"/api/v1{path}" if office else path, content, {**wanted, **(headers or {})})
            response = connection.getresponse()
            read = response.read()
            return Answer(response.status, _headers(response), read, time.monotonic() - begun)
        finally:
            connection.close()

    def raw(self, head: Sequence[str], body: bytes | Iterable[bytes] = b"", *, timeout_s: float = SLOWEST_S) -> Answer:
        """Whatever bytes one likes: lines of a head, and a body in one or several pieces."""
        with self.opened("\r\n".join((*head, "", "")).encode("latin-1"), timeout_s=timeout_s) as connection:
            with suppress(ConnectionError):  # answered before all of it was sent
                for piece in (body,) if isinstance(body, bytes) else body:
                    connection.sendall(piece)
            answer = self.answer_on(connection)
        assert answer is not None, "closed without an answer"
        return answer

    def opened(self, begin: bytes, *, timeout_s: float = SLOWEST_S) -> socket.socket:
        """A connection on which a request has begun."""
        connection = socket.create_connection(("127.0.0.1", self.port), timeout_s)
        connection.sendall(begin)
        return connection

    def answer_on(self, connection: socket.socket) -> Answer | None:
        """What the server says on a connection; None where it closes it without a word."""
        begun = time.monotonic()
        response = http.client.HTTPResponse(connection)
        try:
            response.begin()
            read = response.read()
        except (ConnectionError, http.client.BadStatusLine):
            return None
        return Answer(response.status, _headers(response), read, time.monotonic() - begun)

    def get(self, office: str, path: str, **headers: str) -> Answer:
        """Read as an office."""
        return self.send("GET", path, office, headers=_named(headers))

    def post(
        self,
        office: str,
        path: str,
        body: Mapping[str, Any] | None = None,
        *,
        key: str | None = None,
        etag: str | None = None,
        timeout_s: float = SLOWEST_S,
    ) -> Answer:
        """Ask for something as an office, once."""
        headers = {"Idempotency-Key": key or new_key()} | ({"If-Match": etag} if etag else {})
        return self.send("POST", path, office, body=dict(body or {}), headers=headers, timeout_s=timeout_s)

    def upload(
        self, office: str, content: bytes, name: str = "sk.pdf", *, key: str | None = None, timeout_s: float = SLOWEST_S
    ) -> Answer:
        """Bring a file as an office."""
        boundary = secrets.token_hex(16)
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{quoted}"\r\n'
        form = (
            f"{head}Content-Type: application/octet-stream\r\n\r\n".encode()
            + content
            + f"\r\n--{boundary}--\r\n".encode()
        )
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "Idempotency-Key": key or new_key()}
        return self.send("POST", "/evidence", office, body=form, headers=headers, timeout_s=timeout_s)

    def bearer(self, office: str) -> dict[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.tokens[office]}"}

    def ready(self) -> dict[str, Any]:
        """What /readyz says; empty while nobody answers."""
        try:
            return self.send("GET", "/readyz").json
        except _AWAY:
            return {}

    def is_caught_up(self) -> bool:
        """Whether every read model stands at the log's head."""
        found = self.ready()
        return bool(found.get("lag")) and set(found["lag"].values()) == {0}


@dataclass(slots=True)
class Live:
    """A running `kawal up` on a prepared log, the wire to it, and the log for the test's own eyes.

    commitment  one in replication, whose PIC may claim
    begins_at   the log's last position before anything ran
    """

    up: Up
    wire: Wire
    runtime: Runtime
    commitment: str
    begins_at: int
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def data_dir(self) -> Path:
        """The data directory."""
        return self.up.data_dir

    def operations(self, part: str) -> dict[str, list[int]]:
        """The positions of every operation's receipt whose key holds `part`."""
        found: dict[str, list[int]] = {}
        after = 0
        while page := self.runtime.store.read_all(after):
            for event in page:
                if event.request_hash is not None and part in event.operation:
                    found.setdefault(event.operation, []).append(event.position)
            after = page[-1].position
        return found

    def position(self) -> int:
        """The log's last position."""
        head = self.runtime.store.log_head()
        return 0 if head is None else head.position

    def caught_up(self, within_s: float = 30.0) -> None:
        """Return once every read model stands at the log's head."""
        eventually(self.wire.is_caught_up, within_s, f"views at the head: {self.wire.ready()}")

    @contextmanager
    def paused(self, name: str) -> Iterator[None]:
        """Stop a process between two of its writes for the length of the block; it goes on afterwards."""
        pid = eventually(lambda: self._living(name), 30, f"a living {name}")
        eventually(lambda: self._stop_between_writes(pid), 20, f"{name} between two writes")
        try:
            yield
        finally:
            os.kill(pid, signal.SIGCONT)

    def _living(self, name: str) -> int | None:
        pid = self.up.pid(name)
        return pid if pid > 0 and is_running(pid) else None

    def _stop_between_writes(self, pid: int) -> bool:
        os.kill(pid, signal.SIGSTOP)
        if not self._is_being_written():
            return True
        os.kill(pid, signal.SIGCONT)
        return False

    def _is_being_written(self) -> bool:
        if self.runtime.engine.dialect.name == "sqlite":
            return LockFile(self.data_dir / "kawal.db.lock").holder() is not None
        with self.runtime.engine.connect() as connection:
            return bool(connection.execute(_BUSY).scalar_one())

    def verify(self) -> dict[str, Any]:
        """What `kawal verify` reports; it must agree."""
        done = run_kawal(["verify", "--json"], data_dir=self.data_dir, env=self.env)
        assert done.returncode == 0, done.stdout + done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        assert report["agrees"], report
        return report


@dataclass(frozen=True, slots=True)
class Prepared:
    """A log in a folder, ready to be run. commitment: one in replication, whose PIC may claim"""

    data_dir: Path
    tokens: Mapping[str, str]
    commitment: str

    def copied(self, folder: Path) -> Path:
        """The data directory again, in a folder of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(self.data_dir / "kawal.db", folder / "kawal.db")
        shutil.copytree(self.data_dir / "evidence", folder / "evidence")
        return folder


@contextmanager
def running(
    data_dir: Path, log: Prepared, *, env: Mapping[str, str] | None = None, arguments: Sequence[str] = ()
) -> Iterator[Live]:
    """Run `kawal up` on a prepared log until the end of the block.

    data_dir  where the log, or its copy, is
    """
    settings = dict(env or {})
    runtime = Runtime(config_for(data_dir, **settings))
    head = runtime.store.log_head()
    assert head is not None, "the log is prepared"
    try:
        with Up(data_dir, env=settings, arguments=arguments) as up:
            yield Live(up.wait_ready(), Wire(up.port, log.tokens), runtime, log.commitment, head.position, settings)
    finally:
        runtime.close()


def prepared(folder: Path, *, database_url: str | None = None) -> ApiWorld:
    """The small world in a log that `kawal up` takes as it is, with a crowded second programme.

    database_url  None: SQLite in the folder
    """
    whole_metadata()
    world = api_world(folder, database_url=database_url, hold_s=0)
    with write_transaction(world.runtime.engine) as connection:
        command.stamp(alembic_config(connection), "head")
    subjects = tuple(replace(SUBJECTS[0], subject=subject_name(number)) for number in range(MANY))
    coordinator = Caller(Acting(COORDINATOR, world.persons[COORDINATOR]), "cli:test")
    opened = replace(OPENED, programme=CROWDED, subjects=subjects)
    world.tell(catalog.programme_stream(CROWDED), OpenProgramme(opened), by=coordinator)
    return world


def at_rest(world: ApiWorld) -> None:
    """Close what a test has prepared, everything in its file."""
    truncate_wal(world.runtime.engine)
    world.runtime.close()


def crowded_draft(number: int) -> dict[str, Any]:
    """The draft of the crowded programme's commitment with that number."""
    return draft_body(programme=CROWDED, subject=subject_name(number))


def subject_name(number: int) -> str:
    """A subject of the crowded programme."""
    return f"pokok-{number}"


def new_key() -> str:
    """A fresh Idempotency-Key."""
    return f"k-{secrets.token_hex(8)}"


def _headers(response: http.client.HTTPResponse) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in response.getheaders():
        found[name.lower()] = f"{found[name.lower()]}, {value}" if name.lower() in found else value
    return found


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
