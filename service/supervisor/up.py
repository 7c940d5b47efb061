"""The supervisor: start order, watch, stop order."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from service import process
from service.config import Config
from service.embedded import EmbeddedValkey, ValkeyFailed
from service.supervisor.child import Child, Program, command_of, ending, write_pid
from service.supervisor.journal import Journal

_WATCH_EVERY_S = 0.1
_PING_TIMEOUT_S = 1.0
_LEFTOVER_PATIENCE_S = 6.0


class SupervisorFailed(Exception):
    """Nothing was left running: the message says what to do.

    SupervisorFailed
    |- AlreadyRunning   another `kawal up` has the data directory
    '- PortTaken        something else listens where the pages should be
    """


class AlreadyRunning(SupervisorFailed):
    """Another `kawal up` has the data directory."""


class PortTaken(SupervisorFailed):
    """Something else listens where the pages should be."""


class Supervisor:
    """Runs the programs of one data directory until told to stop, and leaves nothing running behind it.

    prepare     run to their end one after the other before the programs start; the first that fails ends everything
    once_ready  run once, when the pages answer; a failure is said and the programs run on
    notes       said when the pages answer
    """

    def __init__(
        self,
        config: Config,
        programs: Sequence[Program],
        *,
        prepare: Sequence[Program] = (),
        once_ready: Sequence[Program] = (),
        notes: Sequence[str] = (),
        journal: Journal | None = None,
    ) -> None:
        self._config = config
        self._journal = journal or Journal(sys.stdout)
        self._run_dir = config.run_dir
        self._lock = process.LockFile(self._run_dir / "up.lock")
        self._prepare = tuple(prepare)
        self._once_ready = list(once_ready)
        self._notes = tuple(notes)
        self._children = [Child(each, run_dir=self._run_dir, journal=self._journal) for each in programs]
        self._valkey = EmbeddedValkey(config.data_dir) if config.redis_url is None else None
        self._stop = process.StopSign()
        self._hurry = process.StopSign()
        self._ready = False
        self._errand: tuple[Program, subprocess.Popen[bytes]] | None = None

    def run(self) -> None:
        """Return after SIGTERM, SIGINT or SIGHUP, when all has stopped.

        raises  SupervisorFailed
        """
        self._run_dir.mkdir(parents=True, exist_ok=True)
        if not self._lock.take():
            raise AlreadyRunning(
                f"kawal already runs on {self._config.data_dir} (pid {self._lock.holder()}): "
                "stop that one, or set KAWAL_DATA_DIR to another directory"
            )
        try:
            self._listen_for_signals()
            self._end_leftovers()
            self._require_port()
            write_pid(self._run_dir / "up.pid", os.getpid())
            self._start_all()
            while not self._stop.wait(_WATCH_EVERY_S):
                self._watch()
        finally:
            self._stop_all()
            self._lock.release()

    def _listen_for_signals(self) -> None:
        def hear(number: int, frame: FrameType | None) -> None:
            if self._stop.is_set():
                self._hurry.set()
            self._stop.set()

        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, hear)

    def _end_leftovers(self) -> None:
        """Children of a supervisor that was killed end by themselves; wait for that, then help."""
        for path in sorted(self._run_dir.glob("*.lock")):
            lock = process.LockFile(path)
            if path == self._lock.path or (pid := lock.holder()) is None:
                continue
            self._journal.say("up", f"waiting for the {path.stem} of an earlier run (pid {pid})")
            until = time.monotonic() + _LEFTOVER_PATIENCE_S
            while lock.holder() is not None and time.monotonic() < until:
                time.sleep(0.05)
            while (pid := lock.holder()) and process.end(pid, within_s=1.0):
                self._journal.say("up", f"ended the {path.stem} of an earlier run (pid {pid})")
                time.sleep(0.5)

    def _require_port(self) -> None:
        config = self._config
        family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((config.host, config.port))
                probe.listen(1)
            except OSError as error:
                raise PortTaken(
                    f"KAWAL_PORT={config.port}: cannot listen on {config.host}:{config.port} ({error.strerror}); "
                    "stop what uses it, or set KAWAL_PORT to a free port"
                ) from error

    def _start_all(self) -> None:
        if self._valkey is not None:
            self._start_valkey(self._valkey)
        for program in self._prepare:
            self._run_to_end(program)
        for child in self._children:
            if not self._stop.is_set():
                child.start(time.monotonic())

    def _start_valkey(self, valkey: EmbeddedValkey) -> None:
        try:
            started = valkey.start()
            write_pid(self._run_dir / "valkey.pid", started.pid)
        except (ValkeyFailed, OSError) as error:
            raise SupervisorFailed(str(error)) from error
        self._journal.say("up", f"Valkey {'adopted' if started.adopted else 'started'} (pid {started.pid})")

    def _run_to_end(self, program: Program) -> None:
        if self._stop.is_set():
            return
        errand = self._spawn(program)
        while (code := errand.poll()) is None:
            if self._stop.wait(_WATCH_EVERY_S):
                _end_errand(errand)
                return
        if code != 0:
            raise SupervisorFailed(f"kawal {' '.join(program.arguments)} {ending(code)}; nothing was started")

    def _watch(self) -> None:
        now = time.monotonic()
        if self._valkey is not None and not self._valkey.is_running():
            self._journal.say("up", "Valkey ended; starting it again")
            self._restart_valkey(self._valkey)
        for child in self._children:
            child.watch(now)
        if not self._ready:
            self._ready = self._answers()
            if self._ready:
                for note in (*self._notes, f"kawal is ready: {self._config.base_url}/ (Ctrl-C stops it)"):
                    self._journal.say("up", note)
        elif self._errand is not None:
            self._watch_errand(*self._errand)
        elif self._once_ready:
            program = self._once_ready.pop(0)
            self._errand = (program, self._spawn(program))

    def _restart_valkey(self, valkey: EmbeddedValkey) -> None:
        """A Valkey that doesn't come back leaves writes going: say so, and try again on the next round."""
        try:
            self._start_valkey(valkey)
        except SupervisorFailed as error:
            self._journal.say("up", str(error))
            self._stop.wait(1.0)

    def _watch_errand(self, program: Program, errand: subprocess.Popen[bytes]) -> None:
        code = errand.poll()
        if code is None:
            return
        self._errand = None
        if code != 0:
            self._journal.say("up", f"kawal {' '.join(program.arguments)} {ending(code)}; the rest runs on")

    def _spawn(self, program: Program) -> subprocess.Popen[bytes]:
        """A command that runs once, on the terminal itself so that its progress bar works."""
        return subprocess.Popen(command_of(program), stdin=subprocess.DEVNULL)

    def _answers(self) -> bool:
        host = self._config.host if self._config.host not in ("0.0.0.0", "::") else "127.0.0.1"
        connection = http.client.HTTPConnection(host, self._config.port, timeout=_PING_TIMEOUT_S)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    def _stop_all(self) -> None:
        """Web and clock first, so that no work comes in; then the workers; Valkey last."""
        if self._errand is not None:
            _end_errand(self._errand[1])
        running = [child for child in self._children if child.pid is not None]
        if running:
            self._journal.say("up", "stopping")
        sources = [child for child in self._children if not child.program.name.startswith("worker")]
        workers = [child for child in self._children if child.program.name.startswith("worker")]
        for group in (sources, workers):
            self._stop_group(group)
        if self._valkey is not None:
            self._valkey.stop()
            (self._run_dir / "valkey.pid").unlink(missing_ok=True)
        _unlink_own(self._run_dir / "up.pid")
        if running:
            self._journal.say("up", "all stopped")

    def _stop_group(self, group: Sequence[Child]) -> None:
        for child in group:
            child.ask_to_stop()
        begun = time.monotonic()
        for child in group:
            patience_s = 0.0 if self._hurry.is_set() else child.program.stop_within_s
            child.finish(patience_s - (time.monotonic() - begun))


def _end_errand(errand: subprocess.Popen[bytes]) -> None:
    errand.terminate()
    try:
        errand.wait(5.0)
    except subprocess.TimeoutExpired:
        errand.kill()
        errand.wait()


def _unlink_own(path: Path) -> None:
    try:
        if path.read_text().strip() == str(os.getpid()):
            path.unlink()
    except FileNotFoundError:
        return
