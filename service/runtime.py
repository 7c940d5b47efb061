"""One process's way to the log: what it opened from its configuration, and the folds that it keeps."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from events.engine import make_engine
from events.envelope import EMPTY, Head
from events.store import LogStore
from service.basis import Basis, extend
from service.catalog import commitment_stream, recorded
from service.config import Config
from service.queue import DRAIN, JobQueue, open_queue
from workflows.commitment import Commitment, Recorded, evolve, replay

KEPT_COMMITMENTS = 2_000


@dataclass(frozen=True, slots=True)
class Folded:
    """A commitment and the head of its stream: the state is the fold of exactly that prefix."""

    head: Head
    state: Commitment | None


NOTHING = Folded(EMPTY, None)


class Runtime:
    """Opens log, queue and clock once a process; safe to share between threads.

    Folds are kept by leaf hash and may be stale: the log refuses an append on a stale one, and dispatch reads again.
    """

    def __init__(self, config: Config, *, engine: Engine | None = None, queue: JobQueue | None = None) -> None:
        self.config = config
        self.engine = engine or make_engine(config.database_url)
        self.store = LogStore(self.engine)
        self.queue = queue or open_queue(config)
        self._lock = threading.Lock()
        self._basis = Basis()
        self._folds: OrderedDict[str, Folded] = OrderedDict()

    def now(self) -> datetime:
        """The log's clock: the database's, moved in a demo log."""
        return self.store.now()

    @property
    def is_demo(self) -> bool:
        """Whether the log was made as a demo, with a clock that moves."""
        return self.store.kind == "demo"

    def basis(self, *, fresh: bool = False) -> Basis:
        """The basis as last folded; `fresh` reads what came since, or all again where the log lost what was folded."""
        if not fresh and self._basis.seen is not None:
            return self._basis
        with self._lock:
            known = self._basis
            if known.seen is not None and not self._still_there(known):
                known = Basis()
            self._basis = extend(known, self.store.read_basis(after=known.position))
            return self._basis

    def _still_there(self, basis: Basis) -> bool:
        event = self.store.event_at(basis.position)
        return event is not None and event.leaf_hash == basis.seen

    def commitment(self, commitment: str, *, fresh: bool = False) -> Folded:
        """A commitment as last folded in this process, or read now; `fresh` catches up with the log."""
        with self._lock:
            kept = self._folds.get(commitment)
        if kept is not None and not fresh:
            return kept
        stream = commitment_stream(commitment)
        head = self.store.stream_head(stream)
        if kept is not None and kept.head == head:
            return kept
        return self.keep(commitment, self._read(stream))

    def commitment_at(self, commitment: str, version: int) -> Folded:
        """A commitment as it was after its event of that version."""
        kept = self.commitment(commitment)
        if kept.head.version == version:
            return kept
        return self._read(commitment_stream(commitment), up_to_version=version)

    def history(self, commitment: str, *, up_to_version: int | None = None) -> list[Recorded]:
        """A commitment's facts in order, with their places and actors."""
        events = self.store.read_stream(commitment_stream(commitment), up_to_version=up_to_version)
        return [recorded(event) for event in events]

    def keep(self, commitment: str, folded: Folded) -> Folded:
        """Remember a fold; the oldest is forgotten past the bound."""
        with self._lock:
            self._folds[commitment] = folded
            self._folds.move_to_end(commitment)
            while len(self._folds) > KEPT_COMMITMENTS:
                self._folds.popitem(last=False)
        return folded

    def _read(self, stream: str, *, up_to_version: int | None = None) -> Folded:
        events = self.store.read_stream(stream, up_to_version=up_to_version)
        if not events:
            return NOTHING
        last = events[-1]
        return Folded(Head(last.version, last.leaf_hash), replay(recorded(event) for event in events))

    def nudge(self) -> None:
        """Wake the workers; may be lost without harm."""
        self.queue.wake(DRAIN)

    def close(self) -> None:
        """Give back every connection."""
        self.queue.connection.close()
        self.engine.dispose()


def grown(folded: Folded, head: Head, added: tuple[Recorded, ...]) -> Folded:
    """A fold after the events that an append has just recorded."""
    state = folded.state
    for event in added:
        state = evolve(state, event)
    return Folded(head, state)
