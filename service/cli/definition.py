"""`kawal definition`: the workflows, as text and as a drawing."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

import click

from service.cli import definition_install, definition_migrate, exits
from service.cli.output import console, json_option, print_json, say
from workflows.definition import Definition
from workflows.definition_yaml import parse, shipped, shipped_names
from workflows.errors import DefinitionInvalid
from workflows.lifecycle import compile_table, mermaid


@click.group()
def definition() -> None:
    """Look at workflows, those that are shipped or a file of your own; bring in new versions, go over to them."""


for _command in (*definition_install.COMMANDS, *definition_migrate.COMMANDS):
    definition.add_command(_command)


@definition.command("list")
@json_option
def list_(as_json: bool) -> None:
    """Name the shipped workflows."""
    known = [parse(shipped(name)) for name in shipped_names()]
    if as_json:
        print_json([{"name": one.name, "version": one.version, "label": asdict(one.label)} for one in known])
        return
    for found in known:
        console.print(f"{found.name} v{found.version}: {found.label.id} ({found.label.en})", highlight=False)


@definition.command()
@click.argument("workflow")
@click.option("--language", type=click.Choice(("id", "en")), default="id", show_default=True, help="Of the sentences.")
@json_option
def show(workflow: str, language: str, as_json: bool) -> None:
    """Draw a workflow's states and moves as a Mermaid diagram.

    WORKFLOW is a shipped name, like replikasi-inovasi, or a YAML file. With --json the compiled table is printed: from
    each state, by each move, to which state.
    """
    found = _read(workflow)
    if as_json:
        table = [
            {"from": source, "move": move, "to": target} for (source, move), target in compile_table(found).items()
        ]
        print_json({"name": found.name, "version": found.version, "digest": found.digest, "table": table})
    else:
        click.echo(mermaid(found, language))


@definition.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@json_option
def check(file: Path, *, as_json: bool) -> None:
    """Check a workflow's YAML; the first place that breaks the schema is named (exit 2)."""
    found = _read(str(file))
    digest = sha256(file.read_text(encoding="utf-8").encode()).hexdigest()[:16]
    counts = {"states": len(found.states), "moves": len(found.moves), "ladders": len(found.ladders)}
    counted = ", ".join(f"{count} {what}" for what, count in counts.items())
    sentence = f"{found.name} v{found.version} ({digest}): {counted}. No fault found."
    say(sentence, {"name": found.name, "version": found.version, "digest": digest, **counts}, as_json=as_json)


def _read(workflow: str) -> Definition:
    try:
        text = shipped(workflow) if workflow in shipped_names() else Path(workflow).read_text(encoding="utf-8")
        return parse(text)
    except DefinitionInvalid as error:
        _refuse(f"{workflow}: {error.place}: {error.reason}")
    except UnicodeDecodeError as error:
        _refuse(f"{workflow}: not UTF-8 at byte {error.start}")
    except OSError:
        _refuse(f"{workflow}: neither a shipped workflow ({', '.join(shipped_names())}) nor a readable file")
    raise AssertionError


def _refuse(sentence: str) -> None:
    click.echo(f"kawal: {sentence}", err=True)
    raise SystemExit(exits.USAGE)
