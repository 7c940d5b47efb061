"""The log as a feed for one office: gapless, in order, and never silent about how far it has looked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from events.envelope import Event
from service import catalog, reading
from service.api.directory import oversees
from service.api.door import Door
from service.api.shown import Shown
from service.catalog import COMMITMENT_PREFIX, decode
from service.problems import ProblemError, coded
from workflows.facts import AppointmentEnded, HolderAppointed

LOOKED_AT_ONCE = 1_000
MOST_LOOKED = 5_000


@dataclass(slots=True)
class _Batch:
    events: list[Event]
    complete_to: int
    leaf_hash: bytes


def read_feed(door: Door, *, after: int, limit: int, leaf_hash: str | None) -> Shown:
    """The next events behind a position that the office may see.

    leaf_hash  of the event at `after`, where the caller knows it
    raises     ProblemError log_rewound where the log doesn't hold that event (any more)
    cost       looks at MOST_LOOKED events at most; `complete_to` says how far it came
    """
    batch = _Batch([], after, _start(door, after, leaf_hash))
    sight = _Sight(door)
    for event in _looked_at(door, after):
        if sight.may_see(event):
            batch.events.append(event)
        batch.complete_to, batch.leaf_hash = event.position, event.leaf_hash
        if len(batch.events) == limit:
            break
    door.runtime.store.settle()
    return {
        "events": [_shown(event) for event in batch.events],
        "complete_to": batch.complete_to,
        "leaf_hash": batch.leaf_hash.hex(),
        "next_after": batch.complete_to,
    }


class _Sight:
    """What one office may see in one request; each commitment is asked about once."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._commitments: dict[str, bool] = {}

    def may_see(self, event: Event) -> bool:
        """Commitments by the office's scope; the directory, programmes, workflows and calendars are everybody's."""
        if event.stream.startswith(COMMITMENT_PREFIX):
            return self._sees_commitment(event.stream.removeprefix(COMMITMENT_PREFIX))
        if event.stream != catalog.OFFICES:
            return True
        fact = decode(event)
        return not isinstance(fact, HolderAppointed | AppointmentEnded) or oversees(self._door, fact.office)

    def _sees_commitment(self, commitment: str) -> bool:
        known = self._commitments.get(commitment)
        if known is None:
            door = self._door
            state = door.runtime.commitment(commitment, fresh=True).state
            known = state is not None and reading.may_see(door.basis, door.office, state, door.now)
            self._commitments[commitment] = known
        return known


def _looked_at(door: Door, after: int) -> Iterator[Event]:
    looked = 0
    while looked < MOST_LOOKED:
        page = door.runtime.store.read_all(after, LOOKED_AT_ONCE)
        if not page:
            return
        yield from page
        looked += len(page)
        after = page[-1].position


def _start(door: Door, after: int, leaf_hash: str | None) -> bytes:
    if after == 0:
        return b""
    event = door.runtime.store.event_at(after)
    if event is None or (leaf_hash is not None and event.leaf_hash.hex() != leaf_hash):
        raise ProblemError(coded("log_rewound", position=str(after)))
    return event.leaf_hash


def _shown(event: Event) -> Shown:
    return {
        "position": event.position,
        "leaf_hash": event.leaf_hash.hex(),
        "known_at": event.known_at,
        "event": event.attributes,
    }
