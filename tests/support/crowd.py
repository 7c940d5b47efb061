"""Many writers at once, as threads and as forked processes that can be killed."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkProcess
from pathlib import Path

_FORK = multiprocessing.get_context("fork")


def in_threads(count: int, work: Callable[[int], None]) -> None:
    """Run `work(0..count-1)` at once, each in a thread; the first error is raised here."""
    errors: list[BaseException] = []

    def run(index: int) -> None:
        try:
            work(index)
        except BaseException as error:
            errors.append(error)
            raise

    threads = [threading.Thread(target=run, args=(index,)) for index in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def in_processes(count: int, work: Callable[[int], None]) -> None:
    """Run `work(0..count-1)` at once, each in a forked process that inherits the parent's open connections."""
    processes = [_FORK.Process(target=work, args=(index,)) for index in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(timeout=60)
    assert [process.exitcode for process in processes] == [0] * count


@contextmanager
def crowd(count: int, work: Callable[[int], None]) -> Iterator[list[ForkProcess]]:
    """Keep `work(0..count-1)` running in forked processes; what is left of them at the end is killed."""
    processes = [_FORK.Process(target=work, args=(index,)) for index in range(count)]
    for process in processes:
        process.start()
    try:
        yield processes
    finally:
        for process in processes:
            kill(process)


def kill(process: ForkProcess) -> None:
    """End a process as a power cut would: at once, wherever it is."""
    if process.pid is not None and process.is_alive():
        os.kill(process.pid, signal.SIGKILL)
    process.join(timeout=10)


class Acknowledgements:
    """Notes what writers were told is recorded, in a file that outlives them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch()

    def note(self, line: str) -> None:
        """Add a line, whole, whoever else is writing."""
        descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)

    def lines(self) -> list[str]:
        """Give what was noted so far."""
        return self._path.read_text().splitlines()
