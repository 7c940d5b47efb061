"""Facts of a party's place in a programme, in the stream `programme-<id>`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartyInvited:
    """A party of the programme's scope was asked to take part, by a letter. answer_by: None where no day was named"""

    programme: str
    party: str
    letter: str
    invited_on: date
    answer_by: date | None
    office: str


@dataclass(frozen=True, slots=True)
class InvitationDeclined:
    """A party takes no part, and says why. letter: its answer's number, empty where there is none"""

    programme: str
    party: str
    letter: str
    declined_on: date
    reason: str
    office: str


@dataclass(frozen=True, slots=True)
class PartyJoined:
    """A party takes part from a day on; that it does isn't yet a signature."""

    programme: str
    party: str
    letter: str
    joined_on: date
    office: str


SeatFact = PartyInvited | InvitationDeclined | PartyJoined
SEAT_NAMES: dict[type, str] = {
    PartyInvited: "party-invited",
    InvitationDeclined: "invitation-declined",
    PartyJoined: "party-joined",
}
