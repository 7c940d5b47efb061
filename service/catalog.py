"""Where the domain's facts and the log's events meet: names, versions, codecs and streams.

To add a fact: its class and its name in its group of workflows/facts, and nothing here. A changed fact raises its
number in `VERSIONS` and gets one upcaster step in `REGISTRY`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

import msgspec

from events.envelope import Event, Json, NewEvent
from events.registry import Registry
from workflows.commitment import Recorded
from workflows.facts import BASIS, NAMES, CommitmentFact, Fact, valid_at

OFFICES = "offices"
DELEGATIONS = "delegations"
CLOCK = "clock"
COMMITMENT_PREFIX = "commitment-"
SITTING_PREFIX = "sitting-"
VERSIONS: Mapping[str, int] = dict.fromkeys(NAMES.values(), 1)


def commitment_stream(commitment: str) -> str:
    """The stream of a commitment."""
    return f"{COMMITMENT_PREFIX}{commitment}"


def programme_stream(programme: str) -> str:
    """The stream of a programme."""
    return f"programme-{programme}"


def definition_stream(definition: str) -> str:
    """The stream of a workflow's versions."""
    return f"definition-{definition}"


def sitting_stream(sitting: str) -> str:
    """The stream of a sitting."""
    return f"{SITTING_PREFIX}{sitting}"


def calendar_stream(calendar: str) -> str:
    """The stream of a working calendar's versions."""
    return f"calendar-{calendar}"


def encode(fact: Fact) -> NewEvent:
    """The event that records a fact: no floats, dates as text, quantities as decimal text."""
    name = NAMES[type(fact)]
    # By way of JSON, which knows lists alone: a tuple is not canonical.
    data = cast("dict[str, Json]", msgspec.json.decode(msgspec.json.encode(fact)))
    return NewEvent(name, VERSIONS[name], data, valid_at=valid_at(fact), basis=name in BASIS)


def decode(event: Event) -> Fact:
    """The fact that an event recorded, brought to today's version.

    raises  UnknownType for a name or version that this release doesn't know
    """
    return cast("Fact", REGISTRY.decode(event))


def recorded(event: Event) -> Recorded:
    """An event of a commitment's stream as the domain's fold wants it."""
    actor = event.actor
    return Recorded(
        fact=cast("CommitmentFact", decode(event)),
        version=event.version,
        position=event.position,
        recorded_at=event.recorded_at,
        valid_at=event.valid_at,
        office=actor.office,
        person=actor.person,
        on_behalf_of=actor.on_behalf_of,
        capacity=actor.capacity,
        operation=event.operation,
    )


def _decoder(fact: type) -> Callable[[Mapping[str, Json]], object]:
    return partial(msgspec.convert, type=fact)


def _registry() -> Registry:
    registry = Registry()
    for fact, name in NAMES.items():
        registry.register(name, VERSIONS[name], _decoder(fact))
    registry.close()
    return registry


REGISTRY = _registry()
