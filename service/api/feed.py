"""The log as a feed for one office: gapless, in order, and never silent about how far it has looked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from events.envelope import Event
from service import catalog, reading
from service.api.directory import oversees
from service.api.door import Door
from service.api.shown import Shown
from service.catalog import COMMITMENT_PREFIX, decode, encode, recorded
from service.problems import ProblemError, coded
from workflows.definition import OwnFields
from workflows.facts import (
    AppointmentEnded,
    DelegationFact,
    HolderAppointed,
    HolderProposalDeclined,
    HolderProposed,
)
from workflows.field_sight import fact_seen

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
        "events": [_shown(event, sight) for event in batch.events],
        "complete_to": batch.complete_to,
        "leaf_hash": batch.leaf_hash.hex(),
        "next_after": batch.complete_to,
    }


class _Sight:
    """What one office may see in one request; each commitment is asked about once."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._commitments: dict[str, OwnFields | None] = {}
        known = door.basis.directory.office(door.office)
        self._role = None if known is None else known.role

    def may_see(self, event: Event) -> bool:
        """Commitments by the office's scope; the directory, programmes, workflows and calendars are everybody's."""
        if event.stream.startswith(COMMITMENT_PREFIX):
            return self._own_fields(event) is not None
        fact = decode(event) if event.stream in (catalog.OFFICES, catalog.DELEGATIONS) else None
        if isinstance(fact, DelegationFact):
            return oversees(self._door, fact.office) or oversees(self._door, fact.to)
        return not isinstance(
            fact, HolderAppointed | AppointmentEnded | HolderProposed | HolderProposalDeclined
        ) or oversees(self._door, fact.office)

    def reduced(self, event: Event) -> Mapping[str, object] | None:
        """The event's body without the own fields that the office doesn't see; None where it sees all of it."""
        own = self._own_fields(event) if event.stream.startswith(COMMITMENT_PREFIX) else None
        if own is None or not own.hides_from(self._role):
            return None
        fact = recorded(event).fact
        seen = fact_seen(fact, own, self._role)
        if seen == fact:
            return None
        return {**event.attributes, "data": encode(seen).data}

    def _own_fields(self, event: Event) -> OwnFields | None:
        """The own fields of the event's commitment; None where the office doesn't see it."""
        commitment = event.stream.removeprefix(COMMITMENT_PREFIX)
        if commitment not in self._commitments:
            door = self._door
            state = door.runtime.commitment(commitment, fresh=True).state
            sees = state is not None and door.may_see(state)
            own = reading.definition_of(door.basis, state).fields if state is not None and sees else None
            self._commitments[commitment] = own
        return self._commitments[commitment]


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


def _shown(event: Event, sight: _Sight) -> Shown:
    """The event; one with fields that the office doesn't see comes without them, and says so."""
    reduced = sight.reduced(event)
    return {
        "position": event.position,
        "leaf_hash": event.leaf_hash.hex(),
        "known_at": event.known_at,
        "event": reduced or event.attributes,
        "reduced": reduced is not None,
    }
