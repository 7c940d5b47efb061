"""A small directory: a ministry, a province, one regency with its offices, an auditor and an agency of origin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import holidays

from workflows.calendar import Calendar
from workflows.facts import GrantGiven, HolderAppointed, OfficeEstablished, OfficeFact, OrganisationRegistered
from workflows.offices import Directory, replay_directory

ZONE = "Asia/Pontianak"
CALENDAR = "id-kalbar"
SINCE = date(2021, 1, 1)
ON = date(2022, 3, 1)

ORGANISATIONS = (
    ("menpanrb", None),
    ("61", "menpanrb"),
    ("61.03", "61"),
    ("61.05", "61"),
    ("bpk", None),
    ("asal:32", None),
)
# office, role, organisation, scope, reports to
OFFICES = (
    ("menpanrb.deputi", "ministry_lead", "menpanrb", "organisation", None),
    ("61.sekda", "province_secretary", "61", "organisation", "menpanrb.deputi"),
    ("61.biro", "province_coordinator", "61", "organisation", "61.sekda"),
    ("61.mentor", "mentor", "61", "organisation", "61.sekda"),
    ("61.admin", "system_admin", "61", "own", "61.sekda"),
    ("61.03.sekda", "region_secretary", "61.03", "organisation", "61.sekda"),
    ("61.03.bag", "region_coordinator", "61.03", "organisation", "61.03.sekda"),
    ("61.03.dinkes", "agency_head", "61.03", "own", "61.03.sekda"),
    ("61.03.dinkes.pic", "agency_pic", "61.03", "own", "61.03.dinkes"),
    ("61.03.rsud", "agency_head", "61.03", "own", "61.03.sekda"),
    ("61.05.sekda", "region_secretary", "61.05", "organisation", "61.sekda"),
    ("bpk.kalbar", "external_auditor", "bpk", "granted", None),
    ("asal.pikobar", "innovation_owner", "asal:32", "granted", None),
)


def organisation(name: str, parent: str | None = None, *, zone: str = ZONE) -> OrganisationRegistered:
    return OrganisationRegistered(name, parent, f"Organisation {name}", "kind", zone, CALENDAR)


def office(
    name: str,
    role: str,
    where: str,
    *,
    scope: str = "organisation",
    to: str | None = None,
    acts_for: str | None = None,
) -> OfficeEstablished:
    return OfficeEstablished(name, f"Office {name}", role, where, scope, to, acts_for)


def holder(
    of: str,
    person: str | None = None,
    *,
    capacity: str = "definitive",
    starts_on: date = SINCE,
    ends_on: date | None = None,
) -> HolderAppointed:
    """An appointment named after the office and the person; without one, the office's own holder."""
    held_by = person or f"holder of {of}"
    return HolderAppointed(f"{of}/{held_by}/{starts_on}", of, held_by, capacity, "SK 1/2021", starts_on, ends_on)


def grant(
    to: str,
    *,
    organisation: str | None = None,
    subject: str | None = None,
    commitment: str | None = None,
    starts_on: date = SINCE,
    ends_on: date | None = None,
) -> GrantGiven:
    name = f"grant {organisation or subject or commitment}"
    return GrantGiven(name, to, organisation, subject, commitment, starts_on, ends_on, "ST 7/2022")


def directory(*, vacant: Iterable[str] = (), more: Iterable[OfficeFact] = ()) -> Directory:
    """The whole small directory, every office held but the vacant ones."""
    empty = frozenset(vacant)
    return replay_directory(
        (
            *(organisation(name, parent) for name, parent in ORGANISATIONS),
            *(office(name, role, where, scope=scope, to=to) for name, role, where, scope, to in OFFICES),
            *(holder(name) for name, *_ in OFFICES if name not in empty),
            *more,
        )
    )


@lru_cache
def calendar() -> Calendar:
    """Indonesia's working days of 2021 to 2023: public holidays and joint leave off."""
    off = holidays.country_holidays("ID", years=range(2021, 2024), categories=("public", "government"))
    return Calendar(CALENDAR, 1, date(2021, 1, 1), date(2023, 12, 31), frozenset(off))
