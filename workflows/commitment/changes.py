"""Small changes of the state that facts of several groups make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from workflows.commitment.state import Commitment, Owed, Recorded, Request
from workflows.facts import Obligation

K = TypeVar("K")
V = TypeVar("V")


def with_request(state: Commitment, name: str, request: Request) -> Commitment:
    """The state with this request under its name."""
    return replace(state, requests=put(state.requests, name, request))


def fulfilled(state: Commitment, name: str, event: Recorded) -> Commitment:
    """The state once a request has passed its last step and taken effect."""
    request = replace(state.requests[name], status="approved", reached=(), closed_at=event.recorded_at)
    return with_request(state, name, request)


def owe(owed: Mapping[str, Owed], arisen: tuple[Obligation, ...], event: Recorded) -> Mapping[str, Owed]:
    """What is owed once these arose; a new round replaces an older one of the same name."""
    changed = dict(owed)
    for obligation in arisen:
        changed[obligation.obligation] = Owed(obligation, event.recorded_at, "open")
    return MappingProxyType(changed)


def look_ended(owed: Mapping[str, Owed], number: int, status: str, event: Recorded) -> Mapping[str, Owed]:
    """What is owed once the claim of that number was looked at, or is looked at no more."""
    ended = (owed[name] for name in (f"check-{number}", f"verification-{number}") if name in owed)
    over = {
        one.obligation.obligation: replace(one, status=status, ended_at=event.recorded_at)
        for one in ended
        if one.is_open
    }
    return MappingProxyType({**owed, **over}) if over else owed


def put(mapping: Mapping[K, V], key: K, value: V) -> Mapping[K, V]:
    """The mapping with one more entry, or another value for it. Costs a copy."""
    return MappingProxyType({**mapping, key: value})


def close_all(owed: Mapping[str, Owed], event: Recorded) -> Mapping[str, Owed]:
    """What was owed is owed no more."""
    return MappingProxyType(
        {
            name: replace(one, status="closed", ended_at=event.recorded_at) if one.is_open else one
            for name, one in owed.items()
        }
    )
