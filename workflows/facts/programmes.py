"""Facts of the streams `calendar-<id>`, `definition-<name>` and `programme-<id>`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.facts.definitions import DEFINITION_NAMES, DefinitionFact


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


ProgrammeFact = CalendarAdopted | ProgrammeOpened | DefinitionFact
PROGRAMME_NAMES: dict[type, str] = {
    CalendarAdopted: "calendar-adopted",
    ProgrammeOpened: "programme-opened",
    **DEFINITION_NAMES,
}
