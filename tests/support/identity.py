"""A small directory for tests of identity: one region's secretary and coordinator, and who holds them when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from service import identity
from workflows.facts import HolderAppointed, OfficeEstablished, OfficeFact, OrganisationRegistered
from workflows.offices import Directory, replay_directory

NOW = datetime(2022, 3, 1, 2, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=1)
SECRETARY = "61.01.sekda"
COORDINATOR = "61.01.bagian-organisasi"
PASSWORD = "hujan turun di Sambas"
REGION: tuple[OfficeFact, ...] = (
    OrganisationRegistered("61", None, "Provinsi Kalimantan Barat", "provinsi", "Asia/Pontianak", "id"),
    OrganisationRegistered("61.01", "61", "Kabupaten Sambas", "kabupaten", "Asia/Pontianak", "id"),
    OfficeEstablished(SECRETARY, "Sekretaris Daerah", "region_secretary", "61.01", "organisation", None),
    OfficeEstablished(COORDINATOR, "Bagian Organisasi", "region_coordinator", "61.01", "organisation", SECRETARY),
)
HOLDER = identity.NewPerson("Pemegang jabatan, Sekretaris Daerah Kabupaten Sambas", "sekda@sambas.example")


def appointed(
    person: str,
    office: str = SECRETARY,
    *,
    capacity: str = "definitive",
    starts_on: date = date(2022, 1, 1),
    ends_on: date | None = None,
) -> HolderAppointed:
    """An appointment whose id follows from its content."""
    return HolderAppointed(
        appointment=f"{office}/{person}/{capacity}/{starts_on}",
        office=office,
        person=person,
        capacity=capacity,
        letter="800/1/2022",
        starts_on=starts_on,
        ends_on=ends_on,
    )


def directory(*appointments: HolderAppointed) -> Directory:
    """The region with these appointments."""
    return replay_directory((*REGION, *appointments))
