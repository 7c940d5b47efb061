"""A writer's turn on SQLite, by a lock file beside the database that the kernel frees when its holder dies."""

import fcntl
import os
import threading

from events.errors import Unavailable

TURN_TIMEOUT_S = 4
"""How long a writer waits for its turn, each of which takes milliseconds; less than an append's time stays good."""

_open: set[int] = set()


class Turn:
    """Waits for a blocking flock among all threads and processes, but never longer than TURN_TIMEOUT_S.

    flock itself knows no time limit, so the waiting is done by a thread of its own where the lock isn't free at once.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._descriptor = -1

    def take(self) -> None:
        """Return once it is this turn; raises Unavailable."""
        try:
            self._descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as error:
            raise Unavailable(2, "away") from error
        _open.add(self._descriptor)
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._wait()

    def give_back(self) -> None:
        """Let the next one in."""
        # Said aloud: a child forked meanwhile may hold a copy of the descriptor, closing ours wouldn't let go.
        fcntl.flock(self._descriptor, fcntl.LOCK_UN)
        _open.discard(self._descriptor)
        os.close(self._descriptor)

    def _wait(self) -> None:
        self._guard, self._came, self._is_abandoned = threading.Lock(), threading.Event(), False
        threading.Thread(target=self._block, name="kawal-turn", daemon=True).start()
        if self._came.wait(TURN_TIMEOUT_S):
            return
        with self._guard:
            self._is_abandoned = not self._came.is_set()
        if self._is_abandoned:
            raise Unavailable(1, "locked")

    def _block(self) -> None:
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        with self._guard:
            if not self._is_abandoned:
                self._came.set()
                return
        self.give_back()


def _close_inherited() -> None:
    for descriptor in _open:
        os.close(descriptor)
    _open.clear()


# A forked child must not keep a lock alive that its parent, dying, would have let go.
os.register_at_fork(after_in_child=_close_inherited)
