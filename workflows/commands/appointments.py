"""Commands on appointments that need a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ProposeHolder:
    """Ask that a person, by pseudonym, hold an office; `person` is empty where nobody is known by what was written."""

    appointment: str
    office: str
    person: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class ConfirmHolder:
    appointment: str


@dataclass(frozen=True, slots=True)
class DeclineHolder:
    appointment: str
    reason: str


AppointmentCommand = ProposeHolder | ConfirmHolder | DeclineHolder
