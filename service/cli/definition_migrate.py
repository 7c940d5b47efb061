"""`kawal definition migrate`: commitments go over to another version of their workflow, after a look at the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click
from rich.markup import escape
from rich.table import Table

from service import sentences
from service.catalog import programme_stream
from service.cli import exits
from service.cli.definition_install import token_option
from service.cli.operator import Desk, desk
from service.cli.output import console, json_option, print_json, progress, say
from service.dispatch import Caller
from service.migrating import foreseen, rehearsed, targets, unknown_targets
from service.reading import words_of
from workflows.commands import ProposeMigration
from workflows.facts import MigrationProposed, StateMapped
from workflows.migrating import Foreseen


@click.command()
@click.argument("programme")
@click.option("--to", "to_version", type=click.IntRange(min=1), help="The installed version to go over to.")
@click.option("--undo", "undoes", metavar="MIGRATION", help="Take a migration back instead.")
@click.option("--state-map", "states", metavar="OLD=NEW", multiple=True, help="A state by another name; repeatable.")
@click.option("--commitment", "commitments", metavar="ID", multiple=True, help="Only this one; repeatable.")
@click.option("--dry-run", is_flag=True, help="Show who may go over, who not and why; write nothing.")
@click.option("--letter", default="", help="The number of the letter that orders it.")
@click.option("--reason", default="", help="Why.")
@token_option
@json_option
def migrate(
    programme: str,
    *,
    to_version: int | None,
    undoes: str | None,
    states: tuple[str, ...],
    commitments: tuple[str, ...],
    dry_run: bool,
    letter: str,
    reason: str,
    token: str | None,
    as_json: bool,
) -> None:
    """Propose that commitments of PROGRAMME go over to another version of their workflow, or back.

    It is carried out when a second person confirms it (kawal definition confirm): one event a commitment; who can't
    go over by then keeps its version. Whatever is owed keeps its days.
    """
    if (to_version is None) == (undoes is None):
        raise click.UsageError("name either the version to go to (--to) or the migration to take back (--undo)")
    command = ProposeMigration(
        programme=programme,
        to_version=to_version,
        states=tuple(_mapped(one) for one in states),
        commitments=commitments or None,
        undoes=undoes,
        letter=letter,
        text=reason,
    )
    with desk() as here:
        caller = here.signed_in(token)
        if dry_run:
            _rehearse(here, command, caller, as_json=as_json)
        else:
            _propose(here, command, caller, as_json=as_json)


def _mapped(text: str) -> StateMapped:
    old, _, new = text.partition("=")
    if not old.strip() or not new.strip():
        raise click.BadParameter(f"{text!r}: expected OLD=NEW, two names of states", param_hint="--state-map")
    return StateMapped(old.strip(), new.strip())


def _propose(here: Desk, command: ProposeMigration, caller: Caller, *, as_json: bool) -> None:
    basis = here.runtime.basis(fresh=True)
    order = rehearsed(basis, command, by=caller.acting, now=here.runtime.now())
    _refuse_unknown(here, order)
    outcome = here.ask(command, stream=programme_stream(command.programme), caller=caller)
    migrations = here.runtime.basis(fresh=True).installed.migrations.values()
    newest = [one.proposed.migration for one in migrations if one.proposed.programme == command.programme][-1]
    name = newest if outcome.position else order.migration
    begin = "Proposed" if outcome.position else "Nothing new: proposed already"
    document = {"migration": name, "status": "open", "new": bool(outcome.position)}
    say(f"{begin}: {name}. A second person confirms it: kawal definition confirm {name}", document, as_json=as_json)


def _rehearse(here: Desk, command: ProposeMigration, caller: Caller, *, as_json: bool) -> None:
    basis, now = here.runtime.basis(fresh=True), here.runtime.now()
    order = rehearsed(basis, command, by=caller.acting, now=now)
    _refuse_unknown(here, order)
    with progress() as bar:
        task = bar.add_task("Looking", total=len(targets(here.runtime, order)))
        found = []
        for one in foreseen(here.runtime, basis, order, by=caller.acting, now=now):
            found.append(_document(here, one))
            bar.advance(task)
    if as_json:
        print_json({"programme": command.programme, "commitments": found})
    else:
        _print(found)
    if any(one["why_not"] for one in found):
        raise SystemExit(exits.PARTIAL)


def _refuse_unknown(here: Desk, order: MigrationProposed) -> None:
    unknown = unknown_targets(here.runtime, order)
    if unknown:
        raise click.ClickException(f"{order.programme} has no such commitments: {', '.join(unknown)}")


def _document(here: Desk, one: Foreseen) -> dict[str, Any]:
    state = one.commitment
    words = words_of(here.runtime.basis(), state, "en")
    return {
        "commitment": state.id,
        "reference": state.drafted.reference,
        "from_version": state.definition_version,
        "to_version": one.to_version,
        "from_state": state.state,
        "to_state": one.to_state,
        "done": one.is_done,
        "why_not": [
            {"code": blocker.code, "sentence": sentences.refusal(blocker, words), "cleared_by": blocker.cleared_by}
            for blocker in one.blockers
        ],
    }


def _print(found: list[dict[str, Any]]) -> None:
    table = Table("Commitment", "Version", "State", "Goes over")
    for one in found:
        table.add_row(
            one["reference"],
            f"{one['from_version']} → {one['to_version'] or '-'}",
            f"{one['from_state']} → {one['to_state'] or '-'}",
            escape(_verdict(one)),
        )
    console.print(table)
    going = sum(not one["why_not"] and not one["done"] for one in found)
    console.print(f"{going} of {len(found)} would go over. Nothing was written.")


def _verdict(one: Mapping[str, Any]) -> str:
    if one["done"]:
        return "there already"
    return "\n".join(f"no: {why['sentence']}{_clearing(why['cleared_by'])}" for why in one["why_not"]) or "yes"


def _clearing(offices: Sequence[str]) -> str:
    return f" Can be cleared by: {', '.join(offices)}." if offices else ""


COMMANDS = (migrate,)
