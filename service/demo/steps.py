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
class Revoke:
    """Take back the verification of an item's last verified claim."""

    reference: str
    item: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Find:
    """Record a finding on an item, with one file, that its addressee is to answer."""

    reference: str
    item: int
    addressee: str
    due_on: date
    text: str
    file: str


@dataclass(frozen=True, slots=True)
class Direct:
    """Give a direction that its addressee is to answer."""

    reference: str
    addressee: str
    due_on: date
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """Answer the commitment's last matter of that kind (finding, direction)."""

    reference: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Close:
    """Close the commitment's last finding, or settle its last direction."""

    reference: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Let another office act for one's own, or assist it, for a term; moves: none named means all that is done."""

    to: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date
    moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """Note a star and a line of advice beside the commitment's open request, in the inbox that one assists."""

    reference: str
    text: str
    starred: bool


@dataclass(frozen=True, slots=True)
class ImportDrafts:
    """Import the programme's commitments and plans as drafts."""


Oversight: TypeAlias = Revoke | Find | Direct | Reply | Close
OnOne: TypeAlias = AskMove | Decide | Advise | Claim | Judge | Oversight
OnParty: TypeAlias = Sign | Witness
Act: TypeAlias = OnOne | OnParty | Delegate | Note | ImportDrafts


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story.

    name          unique; the operation key is "demo:<name>", with ":<stream>" for an act on several streams
    at            demo time, aware UTC
    on_behalf_of  the office for which `office` acts by a delegation
    """

    name: str
    at: datetime
    office: str
    act: Act
    on_behalf_of: str | None = None


def parties_of(step: Step) -> str | None:
    """The party that a step is about; None for one that is about all."""
    match step.act:
        case ImportDrafts():
            return None
        case Sign(party=party) | Witness(party=party):
            return party
        case Delegate():
            organisation = step.office.rpartition(".")[0]
            return organisation if "." in organisation else None
        case _:
            digits = step.act.reference.split("-")[2]
            return f"{digits[:2]}.{digits[2:]}"
