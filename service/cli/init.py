"""`kawal init`: the first administrator of an empty log."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import click
import uuid6

from events import errors as log_errors
from service import identity
from service.cli import exits
from service.cli.operator import Desk, desk
from service.cli.output import json_option, print_json
from service.cli.persons import link_url
from service.cli.setting import settings
from service.migrations import upgrade
from workflows.commands import AppointHolder, EstablishOffice, RegisterOrganisation
from workflows.definition_yaml import parse, shipped, shipped_names


@click.command()
@click.option("--email", prompt="Your e-mail address", help="The administrator's address.")
@click.option("--name", prompt="Your name", help="The administrator's name.")
@click.option(
    "--language", type=click.Choice(identity.LANGUAGES), default="id", show_default=True, help="Of pages and mail."
)
@click.option(
    "--organisation", default="pengelola", show_default=True, help="The id of the administrator's organisation."
)
@click.option("--organisation-name", default="Pengelola kawal", show_default=True, help="Its organisation.")
@click.option("--kind", default="pengelola", show_default=True, help="What the organisation is, in your words.")
@click.option("--zone", default="Asia/Jakarta", show_default=True, help="Its time zone.")
@click.option("--calendar", default="id", show_default=True, help="The id of its working calendar.")
@click.option("--letter", default="kawal init", show_default=True, help="The number of the letter of appointment.")
@json_option
def init(
    *,
    email: str,
    name: str,
    language: str,
    organisation: str,
    organisation_name: str,
    kind: str,
    zone: str,
    calendar: str,
    letter: str,
    as_json: bool,
) -> None:
    """Make the first administrator and print their one-time sign-in link.

    The database is made where there is none. An organisation that exists is used as it is. Again with the same address
    gives a fresh link; while somebody else is administrator it is refused.
    """
    _make_database()
    with desk() as here:
        known = _person(here, identity.NewPerson(name, email, language))
        office = _office(here, RegisterOrganisation(organisation, None, organisation_name, kind, zone, calendar))
        _appoint(here, known.id, office, letter)
        secret = identity.create_link(here.runtime.engine, person=known.id, office=office, now=here.now())
        url = link_url(here, secret)
        if as_json:
            print_json({"link": url, "office": office, "person": known.id})
            return
        click.echo(url)
        click.echo(f"Open it within a day while kawal is up: it signs {known.email} in as {office}, once.", err=True)


def _make_database() -> None:
    try:
        upgrade(settings())
    except log_errors.Unavailable as error:
        click.echo(f"kawal: the database is {error.reason}; try again in {error.retry_after_s} s", err=True)
        raise SystemExit(exits.UNAVAILABLE) from error


def _person(here: Desk, new: identity.NewPerson) -> identity.Person:
    known = identity.person_by_email(here.runtime.engine, new.email)
    return known or identity.create_person(here.runtime.engine, new, now=here.now())


def _office(here: Desk, organisation: RegisterOrganisation) -> str:
    """The administrator's office of the organisation, made with it where need be."""
    if here.directory.organisation(organisation.organisation) is None:
        here.ask(organisation)
    role = _administering_role()
    there = here.directory.with_role(role, organisation.organisation)
    if there:
        return there[0]
    office = f"{organisation.organisation}.admin"
    here.ask(
        EstablishOffice(office, f"Pengelola Sistem, {organisation.name}", role, organisation.organisation, "own", None)
    )
    return office


def _administering_role() -> str:
    """The role that a shipped workflow lets administer: which one that is, the workflow says."""
    workflows = (parse(shipped(name)) for name in shipped_names())
    return next(role.name for workflow in workflows for role in workflow.roles.values() if "administer" in role.may)


def _appoint(here: Desk, person: str, office: str, letter: str) -> None:
    log_now = here.runtime.now()
    if identity.held(here.directory, person, office, log_now=log_now) is None:
        starts_on = _today(here, office, log_now)
        here.ask(
            AppointHolder(str(uuid6.uuid7()), office, person, "definitive", letter, starts_on, None),
            generated="appointment",
        )


def _today(here: Desk, office: str, log_now: datetime) -> date:
    return log_now.astimezone(ZoneInfo(here.directory.zone_of(office))).date()
