"""Commands on the directory of offices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RegisterOrganisation:
    organisation: str
    parent: str | None
    name: str
    kind: str
    zone: str
    calendar: str


@dataclass(frozen=True, slots=True)
class EstablishOffice:
    office: str
    name: str
    role: str
    organisation: str
    scope: str
    reports_to: str | None
    acts_for: str | None = None


@dataclass(frozen=True, slots=True)
class AppointHolder:
    appointment: str
    office: str
    person: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class EndAppointment:
    appointment: str
    ended_on: date
    letter: str


@dataclass(frozen=True, slots=True)
class GiveGrant:
    grant: str
    office: str
    organisation: str | None
    subject: str | None
    commitment: str | None
    starts_on: date
    ends_on: date | None
    letter: str


OfficeCommand = RegisterOrganisation | EstablishOffice | AppointHolder | EndAppointment | GiveGrant
