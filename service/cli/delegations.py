"""`kawal delegation`: what authority offices gave one another, and taking it back at the machine."""

from __future__ import annotations

from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from service import identity
from service.catalog import DELEGATIONS
from service.cli.operator import Desk, desk
from service.cli.output import console, json_option, print_json, say
from workflows.commands import RevokeDelegation
from workflows.facts import DelegationGiven


@click.group()
def delegation() -> None:
    """Offices give one another authority for a time, on the pages or by the API; here it is seen and taken back."""


@delegation.command("list")
@click.option("--office", "office_id", help="Only what this office gave or received.")
@json_option
def show(*, office_id: str | None, as_json: bool) -> None:
    """List the delegations, oldest first, with how each stands."""
    with desk() as here:
        known = here.runtime.basis(fresh=True).delegations.known.values()
        given = [one.given for one in known]
        rows = [_row(here, one) for one in given if office_id in (None, one.office, one.to)]
    if as_json:
        print_json(rows)
        return
    table = Table("Delegation", "Authority of", "To", "Capacity", "From", "Until", "Letter", "Standing")
    for row in rows:
        days = (str(row["starts_on"]), str(row["ends_on"]))
        table.add_row(
            row["delegation"], row["office"], row["to"], row["capacity"], *days, escape(row["letter"]), row["standing"]
        )
    console.print(table)


@delegation.command()
@click.argument("delegation_id", metavar="DELEGATION")
@click.option("--reason", required=True, help="Why it ends before its time.")
@json_option
def revoke(delegation_id: str, *, reason: str, as_json: bool) -> None:
    """Take DELEGATION back at once, with whatever was passed on from it."""
    with desk() as here:
        here.ask(RevokeDelegation(delegation_id, reason), stream=DELEGATIONS)
        say(f"Recorded: the delegation {delegation_id} is revoked.", {"delegation": delegation_id}, as_json=as_json)


def _row(here: Desk, given: DelegationGiven) -> dict[str, Any]:
    basis = here.runtime.basis()
    moment = identity.moment_of(basis.directory, given.office, here.runtime.now())
    return {
        "delegation": given.delegation,
        "office": given.office,
        "given_by": given.given_by,
        "to": given.to,
        "capacity": given.capacity,
        "letter": given.letter,
        "starts_on": given.starts_on,
        "ends_on": given.ends_on,
        "programmes": list(given.programmes),
        "moves": list(given.moves),
        "standing": basis.delegations.standing(given.delegation, moment),
    }
