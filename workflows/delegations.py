"""Whose authority who may use, and when: the fold of the stream `delegations`.

A delegation goes from office to office. Who holds the receiving office on a day may use the giver's authority then; the
giver keeps it all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import assert_never

from workflows.facts import DelegationBegun, DelegationEnded, DelegationFact, DelegationGiven, DelegationRevoked

ASSIST = "assist"
"""The capacity of who reads, sorts and advises for an office, and decides nothing."""
IN_FORCE, NOT_BEGUN, ENDED, REVOKED = "in_force", "not_begun", "ended", "revoked"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment and the day that it is where the question is asked; at: aware UTC."""

    at: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation as it was given, when it was revoked, if it was, and what the clock said of its term."""

    given: DelegationGiven
    revoked_at: datetime | None = None
    is_begun: bool = False
    is_ended: bool = False


@dataclass(frozen=True, slots=True)
class Delegations:
    """Every delegation as of one position of the log. Never changed in place.

    of_office, to_office  ids by the office whose authority it is, and by the office that received it
    """

    known: Mapping[str, Delegation]
    of_office: Mapping[str, tuple[str, ...]]
    to_office: Mapping[str, tuple[str, ...]]

    def standing(self, delegation: str, moment: Moment) -> str:
        """in_force | not_begun | ended | revoked; of one that was passed on, as far as its forerunner goes."""
        one = self.known[delegation]
        if one.revoked_at is not None and one.revoked_at <= moment.at:
            return REVOKED
        if moment.on < one.given.starts_on:
            return NOT_BEGUN
        if moment.on > one.given.ends_on:
            return ENDED
        return IN_FORCE if one.given.parent is None else self.standing(one.given.parent, moment)

    def line(self, given: DelegationGiven) -> tuple[DelegationGiven, ...]:
        """The delegation, the one that it was passed on from, and so on to the office whose authority it is."""
        if given.parent is None:
            return (given,)
        return (given, *self.line(self.known[given.parent].given))

    def given_of(self, office: str) -> tuple[DelegationGiven, ...]:
        """Every delegation of an office's authority, oldest first, in force or not."""
        return tuple(self.known[one].given for one in self.of_office.get(office, ()))

    def received_by(self, to: str) -> tuple[DelegationGiven, ...]:
        """Every delegation that an office received, oldest first, in force or not."""
        return tuple(self.known[one].given for one in self.to_office.get(to, ()))

    def between(self, office: str, to: str) -> tuple[DelegationGiven, ...]:
        """Every delegation of one office's authority to another, oldest first, in force or not."""
        return tuple(one for one in self.received_by(to) if one.office == office)

    def in_force_of(self, office: str, moment: Moment) -> tuple[DelegationGiven, ...]:
        """The delegations of an office's authority that are in force."""
        return tuple(one for one in self.given_of(office) if self.standing(one.delegation, moment) == IN_FORCE)

    def in_force_to(self, to: str, moment: Moment) -> tuple[DelegationGiven, ...]:
        """The delegations that an office received and that are in force."""
        return tuple(one for one in self.received_by(to) if self.standing(one.delegation, moment) == IN_FORCE)

    def in_force_between(self, office: str, to: str, moment: Moment) -> tuple[DelegationGiven, ...]:
        """The delegations of one office's authority to another that are in force."""
        return tuple(one for one in self.in_force_to(to, moment) if one.office == office)


EMPTY = Delegations(*(MappingProxyType({}) for _ in range(3)))


def covers(given: DelegationGiven, programme: str, move: str | None) -> bool:
    """True if the delegation reaches an act in a programme. move: None for an act that is no move"""
    if given.capacity == ASSIST:
        return False
    return (not given.programmes or programme in given.programmes) and (not given.moves or move in given.moves)


def scopes_meet(one: DelegationGiven, other: DelegationGiven) -> bool:
    """True if there is anything that both reach."""
    return _meet(one.programmes, other.programmes) and _meet(one.moves, other.moves)


def terms_meet(one: DelegationGiven, other: DelegationGiven) -> bool:
    """True if there is a day that both contain."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def replay_delegations(events: Iterable[DelegationFact]) -> Delegations:
    """Fold the facts of the stream `delegations`, in version order."""
    delegations = EMPTY
    for fact in events:
        delegations = evolve_delegations(delegations, fact)
    return delegations


def evolve_delegations(delegations: Delegations, fact: DelegationFact) -> Delegations:
    """Fold one more fact. Costs a copy of the mappings it touches."""
    match fact:
        case DelegationGiven():
            return Delegations(
                known=MappingProxyType({**delegations.known, fact.delegation: Delegation(fact)}),
                of_office=_and(delegations.of_office, fact.office, fact.delegation),
                to_office=_and(delegations.to_office, fact.to, fact.delegation),
            )
        case DelegationRevoked():
            return _changed(delegations, replace(delegations.known[fact.delegation], revoked_at=fact.revoked_at))
        case DelegationBegun():
            return _changed(delegations, replace(delegations.known[fact.delegation], is_begun=True))
        case DelegationEnded():
            return _changed(delegations, replace(delegations.known[fact.delegation], is_ended=True))
        case _:
            assert_never(fact)


def _changed(delegations: Delegations, one: Delegation) -> Delegations:
    return replace(delegations, known=MappingProxyType({**delegations.known, one.given.delegation: one}))


def _meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return not one or not other or not set(one).isdisjoint(other)


def _and(mapping: Mapping[str, tuple[str, ...]], key: str, one: str) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({**mapping, key: (*mapping.get(key, ()), one)})
