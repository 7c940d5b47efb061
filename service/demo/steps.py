"""What the demo's story is made of: a moment, an office and an act, with names instead of generated ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class AskMove:
    """Open a request; `change` names how the plan is amended (None: the move carries no plan)."""

    reference: str
    move: str
    reason: str | None = None
    text: str = ""
    files: tuple[str, ...] = ()
    change: Amendment | None = None


@dataclass(frozen=True, slots=True)
class Amendment:
    """A new plan as its difference: one item's target and end."""

    item: int
    target: Decimal | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Decide:
    """Give a verdict on the commitment's open request. verdict: approve | return | reject"""

    reference: str
    verdict: Literal["approve", "return", "reject"]
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Advise:
    """Give an opinion on the commitment's open request."""

    reference: str
    text: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Sign a party's whole sheet, true at `signed_at`."""

    party: str
    mode: str
    place: str
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class Witness:
    """Witness a party's signature, true at `witnessed_at`."""

    party: str
    mode: str
    place: str
    witnessed_at: datetime


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim a plan item's progress with one file of evidence."""

    reference: str
    item: int
    value: Decimal
    file: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Verify the item's waiting claim, or send it back."""

    reference: str
    item: int
    verdict: Literal["verify", "return"]
    reason: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ImportDrafts:
    """Import the programme's commitments and plans as drafts."""


Act: TypeAlias = AskMove | Decide | Advise | Sign | Witness | Claim | Judge | ImportDrafts


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story.

    name    unique; the operation key is "demo:<name>", with ":<stream>" for an act on several streams
    at      demo time, aware UTC
    """

    name: str
    at: datetime
    office: str
    act: Act


def parties_of(step: Step) -> str | None:
    """The party that a step is about; None for one that is about all."""
    match step.act:
        case ImportDrafts():
            return None
        case Sign(party=party) | Witness(party=party):
            return party
        case AskMove() | Decide() | Advise() | Claim() | Judge():
            digits = step.act.reference.split("-")[2]
            return f"{digits[:2]}.{digits[2:]}"
