"""`kawal definition install|confirm|decline|use|proposals`: another version of a workflow takes two persons."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import IO, TypeVar

import click
from rich.markup import escape
from rich.table import Table

from service.catalog import definition_stream, programme_stream
from service.cli import exits
from service.cli.definition_carrying import carry_out
from service.cli.operator import OPERATOR, Desk, desk
from service.cli.output import console, json_option, print_json, say
from service.dispatch import Caller
from workflows.commands import (
    ConfirmDefinition,
    ConfirmMigration,
    DeclineDefinition,
    DeclineMigration,
    InstallDefinition,
    ProposeDefinition,
    UseDefinition,
)
from workflows.context import Acting
from workflows.definition_yaml import shipped, shipped_names
from workflows.facts import DefinitionProposed
from workflows.installing import read

F = TypeVar("F", bound=Callable[..., object])


def _token(context: click.Context, parameter: click.Parameter, value: IO[str] | None) -> str | None:
    return None if value is None else str(value.read()).strip()


def token_option(command: F) -> F:
    """The option --token-file: who acts, if it isn't the operator."""
    return click.option(
        "--token-file",
        "token",
        type=click.File(encoding="utf-8"),
        callback=_token,
        help="A file with the bearer token of whoever acts (- reads it from standard input). Default: the operator.",
    )(command)


@click.command()
@click.argument("workflow", metavar="NAME|FILE")
@token_option
@json_option
def install(workflow: str, *, token: str | None, as_json: bool) -> None:
    """Propose a workflow's next version; it is installed when a second person confirms it.

    NAME is a shipped workflow, FILE a YAML file. The same text again is nothing new. The first workflow of a log is
    installed at once: there is no office yet that could confirm it.
    """
    text = _text(workflow)
    with desk() as here:
        found, caller = read(text), here.signed_in(token)
        stream, installed = definition_stream(found.name), here.runtime.basis(fresh=True).installed
        named = {"definition": found.name, "version": found.version}
        if not installed.definitions and token is None:
            digest = sha256(text.encode()).hexdigest()
            here.ask(InstallDefinition(found.name, found.version, digest, text), stream=stream)
            say(f"Installed: {found.name} version {found.version}.", {**named, "status": "installed"}, as_json=as_json)
            return
        outcome = here.ask(ProposeDefinition(found.name, text), stream=stream, caller=caller)
        proposed = _proposed(here, text)
        if proposed is None:
            document = {**named, "status": "installed", "new": False}
            say(f"Nothing new: {found.name} has this text already.", document, as_json=as_json)
            return
        known = "Proposed" if outcome.position else "Nothing new: proposed already"
        sentence = f"{known}: {proposed.proposal}, {found.name} version {found.version}. A second person confirms it."
        document = {**named, "proposal": proposed.proposal, "status": "open", "new": bool(outcome.position)}
        say(sentence, document, as_json=as_json)


@click.command()
@click.argument("proposal", metavar="PROPOSAL|MIGRATION")
@token_option
@json_option
def confirm(proposal: str, *, token: str | None, as_json: bool) -> None:
    """Confirm what somebody else proposed: a workflow's version, or a migration, which is then carried out.

    It takes another person than the proposer, in another office, that may install: so the operator can't. A migration
    that was confirmed before is carried on with.
    """
    with desk() as here:
        caller, installed = here.signed_in(token), here.runtime.basis(fresh=True).installed
        migration = installed.migrations.get(proposal)
        if migration is None:
            known = installed.proposals.get(proposal)
            name = proposal.rpartition(".p")[0] if known is None else known.proposed.definition
            here.ask(ConfirmDefinition(proposal), stream=definition_stream(name), caller=caller)
            say(f"Installed: {proposal}.", {"proposal": proposal, "status": "installed"}, as_json=as_json)
            return
        stream = programme_stream(migration.proposed.programme)
        if migration.status != "confirmed":
            here.ask(ConfirmMigration(proposal), stream=stream, caller=caller)
        carry_out(here, proposal, as_json=as_json)


@click.command()
@click.argument("proposal", metavar="PROPOSAL|MIGRATION")
@click.option("--reason", required=True, help="Why not.")
@token_option
@json_option
def decline(proposal: str, *, reason: str, token: str | None, as_json: bool) -> None:
    """Close a proposal without effect; whoever proposed it may, too."""
    with desk() as here:
        caller, installed = here.signed_in(token), here.runtime.basis(fresh=True).installed
        migration, known = installed.migrations.get(proposal), installed.proposals.get(proposal)
        if migration is not None:
            stream = programme_stream(migration.proposed.programme)
            here.ask(DeclineMigration(proposal, reason), stream=stream, caller=caller)
        else:
            name = proposal.rpartition(".p")[0] if known is None else known.proposed.definition
            here.ask(DeclineDefinition(proposal, reason), stream=definition_stream(name), caller=caller)
        say(f"Declined: {proposal}.", {"proposal": proposal, "status": "declined"}, as_json=as_json)


@click.command()
@click.argument("programme")
@click.option("--version", type=click.IntRange(min=1), required=True, help="An installed version of its workflow.")
@click.option("--letter", required=True, help="The number of the letter that says so.")
@click.option("--reason", required=True, help="Why.")
@click.option("--as", "office", metavar="OFFICE", help="The office that the operator stands in for.")
@token_option
@json_option
def use(
    programme: str, *, version: int, letter: str, reason: str, office: str | None, token: str | None, as_json: bool
) -> None:
    """Let new drafts of PROGRAMME follow another version; what was drafted before keeps its own."""
    with desk() as here:
        caller = here.signed_in(token)
        if token is None and office is not None:
            caller = Caller(Acting(office, OPERATOR, "plh"), caller.signin)
        command = UseDefinition(programme, version, letter, reason)
        outcome = here.ask(command, stream=programme_stream(programme), caller=caller)
        begin = "Recorded" if outcome.position else "Nothing new"
        sentence = f"{begin}: new drafts of {programme} follow version {version}."
        say(sentence, {"programme": programme, "version": version, "new": bool(outcome.position)}, as_json=as_json)


@click.command()
@click.option("--all", "whole", is_flag=True, help="Those that are closed, too.")
@json_option
def proposals(*, whole: bool, as_json: bool) -> None:
    """List the versions and migrations that wait for a second person."""
    with desk() as here:
        installed = here.runtime.basis(fresh=True).installed
    rows = [
        *(
            {
                "id": name,
                "what": f"{one.proposed.definition} version {one.proposed.version}",
                "office": one.proposed.by.office,
                "status": one.status,
            }
            for name, one in installed.proposals.items()
        ),
        *(
            {
                "id": name,
                "what": _ordered(one.proposed.programme, one.proposed.to_version, one.proposed.undoes),
                "office": one.proposed.by.office,
                "status": one.status,
            }
            for name, one in installed.migrations.items()
        ),
    ]
    shown = [row for row in rows if whole or row["status"] in ("open", "confirmed")]
    if as_json:
        print_json(shown)
        return
    table = Table("Id", "What", "Proposed by", "Status")
    for row in shown:
        table.add_row(row["id"], escape(row["what"]), row["office"], row["status"])
    console.print(table if shown else "Nothing waits for a second person.")


def _ordered(programme: str, to_version: int | None, undoes: str | None) -> str:
    return f"{programme} to version {to_version}" if undoes is None else f"{programme}: undo {undoes}"


def _proposed(here: Desk, text: str) -> DefinitionProposed | None:
    """What waits with that text; None where it is installed."""
    waiting = here.runtime.basis(fresh=True).installed.proposals.values()
    return next((one.proposed for one in waiting if one.status == "open" and one.proposed.text == text), None)


def _text(workflow: str) -> str:
    try:
        return shipped(workflow) if workflow in shipped_names() else Path(workflow).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        _refuse(f"{workflow}: not UTF-8 at byte {error.start}")
    except OSError:
        _refuse(f"{workflow}: neither a shipped workflow ({', '.join(shipped_names())}) nor a readable file")
    raise AssertionError


def _refuse(sentence: str) -> None:
    click.echo(f"kawal: {sentence}", err=True)
    raise SystemExit(exits.USAGE)


COMMANDS = (install, confirm, decline, use, proposals)
