"""Facts of the streams `calendar-<id>`, `definition-<name>` and `programme-<id>`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from workflows.facts.definitions import DEFINITION_NAMES, DefinitionFact
from workflows.facts.programme_life import LIFE_NAMES, LifeFact
from workflows.facts.seats import SEAT_NAMES, SeatFact


@dataclass(frozen=True, slots=True)
class CalendarAdopted:
    """From now on working days are counted with these days off (weekends aside) between two days, both included."""

    calendar: str
    version: int
    source: str
    first_day: date
    last_day: date
    days_off: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """A part of a subject. kind: core | adaptable"""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Subject:
    """What can be promised in a programme: here an innovation with its origin and its components."""

    subject: str
    name: str
    short_name: str
    sector: str
    kind: str
    origin: str
    lead_agency: str
    owner_office: str | None
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeOpened:
    """A programme runs for a year with its scope of parties and subjects; `organisation` leads it.

    sample  the data is made up, and every page says so
    """

    programme: str
    name: str
    definition: str
    definition_version: int
    organisation: str
    zone: str
    calendar: str
    fiscal_year: int
    starts_on: date
    ends_on: date
    parties: tuple[str, ...]
    subjects: tuple[Subject, ...]
    sample: bool


@dataclass(frozen=True, slots=True)
class NamedElsewhere:
    """Another system calls a party or subject of the programme by this id. kind: party | subject"""

    programme: str
    kind: str
    name: str
    system: str
    external_id: str


@dataclass(frozen=True, slots=True)
class PeriodExtended:
    """Reports for a period are due and taken until later days, for these parties (none named: for all)."""

    programme: str
    period: str
    parties: tuple[str, ...]
    due_on: date
    closes_on: date
    reason: str
    office: str


@dataclass(frozen=True, slots=True)
class PeriodClosed:
    """A period takes no more reports of these parties (none named: of anybody) from `closed_at` on."""

    programme: str
    period: str
    parties: tuple[str, ...]
    closed_at: datetime
    reason: str
    office: str


@dataclass(frozen=True, slots=True)
class PeriodReopened:
    """A closed period takes reports of these parties (none named: of all) again, until a day; they stay late."""

    programme: str
    period: str
    parties: tuple[str, ...]
    closes_on: date
    reason: str
    office: str


@dataclass(frozen=True, slots=True)
class SampleDrawn:
    """The lot that decides which checked claims of a closed period are verified (`workflows.sampling` draws by it).

    seed  32 hex digits of chance, unknown to everybody before; permille: how many of a thousand are drawn
    """

    programme: str
    period: str
    seed: str
    permille: int
    office: str


PeriodFact = PeriodExtended | PeriodClosed | PeriodReopened
ProgrammeFact = (
    CalendarAdopted | ProgrammeOpened | NamedElsewhere | DefinitionFact | PeriodFact | SampleDrawn | LifeFact | SeatFact
)
PROGRAMME_NAMES: dict[type, str] = {
    CalendarAdopted: "calendar-adopted",
    ProgrammeOpened: "programme-opened",
    **DEFINITION_NAMES,
    **LIFE_NAMES,
    **SEAT_NAMES,
    PeriodExtended: "period-extended",
    PeriodClosed: "period-closed",
    PeriodReopened: "period-reopened",
    SampleDrawn: "sample-drawn",
    NamedElsewhere: "named-elsewhere",
}
