"""Facts of a commitment's stream about what offices owe, and about the ladders that remind of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.facts.parts import Obligation, Skipped


@dataclass(frozen=True, slots=True)
class ObligationsArisen:
    """These are owed from now on (a new round replaces an older one of the same name)."""

    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class DueMoved:
    """What was owed already is due, or escalates, at other moments from now on; rounds and levels taken stay.

    cause  hold | resume
    """

    cause: str
    obligations: tuple[Obligation, ...]


@dataclass(frozen=True, slots=True)
class EscalationRaised:
    """One level of an obligation's ladder was taken; `recipients` are the offices that hear of it now.

    style  message | list | digest: how the ladder wants it told
    """

    obligation: str
    round: int
    ladder: str
    ladder_version: int
    level: int
    style: str
    due_at: datetime
    office: str
    recipients: tuple[str, ...]
    skipped: tuple[Skipped, ...]


OwedFact = ObligationsArisen | DueMoved | EscalationRaised
OWED_NAMES: dict[type, str] = {
    ObligationsArisen: "obligations-arisen",
    DueMoved: "due-moved",
    EscalationRaised: "escalation-raised",
}
