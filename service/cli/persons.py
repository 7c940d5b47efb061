"""`kawal person`: who can sign in, and how. Names and addresses never reach the log."""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from service import identity
from service.cli.operator import Desk, desk
from service.cli.output import console, json_option, print_json, say


@click.group()
def person() -> None:
    """Persons sign in by address and password, and act for the office that they hold."""


@person.command()
@click.argument("email")
@click.option("--name", required=True, help="As colleagues write it.")
@click.option(
    "--language", type=click.Choice(identity.LANGUAGES), default="id", show_default=True, help="Of pages and mail."
)
@json_option
def add(email: str, *, name: str, language: str, as_json: bool) -> None:
    """Make a person with address EMAIL known."""
    with desk() as here:
        made = identity.create_person(here.runtime.engine, identity.NewPerson(name, email, language), now=here.now())
        say(f"Recorded: {made.name} <{made.email}>, in the log as {made.id}.", asdict(made), as_json=as_json)


@person.command()
@click.argument("email")
@click.option("--stdin", is_flag=True, help="Read the password from the first line of standard input.")
@json_option
def password(email: str, *, stdin: bool, as_json: bool) -> None:
    """Set the password of the person with address EMAIL; their sessions end."""
    with desk() as here:
        known = here.person(email)
        chosen = sys.stdin.readline().rstrip("\r\n") if stdin else _asked()
        identity.set_password(here.runtime.engine, known.id, chosen, now=here.now())
        sentence = f"The password of {known.email} is set; every session of theirs has ended."
        say(sentence, {"person": known.id, "email": known.email}, as_json=as_json)


@person.command("list")
@json_option
def show(*, as_json: bool) -> None:
    """List every person, with the offices that they hold today."""
    with desk() as here:
        rows = [_row(here, one) for one in identity.list_persons(here.runtime.engine)]
    if as_json:
        print_json(rows)
        return
    table = Table("Name", "Address", "Language", "Can sign in", "Offices")
    for row in rows:
        offices = "\n".join(f"{one['office']} ({one['capacity']})" for one in row["offices"])
        signs_in = "no" if not row["active"] else "by password" if row["has_password"] else "by link"
        table.add_row(escape(row["name"]), escape(row["email"]), row["language"], signs_in, offices)
    console.print(table)


@person.command()
@click.argument("email")
@click.option("--office", "office_id", help="Which office to act for, where the person holds several.")
@json_option
def link(email: str, *, office_id: str | None, as_json: bool) -> None:
    """Print a link that signs the person with address EMAIL in, once, within a day.

    For somebody who has no password yet or forgot it; earlier links of theirs stop working.
    """
    with desk() as here:
        known = here.person(email)
        office = held_office(here, known, office_id)
        secret = identity.create_link(here.runtime.engine, person=known.id, office=office, now=here.now())
        url = link_url(here, secret)
        say(url, {"link": url, "person": known.id, "office": office}, as_json=as_json)
        click.echo(f"Good once, for a day, for {known.email} as {office}. Hand it over personally.", err=True)


@person.command()
@click.argument("email")
@json_option
def deactivate(email: str, *, as_json: bool) -> None:
    """Let the person with address EMAIL in no more; sessions and tokens stop working at once."""
    with desk() as here:
        known = here.person(email)
        identity.deactivate_person(here.runtime.engine, known.id, now=here.now())
        sentence = f"{known.email} can't sign in any more. Their appointments stand; end them by: kawal office end"
        say(sentence, {"person": known.id, "active": False}, as_json=as_json)


@person.command()
@click.argument("email")
@json_option
def reactivate(email: str, *, as_json: bool) -> None:
    """Let the person with address EMAIL in again."""
    with desk() as here:
        known = here.person(email)
        identity.reactivate_person(here.runtime.engine, known.id)
        say(f"{known.email} can sign in again.", {"person": known.id, "active": True}, as_json=as_json)


def held_office(here: Desk, known: identity.Person, office_id: str | None) -> str:
    """The office asked for, or the only one held, if the person holds it today. Raises ClickException."""
    held = [one.office for one in identity.offices_held(here.directory, known.id, log_now=here.runtime.now())]
    if office_id is None and len(held) == 1:
        return held[0]
    if office_id is not None and office_id in held:
        return office_id
    listed = ", ".join(held) or "no office"
    wanted = "say which by --office" if office_id is None else f"{office_id} isn't among them"
    raise click.ClickException(f"{known.email} holds {listed} today; {wanted}")


def link_url(here: Desk, secret: str) -> str:
    """The address of a one-time sign-in link."""
    return f"{here.config.base_url}/login/link/{secret}"


def _asked() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="Again"))


def _row(here: Desk, one: identity.Person) -> dict[str, Any]:
    held = identity.offices_held(here.runtime.basis().directory, one.id, log_now=here.runtime.now())
    return {**asdict(one), "offices": [{"office": each.office, "capacity": each.capacity} for each in held]}
