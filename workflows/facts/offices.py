"""Facts of the directory's stream, `offices`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OrganisationRegistered:
    """An organisation joined the tree; `zone` is an IANA name, `calendar` the id of its working calendar."""

    organisation: str
    parent: str | None
    name: str
    kind: str
    zone: str
    calendar: str


@dataclass(frozen=True, slots=True)
class OfficeEstablished:
    """An office exists from now on. scope: organisation | own | granted

    acts_for  another organisation: for it and all below, the office stands in its role like one of its own
    """

    office: str
    name: str
    role: str
    organisation: str
    scope: str
    reports_to: str | None
    acts_for: str | None = None


@dataclass(frozen=True, slots=True)
class HolderAppointed:
    """A person, by pseudonym, holds an office from a day until another, both included (open end: None).

    capacity  definitive | pj | plt | plh
    """

    appointment: str
    office: str
    person: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class AppointmentEnded:
    """An appointment's last day was set or moved forward."""

    appointment: str
    office: str
    ended_on: date
    letter: str


@dataclass(frozen=True, slots=True)
class GrantGiven:
    """An office of scope `granted` may read what the grant names, from a day until another.

    Exactly one of organisation (and all below it), subject, commitment is given.
    """

    grant: str
    office: str
    organisation: str | None
    subject: str | None
    commitment: str | None
    starts_on: date
    ends_on: date | None
    letter: str


@dataclass(frozen=True, slots=True)
class HolderProposed:
    """A person is to hold an office; nothing holds until another person in another office confirms it.

    proposed_by, proposer  the office and, by pseudonym, the person who proposed; the rest as in `HolderAppointed`
    """

    appointment: str
    office: str
    person: str
    capacity: str
    letter: str
    starts_on: date
    ends_on: date | None
    proposed_by: str
    proposer: str


@dataclass(frozen=True, slots=True)
class HolderProposalDeclined:
    """A proposal came to nothing: somebody else declined it, or its proposer took it back."""

    appointment: str
    office: str
    proposed_by: str
    reason: str


OfficeFact = (
    OrganisationRegistered
    | OfficeEstablished
    | HolderAppointed
    | AppointmentEnded
    | GrantGiven
    | HolderProposed
    | HolderProposalDeclined
)
OFFICE_NAMES: dict[type, str] = {
    OrganisationRegistered: "organisation-registered",
    OfficeEstablished: "office-established",
    HolderAppointed: "holder-appointed",
    AppointmentEnded: "appointment-ended",
    GrantGiven: "grant-given",
    HolderProposed: "holder-proposed",
    HolderProposalDeclined: "holder-proposal-declined",
}
