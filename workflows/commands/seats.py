"""Commands on parties' places in a programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InviteParties:
    """Ask parties to take part, all by one letter. answer_by: the day by which they answer, if one was named"""

    programme: str
    parties: tuple[str, ...]
    letter: str
    invited_on: date
    answer_by: date | None


@dataclass(frozen=True, slots=True)
class DeclineInvitation:
    """Record that a party takes no part."""

    programme: str
    party: str
    letter: str
    declined_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class JoinProgramme:
    """Record that a party takes part from a day on."""

    programme: str
    party: str
    letter: str
    joined_on: date


SeatCommand = InviteParties | DeclineInvitation | JoinProgramme
