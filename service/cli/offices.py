"""`kawal office`: organisations, offices, who holds them, and what auditors may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import click
import uuid6
from rich.markup import escape
from rich.table import Table

from service import identity
from service.cli.operator import DAY, Desk, desk
from service.cli.output import console, json_option, print_json, say
from workflows.commands import AppointHolder, EndAppointment, EstablishOffice, GiveGrant, RegisterOrganisation
from workflows.facts import HolderAppointed
from workflows.office_rules import CAPACITIES, SCOPES
from workflows.offices import Directory, is_in_force


@click.group()
def office() -> None:
    """Offices hold authority; persons hold offices for a time, by a letter."""


@office.command("add-organisation")
@click.argument("organisation")
@click.option("--name", required=True, help="As people read it.")
@click.option("--kind", required=True, help='What it is, in your words: "kabupaten".')
@click.option("--parent", help="The organisation above it.")
@click.option("--zone", required=True, help="Its time zone: Asia/Pontianak.")
@click.option("--calendar", required=True, help="The id of the working calendar that it follows.")
@json_option
def add_organisation(
    organisation: str, *, name: str, kind: str, parent: str | None, zone: str, calendar: str, as_json: bool
) -> None:
    """Register ORGANISATION; the same again is nothing new."""
    with desk() as here:
        outcome = here.ask(RegisterOrganisation(organisation, parent, name, kind, zone, calendar))
        _tell(
            f"organisation {organisation}", {"organisation": organisation}, is_new=outcome.position > 0, as_json=as_json
        )


@office.command("add")
@click.argument("office_id", metavar="OFFICE")
@click.option("--name", required=True, help="As people read it.")
@click.option("--role", required=True, help="What it may do, by the workflow's definition: region_secretary.")
@click.option("--organisation", required=True, help="The id of its organisation.")
@click.option("--scope", type=click.Choice(SCOPES), default="organisation", show_default=True, help="What it sees.")
@click.option("--reports-to", metavar="OFFICE", help="The office above it.")
@click.option(
    "--acts-for",
    metavar="ORGANISATION",
    help="Another organisation that it stands in its role for: an auditor's region.",
)
@json_option
def add(
    office_id: str,
    *,
    name: str,
    role: str,
    organisation: str,
    scope: str,
    reports_to: str | None,
    acts_for: str | None,
    as_json: bool,
) -> None:
    """Establish OFFICE; the same again is nothing new."""
    with desk() as here:
        outcome = here.ask(EstablishOffice(office_id, name, role, organisation, scope, reports_to, acts_for))
        _tell(f"office {office_id}", {"office": office_id}, is_new=outcome.position > 0, as_json=as_json)


@office.command()
@click.argument("office_id", metavar="OFFICE")
@click.argument("email", metavar="EMAIL")
@click.option(
    "--capacity", type=click.Choice(CAPACITIES), default="definitive", show_default=True, help="How the office is held."
)
@click.option("--letter", required=True, help="The number of the letter of appointment.")
@click.option("--from", "starts_on", type=DAY, required=True, help="The first day.")
@click.option("--until", "ends_on", type=DAY, help="The last day, where it is known.")
@json_option
def appoint(
    office_id: str,
    email: str,
    *,
    capacity: str,
    letter: str,
    starts_on: date,
    ends_on: date | None,
    as_json: bool,
) -> None:
    """Appoint the person with address EMAIL to OFFICE.

    The same appointment again is nothing new.
    """
    with desk() as here:
        person = here.person(email)
        known = _same(here.directory, office_id, person.id, capacity=capacity, starts_on=starts_on)
        if known is not None and (known.letter, known.ends_on) == (letter, ends_on):
            _tell_appointment(known.appointment, is_new=False, as_json=as_json)
            return
        appointment = str(uuid6.uuid7())
        here.ask(
            AppointHolder(appointment, office_id, person.id, capacity, letter, starts_on, ends_on),
            generated="appointment",
        )
        _tell_appointment(appointment, is_new=True, as_json=as_json)


@office.command()
@click.argument("office_id", metavar="OFFICE")
@click.argument("email", metavar="EMAIL")
@click.option("--on", "ended_on", type=DAY, required=True, help="The last day.")
@click.option("--letter", required=True, help="The number of the letter that ends it.")
@click.option("--appointment", help="Which one, where the person has several of this office.")
@json_option
def end(office_id: str, email: str, *, ended_on: date, letter: str, appointment: str | None, as_json: bool) -> None:
    """End the appointment of the person with address EMAIL to OFFICE, after its last day."""
    with desk() as here:
        chosen = appointment or _only(here, office_id, email, ended_on)
        outcome = here.ask(EndAppointment(chosen, ended_on, letter))
        document = {"appointment": chosen, "ended_on": ended_on}
        what = f"end of appointment {chosen} on {ended_on}"
        _tell(what, document, is_new=outcome.position > 0, as_json=as_json)


@office.command()
@click.argument("office_id", metavar="OFFICE")
@click.option("--organisation", help="May see what this organisation and those below it promised.")
@click.option("--subject", help="May see every commitment to this subject.")
@click.option("--commitment", help="May see this commitment.")
@click.option("--letter", required=True, help="The number of the letter that grants it.")
@click.option("--from", "starts_on", type=DAY, required=True, help="The first day.")
@click.option("--until", "ends_on", type=DAY, help="The last day, where it is known.")
@json_option
def grant(
    office_id: str,
    *,
    organisation: str | None,
    subject: str | None,
    commitment: str | None,
    letter: str,
    starts_on: date,
    ends_on: date | None,
    as_json: bool,
) -> None:
    """Let OFFICE, one of scope `granted`, read one thing for a time."""
    with desk() as here:
        named = str(uuid6.uuid7())
        here.ask(
            GiveGrant(named, office_id, organisation, subject, commitment, starts_on, ends_on, letter),
            generated="grant",
        )
        _tell(f"grant {named}", {"grant": named}, is_new=True, as_json=as_json)


@office.command("list")
@click.option("--organisation", help="Only this organisation and those below it.")
@click.option("--on", "day", type=DAY, help="Who holds them on that day instead of today.")
@json_option
def show(*, organisation: str | None, day: date | None, as_json: bool) -> None:
    """List the offices and who holds them."""
    with desk() as here:
        directory = here.directory
        if organisation is not None and directory.organisation(organisation) is None:
            raise click.ClickException(f"there is no organisation {organisation}")
        rows = _rows(here, directory, organisation, day)
    if as_json:
        print_json(rows)
        return
    table = Table("Office", "Role", "Organisation", "Scope", "Held by")
    for row in rows:
        holders = "\n".join(f"{one['name']} ({one['capacity']})" for one in row["holders"])
        table.add_row(row["office"], row["role"], row["organisation"], row["scope"], escape(holders) or "vacant")
    console.print(table)


def _rows(here: Desk, directory: Directory, organisation: str | None, day: date | None) -> list[dict[str, Any]]:
    log_now = here.runtime.now()
    offices = [
        one
        for one in directory.offices.values()
        if organisation is None or organisation in directory.path(one.organisation)
    ]
    days = {one.office: day or log_now.astimezone(ZoneInfo(directory.zone_of(one.office))).date() for one in offices}
    held = {one.office: directory.holders(one.office, days[one.office]) for one in offices}
    names = identity.persons_by_id(here.runtime.engine, [a.person for some in held.values() for a in some])
    return [
        {
            "office": one.office,
            "name": one.name,
            "role": one.role,
            "organisation": one.organisation,
            "scope": one.scope,
            "reports_to": one.reports_to,
            "acts_for": one.acts_for,
            "holders": [_holder(appointment, names) for appointment in held[one.office]],
        }
        for one in offices
    ]


def _holder(appointment: HolderAppointed, names: Mapping[str, identity.Person]) -> dict[str, Any]:
    known = names.get(appointment.person)
    return {
        "appointment": appointment.appointment,
        "person": appointment.person,
        "name": appointment.person if known is None else known.name,
        "email": None if known is None else known.email,
        "capacity": appointment.capacity,
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
    }


def _appointments(directory: Directory, office_id: str, person: str) -> list[HolderAppointed]:
    theirs = (directory.appointments[one] for one in directory.of_person.get(person, ()))
    return [one for one in theirs if one.office == office_id]


def _same(
    directory: Directory, office_id: str, person: str, *, capacity: str, starts_on: date
) -> HolderAppointed | None:
    theirs = _appointments(directory, office_id, person)
    return next((one for one in theirs if (one.capacity, one.starts_on) == (capacity, starts_on)), None)


def _only(here: Desk, office_id: str, email: str, ended_on: date) -> str:
    theirs = _appointments(here.directory, office_id, here.person(email).id)
    running = [one for one in theirs if is_in_force(one, ended_on)]
    if len(running) != 1:
        listed = ", ".join(one.appointment for one in running) or "none"
        raise click.ClickException(f"{email} must have one appointment to {office_id} on {ended_on}; there is {listed}")
    return running[0].appointment


def _tell_appointment(appointment: str, *, is_new: bool, as_json: bool) -> None:
    _tell(f"appointment {appointment}", {"appointment": appointment}, is_new=is_new, as_json=as_json)


def _tell(what: str, document: Mapping[str, object], *, is_new: bool, as_json: bool) -> None:
    sentence = f"Recorded: {what}." if is_new else f"Nothing new: {what} is recorded already."
    say(sentence, {**document, "new": is_new}, as_json=as_json)
