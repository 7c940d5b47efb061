"""The folds that this process's projections share: a commitment's facts, and its state at the last few versions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from events.envelope import Event
from events.reader import Reader
from service.catalog import COMMITMENT_PREFIX, recorded
from service.read_models.model import History
from workflows.commitment import Commitment, Recorded, evolve, replay

KEPT_STREAMS = 2_000
KEPT_STATES = 3


@dataclass(slots=True)
class _Kept:
    events: list[Recorded]
    last_leaf: bytes
    states: OrderedDict[int, Commitment] = field(default_factory=OrderedDict)

    def remember(self, version: int, state: Commitment) -> None:
        self.states[version] = state
        self.states.move_to_end(version)
        while len(self.states) > KEPT_STATES:
            self.states.popitem(last=False)


@dataclass(frozen=True, slots=True)
class Step:
    """One fact with the states around it."""

    event: Recorded
    before: Commitment | None
    after: Commitment


class Histories:
    """Reads a stream once and grows with it; a stream whose last leaf isn't the next one's forerunner is read again."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._kept: OrderedDict[str, _Kept] = OrderedDict()

    def at(self, stream: str, events: Sequence[Event]) -> tuple[History | None, History]:
        """The histories before and after a run of a stream's consecutive events.

        events  at least one, of this stream, in order
        """
        kept = self._caught_up(stream, events)
        before = self._history(kept, events[0].version - 1)
        after = self._history(kept, events[-1].version)
        assert after is not None
        return before, after

    def walk(self, stream: str, events: Sequence[Event]) -> Iterator[Step]:
        """A run of a stream's consecutive events, each with the states around it."""
        before, after = self.at(stream, events)
        state = before.state if before else None
        for event in after.events[events[0].version - 1 :]:
            grown = evolve(state, event)
            yield Step(event, state, grown)
            state = grown

    def _caught_up(self, stream: str, events: Sequence[Event]) -> _Kept:
        kept = self._kept.get(stream)
        if kept is None or not _continues(kept, events):
            kept = self._read(stream, events[-1].version)
        new = events[len(kept.events) - events[0].version + 1 :]
        kept.events.extend(recorded(event) for event in new)
        kept.last_leaf = events[-1].leaf_hash if new else kept.last_leaf
        self._kept[stream] = kept
        self._kept.move_to_end(stream)
        while len(self._kept) > KEPT_STREAMS:
            self._kept.popitem(last=False)
        return kept

    def _read(self, stream: str, version: int) -> _Kept:
        found = self._reader.read_stream(stream, up_to_version=version)
        return _Kept([recorded(event) for event in found], found[-1].leaf_hash)

    def _history(self, kept: _Kept, version: int) -> History | None:
        if version == 0:
            return None
        state = kept.states.get(version)
        if state is None:
            state = self._fold(kept, version)
            kept.remember(version, state)
        return History(kept.events[:version], state)

    def _fold(self, kept: _Kept, version: int) -> Commitment:
        known = max((one for one in kept.states if one < version), default=0)
        state = kept.states.get(known)
        if state is None:
            state = replay(kept.events[:version])
        else:
            for event in kept.events[known:version]:
                state = evolve(state, event)
        assert state is not None
        return state


def _continues(kept: _Kept, events: Sequence[Event]) -> bool:
    """Whether what is kept reaches up to, or into, this run of the same stream."""
    length = len(kept.events)
    if length >= events[-1].version:
        return length > events[-1].version or kept.last_leaf == events[-1].leaf_hash
    overlapping = length - events[0].version
    if overlapping >= 0:
        return kept.last_leaf == events[overlapping].leaf_hash
    return overlapping == -1 and events[0].attributes["prevleaf"] == kept.last_leaf.hex()


def by_commitment(events: Sequence[Event]) -> dict[str, list[Event]]:
    """The events of commitments, by stream, in order."""
    streams: dict[str, list[Event]] = {}
    for event in events:
        if event.stream.startswith(COMMITMENT_PREFIX):
            streams.setdefault(event.stream, []).append(event)
    return streams
