"""Facts about processes of this machine, told by pid, and the ways to end one."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1


def is_running(pid: int) -> bool:
    """Whether a process with this number exists and isn't a zombie that only waits to be reaped."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return _state(pid) != "Z"


def command_line(pid: int) -> str:
    """The process's arguments joined by spaces; empty when it is gone or may not be read."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except FileNotFoundError:
        if Path("/proc/self/cmdline").exists():
            return ""
    except OSError:
        return ""
    shown = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def end(pid: int, *, within_s: float) -> bool:
    """Ask the process to stop, then make it: it is gone when this returns True.

    within_s  how long a SIGTERM may take before the SIGKILL
    returns   False only where the process can't be killed (another user's, or stuck in the kernel)
    """
    for number, patience_s in ((signal.SIGTERM, within_s), (signal.SIGKILL, 5.0)):
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return True
        except PermissionError:
            return False
        if wait_gone(pid, within_s=patience_s):
            return True
    return False


def wait_gone(pid: int, *, within_s: float) -> bool:
    """Whether the process was gone before the time was up; returns as soon as it is."""
    until = time.monotonic() + within_s
    while is_running(pid):
        if time.monotonic() >= until:
            return False
        time.sleep(0.02)
    return True


def die_with_parent(parent: int) -> None:
    """Make this process get SIGTERM when `parent` ends, however it ends.

    parent  the pid that started this process; when it is gone already, the signal comes at once
    """
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG)")
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
    else:
        watch = threading.Thread(target=watch_parent, args=(parent,), name="parent-watch", daemon=True)
        watch.start()


def watch_parent(parent: int, every_s: float = 0.5) -> None:
    """Return once `parent` is no longer this process's parent, after sending this process SIGTERM."""
    while os.getppid() == parent:
        time.sleep(every_s)
    os.kill(os.getpid(), signal.SIGTERM)


class StopSign:
    """Whether this process was asked to stop. Signal handlers may set it at any moment, and again while they do.

    threading.Event may not: its lock isn't reentrant, so a handler that comes while it is waited for or set hangs for
    ever, with whatever the process holds.
    """

    def __init__(self) -> None:
        self._is_set = False
        self._reader, self._writer = os.pipe()

    def set(self) -> None:
        """Ask to stop; again is nothing new."""
        if not self._is_set:
            self._is_set = True
            os.write(self._writer, b".")

    def is_set(self) -> bool:
        """Whether it was asked."""
        return self._is_set

    def wait(self, timeout_s: float) -> bool:
        """Return as soon as it is asked, or when the time is up; whether it was asked."""
        if not self._is_set:
            select.select([self._reader], [], [], max(timeout_s, 0.0))
        return self._is_set


class LockFile:
    """A file that one living process holds; the kernel lets go of it when its holder ends.

    Children made by fork keep it held too, so a name stays taken until the last of a process's family is gone.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """Whether this process holds the file now; its pid is written inside."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = open(self.path, "a+")  # noqa: SIM115  (held for the life of the process)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            file.close()
            if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            return False
        self._file = file
        with suppress(OSError):  # on a full disk it is held all the same, only nobody can read by whom
            file.truncate(0)
            os.write(file.fileno(), f"{os.getpid()}\n".encode())
        return True

    def holder(self) -> int | None:
        """The pid of another process that holds the file; None when it is free."""
        try:
            with open(self.path) as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except OSError:
                    text = file.read().strip()
                    return int(text) if text.isdigit() else 0
        except FileNotFoundError:
            pass
        return None

    def release(self) -> None:
        """Let another process take the file."""
        if self._file is not None:
            self._file.close()
            self._file = None


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1]
    except OSError:
        return ""
