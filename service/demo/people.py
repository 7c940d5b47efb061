"""Who holds the demo's offices: nobody real, each holder is called by the office."""

from __future__ import annotations

from datetime import date

from service import identity
from service.catalog import OFFICES
from service.demo.material import SECRETARY
from service.dispatch import Ask, Caller, dispatch
from service.runtime import Runtime
from workflows.commands import AppointHolder
from workflows.context import Acting
from workflows.facts import OfficeEstablished

DOMAIN = "kawal-contoh.example"
HELD_FROM = date(2021, 1, 4)
OPERATOR = Caller(Acting("operator", "operator"), signin="demo:")


def appoint_holders(runtime: Runtime) -> None:
    """Let somebody hold every office; the provincial secretary acts as Pj. Again is nothing new."""
    directory = runtime.basis(fresh=True).directory
    vacant = [office for office in directory.offices.values() if not directory.of_office.get(office.office)]
    for office, person in zip(vacant, _persons(runtime, vacant), strict=True):
        command = AppointHolder(
            appointment=f"demo.{office.office}",
            office=office.office,
            person=person,
            capacity="pj" if office.office == SECRETARY else "definitive",
            letter="data contoh",
            starts_on=HELD_FROM,
            ends_on=None,
        )
        operation = f"demo:appoint-{office.office}"
        dispatch(runtime, Ask(command, OFFICES, OPERATOR, operation, {"office": office.office}))


def _persons(runtime: Runtime, offices: list[OfficeEstablished]) -> list[str]:
    wanted = {office.office: f"{office.office}@{DOMAIN}" for office in offices}
    known = identity.persons_by_email(runtime.engine, wanted.values())
    missing = [
        identity.NewPerson(name=f"Pemegang jabatan, {office.name}", email=wanted[office.office])
        for office in offices
        if wanted[office.office].casefold() not in known
    ]
    made = identity.create_persons(runtime.engine, missing, now=runtime.now())
    by_email = {person.email.casefold(): person.id for person in (*known.values(), *made)}
    return [by_email[email.casefold()] for email in wanted.values()]
