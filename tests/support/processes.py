"""A real `kawal up` for tests: separate processes, a port of its own, everything gone at the end."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from service import process

CHECKOUT = Path(__file__).resolve().parents[2]
T = TypeVar("T")


def environment(data_dir: Path, port: int, more: Mapping[str, str] | None = None) -> dict[str, str]:
    """A clean environment for a child process: nothing of the caller's settings leaks in."""
    kept = {key: os.environ[key] for key in ("HOME", "PATH", "TMPDIR") if key in os.environ}
    ours = {"KAWAL_DATA_DIR": str(data_dir), "KAWAL_PORT": str(port), "PYTHONPATH": str(CHECKOUT), "PYTHONUTF8": "1"}
    ours["KAWAL_DECISION_HOLD_S"] = "0"  # Who waits for letters here doesn't take decisions back.
    return {**kept, **ours, **(more or {})}


def free_port() -> int:
    """A port of the loopback interface that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def eventually(question: Callable[[], T | None], within_s: float = 60.0, what: str = "") -> T:
    """The first true answer to `question`; asks until the time is up, then fails with `what`."""
    until = time.monotonic() + within_s
    while True:
        answer = question()
        if answer:
            return answer
        if time.monotonic() > until:
            raise AssertionError(f"not within {within_s:g} s: {what or question}")
        time.sleep(0.05)


def children_of(pid: int) -> list[int]:
    """The living children of a process of this machine."""
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def run_kawal(
    arguments: Sequence[str],
    *,
    data_dir: Path,
    port: int = 1,
    env: Mapping[str, str] | None = None,
    timeout_s: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Run one command of `kawal` to its end, in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "service.cli", *arguments],
        env=environment(data_dir, port, env),
        cwd=data_dir.parent,
        capture_output=True,
        text=True,
        timeout=timeout_s,
        check=False,
    )


class Up:
    """A running `kawal up`; as a context manager it is stopped at the end, by force if need be."""

    def __init__(
        self,
        data_dir: Path,
        *,
        arguments: Sequence[str] = (),
        env: Mapping[str, str] | None = None,
        port: int | None = None,
    ) -> None:
        self.data_dir = data_dir
        self.port = port or free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        data_dir.mkdir(parents=True, exist_ok=True)
        self._log_path = data_dir / "up-output.txt"
        self._log = open(self._log_path, "ab")  # noqa: SIM115  (closed in stop)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "up", *arguments],
            env=environment(data_dir, self.port, env),
            cwd=data_dir,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def output(self) -> str:
        """All that it and its children printed so far."""
        return self._log_path.read_text(errors="replace")

    def wait_ready(self, within_s: float = 90.0) -> Self:
        """Return once it says that the pages answer; fail with its output if it ends or takes too long."""
        until = time.monotonic() + within_s
        while "kawal is ready" not in self.output:
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"kawal up did not get ready (code {self.process.poll()}):\n{self.output}")
            time.sleep(0.05)
        return self

    def pid(self, name: str) -> int:
        """The pid in run/NAME.pid: "up", "valkey", "web", "worker-1", "clock"; 0 when there is none."""
        try:
            return int((self.data_dir / "run" / f"{name}.pid").read_text())
        except (FileNotFoundError, ValueError):
            return 0

    def kill(self, name: str) -> int:
        """SIGKILL the named process; returns the pid that it had."""
        pid = self.pid(name)
        os.kill(pid, signal.SIGKILL)
        return pid

    def wait_replaced(self, name: str, old_pid: int, within_s: float = 60.0) -> int:
        """The pid of the process that took the place of `old_pid`."""

        def successor() -> int | None:
            pid = self.pid(name)
            return pid if pid not in (0, old_pid) and process.is_running(pid) else None

        return eventually(successor, within_s, f"a new {name} in place of {old_pid}:\n{self.output}")

    def get(self, path: str) -> int:
        """The status that a GET of `path` is answered with; 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def stop(self, within_s: float = 40.0) -> int:
        """Send SIGTERM and return the exit code; nothing of its process group survives a failure."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(within_s)
        finally:
            if self.process.poll() is None:
                self.process.kill()
                self.process.wait()
            if (valkey := self.pid("valkey")) and process.is_running(valkey):
                process.end(valkey, within_s=2.0)
            self._log.close()
