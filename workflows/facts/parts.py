"""What several facts are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored file by its content: SHA-256 digest in hex, the name it came with, its media type, its size."""

    digest: str
    name: str
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What one of the workflow's own fields says, in its canonical form; only what is filled has one."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class PeriodTarget:
    """What an item is to reach by a period's end, in its unit and in its own way of counting."""

    period: str
    target: Decimal


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One line of an action plan; `number` is its place and its name inside the commitment.

    depends_on  numbers of the items that come before it
    weight      what it counts beside the others; None: as much as any
    targets     by period, where the plan says so much
    """

    number: int
    stage: str
    activity: str
    output: str
    indicator: str
    unit: str
    target: Decimal
    starts_on: date
    ends_on: date
    agency: str
    budget_idr: int
    fund: str
    evidence_required: str
    component: str | None = None
    value: str = "cumulative"
    depends_on: tuple[int, ...] = ()
    weight: Decimal | None = None
    targets: tuple[PeriodTarget, ...] = ()
    fields: tuple[FieldValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Extension:
    """An item's end as somebody asks for it. was: the end when it was asked for; None: not looked up yet"""

    item: int
    ends_on: date
    was: date | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A slip of the pen put right.

    field   pic, or a field of the plan item `item`
    old     what stood there when it was asked for; None: not looked up yet
    """

    field: str
    new: str
    item: int | None = None
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a request asks for beside a plan.

    until        the last day of a hold
    extensions   items that are to end later
    corrections  what is to be written otherwise
    """

    until: date | None = None
    extensions: tuple[Extension, ...] = ()
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedItem:
    """A plan item that ends on another day than before, though no plan was amended."""

    item: int
    was: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class LevelDue:
    """When one level of a ladder fires for one obligation, as computed when the obligation arose."""

    level: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Obligation:
    """Something an office owes by a moment; `obligation` is unique in its commitment, with `round` in all of its lives.

    kind        item | decision | duty | report | check | verification | finding | direction | help
    subject     the item's number, "<request>/<step>", the duty's name, the period, the claim or the matter, as text
    due_on      the due day; `due_at` is its end, 24.00 in the organisation's zone, as UTC
    calendar    id and version of the calendar that the working days were counted with
    given_by    the office that it is owed to, where one gave it
    levels      moments of the ladder's levels, oldest first; those before the obligation arose are left out
    """

    obligation: str
    round: int
    kind: str
    subject: str
    office: str
    due_on: date
    due_at: datetime
    calendar: str
    calendar_version: int
    ladder: str
    ladder_version: int
    levels: tuple[LevelDue, ...]
    given_by: str | None = None


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many of a step's members must approve, as counted when its request opened: no later office changes it.

    members   for each member the role that its office is resolved by, or the office itself; kind: role | office
    needed  from 1; more than there are members where nobody can fill it
    """

    step: str
    kind: str
    members: tuple[str, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class InSitting:
    """The sitting that a verdict was given in, and when: the verdict is true from then on."""

    sitting: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Skipped:
    """An office that a step or recipient passed over on the way up. why: conflicted | vacant | absent"""

    office: str
    why: str
