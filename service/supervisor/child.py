"""One supervised child process: started, watched, started again when it dies, stopped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from service.supervisor.journal import Journal

_BACK_OFF_S = (0.2, 1.0, 2.0, 5.0, 10.0, 30.0)
_HEALTHY_AFTER_S = 30.0


@dataclass(frozen=True, slots=True)
class Program:
    """What to run: a command of `kawal`, and how long it may take to finish its work when asked to stop."""

    name: str
    arguments: tuple[str, ...]
    stop_within_s: float = 5.0


class Child:
    """A program of `kawal` that runs as its own process, in its own session, its output in the journal."""

    def __init__(self, program: Program, *, run_dir: Path, journal: Journal) -> None:
        self.program = program
        self._pid_file = run_dir / f"{program.name}.pid"
        self._journal = journal
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None
        self._failures = 0
        self._started_at = 0.0
        self._restart_at = 0.0
        self._is_noted = False

    @property
    def pid(self) -> int | None:
        """The pid of the process now running; None between two of them."""
        return self._process.pid if self._process is not None else None

    def start(self, now: float) -> None:
        """Start the process; its pid stands in run/NAME.pid before this returns, if the disk isn't full.

        now  seconds of the monotonic clock
        """
        self._process = subprocess.Popen(
            command_of(self.program),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops its children in order
        )
        self._started_at = now
        self._is_noted = False
        self._note_pid()
        assert self._process.stdout is not None
        self._reader = threading.Thread(target=self._forward, args=(self._process.stdout,), daemon=True)
        self._reader.start()

    def watch(self, now: float) -> None:
        """Notice that the process ended, and start it again once its back-off is over."""
        if self._process is None:
            if now >= self._restart_at:
                self._start_again(now)
            return
        code = self._process.poll()
        if code is None:
            self._note_pid()
            return
        self._failures = 0 if now - self._started_at > _HEALTHY_AFTER_S else self._failures + 1
        delay_s = _BACK_OFF_S[min(max(self._failures - 1, 0), len(_BACK_OFF_S) - 1)]
        self._journal.say("up", f"{self.program.name} {ending(code)}; starting it again in {delay_s:g} s")
        self._process = None
        self._restart_at = now + delay_s

    def _start_again(self, now: float) -> None:
        try:
            self.start(now)
        except OSError as error:
            self._journal.say("up", f"cannot start {self.program.name} ({error}); trying again")
            self._restart_at = now + _BACK_OFF_S[-1]

    def ask_to_stop(self) -> None:
        """Send SIGTERM, if there is a process."""
        self._signal(signal.SIGTERM)

    def finish(self, within_s: float) -> None:
        """Wait for the process to end, kill what is left of its group after that, and remove the pid file."""
        if self._process is not None:
            try:
                self._process.wait(max(within_s, 0.0))
            except subprocess.TimeoutExpired:
                self._journal.say("up", f"{self.program.name} did not stop in time: killed")
            self._signal(signal.SIGKILL)
            self._process.wait()
            self._process = None
        if self._reader is not None:
            self._reader.join(1.0)  # its last words belong in the journal
        self._pid_file.unlink(missing_ok=True)

    def _note_pid(self) -> None:
        """A full disk is no reason to end what runs on it: the pid is noted once there is room."""
        if self._is_noted or self._process is None:
            return
        try:
            write_pid(self._pid_file, self._process.pid)
            self._is_noted = True
        except OSError:
            self._pid_file.unlink(missing_ok=True)

    def _signal(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        try:
            if number == signal.SIGKILL:
                os.killpg(self._process.pid, number)
            else:
                self._process.send_signal(number)
        except ProcessLookupError:
            return

    def _forward(self, stream: IO[bytes]) -> None:
        with stream:
            for line in stream:
                self._journal.say(self.program.name, line.decode(errors="replace").rstrip())


def command_of(program: Program) -> list[str]:
    """The program's command line, by which it knows its name and that it ends with this process."""
    supervised = f"{program.name}:{os.getpid()}"
    return [sys.executable, "-m", "service.cli", "--supervised", supervised, *program.arguments]


def write_pid(path: Path, pid: int) -> None:
    """Put the pid into the file in one step: a reader sees the old number or the new one."""
    fresh = path.with_suffix(".new")
    fresh.write_text(f"{pid}\n")
    fresh.replace(path)


def ending(code: int) -> str:
    """How a process ended, in words."""
    if code >= 0:
        return f"ended with code {code}"
    try:
        return f"was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"was ended by signal {-code}"
