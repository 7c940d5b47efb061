"""A commitment as it was: at a position, as known on a moment, as true on a moment, or both at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from service.runtime import Runtime
from workflows.commitment import Recorded
from workflows.facts import (
    ApproverAdded,
    CommitmentDrafted,
    DecisionRetracted,
    DefinitionMigrated,
    MemberRejected,
    MembersReleased,
    PreparationNoted,
    RequestApproved,
    RequestForwarded,
    RequestOpened,
    RequestRejected,
    RequestReturned,
    SignatureRecorded,
    StateChanged,
    StepReached,
)

OnTheWay = (
    RequestOpened
    | StepReached
    | RequestApproved
    | MemberRejected
    | MembersReleased
    | ApproverAdded
    | RequestForwarded
    | PreparationNoted
    | RequestReturned
    | RequestRejected
    | DecisionRetracted
)
"""How a request comes to its effect; one that was returned or rejected does so if that was taken back."""
Dated = SignatureRecorded | StateChanged | RequestApproved | MemberRejected | RequestReturned | RequestRejected
"""What may be true before it is recorded."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which past is asked for; all None: the present.

    position, known_on   what the log knew: up to a position, or up to a moment (aware UTC)
    true_on              what was true by then (aware UTC), as far as the log knew
    """

    position: int | None = None
    known_on: datetime | None = None
    true_on: datetime | None = None

    @property
    def is_now(self) -> bool:
        """Whether nothing past is asked for."""
        return self.position is None and self.known_on is None and self.true_on is None


def moment(text: str, zone: str) -> datetime:
    """A moment from text: RFC 3339 with an offset, or a bare date, which means the end of that day in the zone.

    raises  ValueError that says what was expected
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        read = _exact(text)
        if read.tzinfo is None:
            raise ValueError(f"{text!r}: expected a date, or a time with its offset") from None
        return read
    start = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(zone))
    return start - timedelta(microseconds=1)


def _exact(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r}: expected a date, or a time with its offset") from None


def last_position(runtime: Runtime, as_of: AsOf) -> int | None:
    """The last position that counts; None: the head. One beyond the head asks for all that there is."""
    bounds = []
    if as_of.position is not None:
        head = runtime.store.log_head()
        bounds.append(min(as_of.position, head.position if head else 0))
    if as_of.known_on is not None:
        bounds.append(runtime.store.position_known_on(as_of.known_on))
    return min(bounds, default=None)


def history_as_of(runtime: Runtime, commitment: str, as_of: AsOf) -> list[Recorded]:
    """The facts that count for that past, in version order; always foldable.

    A signature may be older than the request that it was recorded for, and an imported state older than the draft: what
    led to a fact that counts, counts with it. So does a migration before it: its states are those of that version.
    """
    last = last_position(runtime, as_of)
    known = [event for event in runtime.history(commitment) if counts(event, last, None)]
    true = [event for event in known if counts(event, last, as_of.true_on)]
    ends = {event.fact.request: event.version for event in true if isinstance(event.fact, Dated)}
    until = max((event.version for event in true), default=0)
    return [
        event
        for event in known
        if counts(event, last, as_of.true_on) or _led_to(event, ends) or _named(event, until) or _began(event, until)
    ]


def counts(event: Recorded, last: int | None, true_on: datetime | None) -> bool:
    """Whether an event belongs to a past."""
    return (last is None or event.position <= last) and (true_on is None or event.valid_at <= true_on)


def _led_to(event: Recorded, ends: Mapping[str, int]) -> bool:
    """Whether an event is part of how one of these requests came to its effect, which has that version."""
    return isinstance(event.fact, OnTheWay) and event.version < ends.get(event.fact.request, 0)


def _began(event: Recorded, until: int) -> bool:
    """Whether an event began a commitment of which anything counts."""
    return isinstance(event.fact, CommitmentDrafted) and until > 0


def _named(event: Recorded, until: int) -> bool:
    """Whether an event said by which version something that counts is named."""
    return isinstance(event.fact, DefinitionMigrated) and event.version < until
