"""Facts of a commitment's stream about what was asked for and took effect without a change of state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.facts.parts import Correction, MovedItem


@dataclass(frozen=True, slots=True)
class RequestFulfilled:
    """A request passed its last step and took effect; the commitment stays in its state. does: as in the definition"""

    request: str
    move: str
    does: str


@dataclass(frozen=True, slots=True)
class HoldBegun:
    """Work rests from a day until another, both included, unless it is resumed earlier.

    working_days  from the day after the first to the last, in the calendar named: that many days the moments move
    items         the items that had not ended by then, and were not complete, with their ends
    """

    request: str
    begins_on: date
    ends_on: date
    working_days: int
    calendar: str
    calendar_version: int
    items: tuple[MovedItem, ...]


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """Work went on before the hold was over. days_left: working days that the moments moved back"""

    request: str
    ended_on: date
    days_left: int
    items: tuple[MovedItem, ...]


@dataclass(frozen=True, slots=True)
class ItemExtended:
    """A plan item ends some working days later, for the `number`-th time; its first end stays in the plan as signed."""

    request: str
    item: int
    was: date
    ends_on: date
    working_days: int
    number: int


@dataclass(frozen=True, slots=True)
class CommitmentCorrected:
    """These are written otherwise from now on; what was promised is as before."""

    request: str
    corrections: tuple[Correction, ...]


EffectFact = RequestFulfilled | HoldBegun | HoldEnded | ItemExtended | CommitmentCorrected
EFFECT_FACT_NAMES: dict[type, str] = {
    RequestFulfilled: "request-fulfilled",
    HoldBegun: "hold-begun",
    HoldEnded: "hold-ended",
    ItemExtended: "item-extended",
    CommitmentCorrected: "commitment-corrected",
}
