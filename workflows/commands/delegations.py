"""Commands on delegations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class GiveDelegation:
    """Let the holders of `to` use the authority of `office`, the acting office's own or one that it acts for."""

    delegation: str
    office: str
    to: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date
    programmes: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    may_redelegate: bool = False


@dataclass(frozen=True, slots=True)
class RevokeDelegation:
    delegation: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class NoteTerm:
    """The clock's: a delegation's first day has come, or its last is over. phase: begun | ended"""

    delegation: str
    phase: str


DelegationCommand = GiveDelegation | RevokeDelegation | NoteTerm
