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
    """A new plan as its difference: one item's target, end and wording."""

    item: int
    target: Decimal | None = None
    ends_on: date | None = None
    activity: str | None = None
    output: str | None = None


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
    """Sign a party's whole sheet, true at `signed_at`, perhaps in a sitting."""

    party: str
    mode: str
    place: str
    signed_at: datetime
    sitting: str | None = None


@dataclass(frozen=True, slots=True)
class Witness:
    """Witness a party's signature, true at `witnessed_at`."""

    party: str
    mode: str
    place: str
    witnessed_at: datetime
    sitting: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim a plan item's progress with one file of evidence."""

    reference: str
    item: int
    value: Decimal
    file: str


@dataclass(frozen=True, slots=True)
class Report:
    """Submit a period's report of these items, each with one file of evidence, as another office prepared it.

    nihil_rest  why there is nothing to report of every other item that runs; empty: the report adds to an earlier one
    """

    reference: str
    period: str
    items: tuple[Reported, ...]
    nihil_rest: str
    prepared_by: str


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report says of an item."""

    item: int
    value: Decimal
    file: str


@dataclass(frozen=True, slots=True)
class VerifyDrawn:
    """Verify the claims of a period on which the lot fell, perhaps none."""

    reference: str
    period: str


@dataclass(frozen=True, slots=True)
class Reopen:
    """Let a period take reports of a party again, until a day."""

    party: str
    period: str
    closes_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Draw:
    """Draw which checked claims of a closed period are verified."""

    period: str
    seed: str


@dataclass(frozen=True, slots=True)
class Judge:
    """Check the item's waiting claim, verify the one that was checked, or send one back."""

    reference: str
    item: int
    verdict: Literal["check", "verify", "return"]
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
class Convene:
    """Open a sitting of the programme, true at `held_at`."""

    sitting: str
    title: str
    mode: str
    place: str
    held_at: datetime


@dataclass(frozen=True, slots=True)
class Attend:
    """Say which offices were at a sitting, and how: in_person | online."""

    sitting: str
    present: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Adjourn:
    """Close a sitting's record with its minutes, as text and as a file."""

    sitting: str
    ended_at: datetime
    minutes: str
    file: str


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
OnPeriod: TypeAlias = Reopen | Draw
OnSitting: TypeAlias = Convene | Attend | Adjourn
OnSeveral: TypeAlias = OnParty | OnPeriod | VerifyDrawn
Act: TypeAlias = OnOne | Report | OnSeveral | OnSitting | Delegate | Note | ImportDrafts


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the story.

    name          unique; the operation key is "demo:<name>", with ":<stream>" for an act on several streams
                  and ":<claim's number>" for several claims
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
        case ImportDrafts() | Draw() | Convene() | Attend() | Adjourn():
            return None
        case Sign(party=party) | Witness(party=party) | Reopen(party=party):
            return party
        case Delegate():
            organisation = step.office.rpartition(".")[0]
            return organisation if "." in organisation else None
        case _:
            digits = step.act.reference.split("-")[2]
            return f"{digits[:2]}.{digits[2:]}"
