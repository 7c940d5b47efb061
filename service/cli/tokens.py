"""`kawal token`: bearer tokens for programs that use /api/v1."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta

import click
from rich.markup import escape
from rich.table import Column, Table

from service import identity
from service.cli.operator import desk
from service.cli.output import console, json_option, print_json, say
from service.cli.persons import held_office


@click.group()
def token() -> None:
    """One token is one person in one office; it ends with the appointment."""


@token.command()
@click.argument("email")
@click.option("--office", "office_id", help="Which office it acts for, where the person holds several.")
@click.option("--name", required=True, help="What it is for, so that it can be told from others.")
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How long it works.")
@json_option
def issue(email: str, *, office_id: str | None, name: str, days: int, as_json: bool) -> None:
    """Print a new token of the person with address EMAIL; it is shown this once."""
    with desk() as here:
        known = here.person(email)
        office = held_office(here, known, office_id)
        now = here.now()
        issued = identity.issue_token(
            here.runtime.engine,
            person=known.id,
            office=office,
            name=name,
            now=now,
            expires_at=now + timedelta(days=days),
        )
        if as_json:
            print_json({"id": issued.id, "token": issued.secret, "office": office, "expires_at": issued.expires_at})
            return
        click.echo(issued.secret)
        click.echo(
            f"Shown this once. It acts for {office} for {days} days; revoke: kawal token revoke {issued.id}", err=True
        )


@token.command("list")
@click.option("--person", "email", metavar="EMAIL", help="Only this person's.")
@json_option
def show(*, email: str | None, as_json: bool) -> None:
    """List the tokens, never what they are; the revoked and expired ones too."""
    with desk() as here:
        tokens = identity.list_tokens(here.runtime.engine, person=None if email is None else here.person(email).id)
        persons = identity.persons_by_id(here.runtime.engine, [one.person for one in tokens])
        now = here.now()
    rows = [{**asdict(one), "email": persons[one.person].email, "works": _works(one, now=now)} for one in tokens]
    if as_json:
        print_json(rows)
        return
    table = Table(Column("Id", min_width=36), "Name", "Person", "Office", "Works", "Last used")
    for row in rows:
        table.add_row(
            row["id"],
            escape(row["name"]),
            escape(row["email"]),
            row["office"],
            row["works"],
            str(row["last_used_at"] or "never"),
        )
    console.print(table)


@token.command()
@click.argument("token_id", metavar="ID")
@json_option
def revoke(token_id: str, *, as_json: bool) -> None:
    """Make the token with this ID good for nothing, at once."""
    with desk() as here:
        was_good = identity.revoke_token(here.runtime.engine, token_id, now=here.now())
        sentence = f"Token {token_id} is revoked." if was_good else f"Nothing new: token {token_id} was revoked before."
        say(sentence, {"id": token_id, "new": was_good}, as_json=as_json)


def _works(one: identity.Token, *, now: datetime) -> str:
    if one.revoked_at is not None:
        return "revoked"
    if one.expires_at is None:
        return "yes"
    return f"until {one.expires_at:%Y-%m-%d}" if now < one.expires_at else "expired"
