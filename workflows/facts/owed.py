"""Facts of a commitment's stream about what offices owe, and about the ladders that remind of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.facts.parts import Evidence, Obligation, Skipped


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
class ObligationsMet:
    """These obligations, by name, were fulfilled because the commitment came into a state that ends them."""

    obligations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentReceived:
    """The party got the document that its duties are counted from, at `received_at`, by a receipt with this number."""

    office: str
    letter: str
    received_at: datetime
    evidence: tuple[Evidence, ...]


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


OwedFact = ObligationsArisen | DueMoved | ObligationsMet | DocumentReceived | EscalationRaised
OWED_NAMES: dict[type, str] = {
    ObligationsArisen: "obligations-arisen",
    DueMoved: "due-moved",
    ObligationsMet: "obligations-met",
    DocumentReceived: "document-received",
    EscalationRaised: "escalation-raised",
}
