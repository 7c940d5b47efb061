"""Facts of the stream `delegations`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class DelegationGiven:
    """The authority of `office` may be used by the holders of `to`, from a day until another, both included.

    person           by pseudonym: who gave it
    given_by         the office that gave it: `office` itself, or one that had it from `office` and passes it on
    parent           the delegation that it is passed on from; None where `office` gave it itself
    given_on         the day, where `office` is, on which it was given
    capacity         an | plt | plh: how acts under it are signed; assist: no authority, only a sight of the inbox
    programmes       ids of programmes, moves  names of moves; empty: every one, and acts that are no move too
    may_redelegate   `to` may pass it on, within its term and scope
    """

    delegation: str
    office: str
    given_by: str
    person: str
    to: str
    capacity: str
    letter: str
    given_on: date
    starts_on: date
    ends_on: date
    programmes: tuple[str, ...]
    moves: tuple[str, ...]
    may_redelegate: bool
    parent: str | None


@dataclass(frozen=True, slots=True)
class DelegationRevoked:
    """A delegation, and whatever was passed on from it, is good for nothing from this moment on."""

    delegation: str
    office: str
    to: str
    revoked_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class DelegationBegun:
    """The first day of a delegation that was given before it has come: the clock says so, once."""

    delegation: str
    office: str
    to: str


@dataclass(frozen=True, slots=True)
class DelegationEnded:
    """The last day of a delegation that nobody revoked is over: the clock says so, once."""

    delegation: str
    office: str
    to: str


DelegationFact = DelegationGiven | DelegationRevoked | DelegationBegun | DelegationEnded
DELEGATION_NAMES: dict[type, str] = {
    DelegationGiven: "delegation-given",
    DelegationRevoked: "delegation-revoked",
    DelegationBegun: "delegation-begun",
    DelegationEnded: "delegation-ended",
}
