"""`kawal definition`: the workflows, looked at, begun, brought in and gone over to."""

from __future__ import annotations

from dataclasses import asdict

import click

from service.cli import definition_install, definition_look, definition_migrate
from service.cli.output import console, json_option, print_json
from workflows.definition_yaml import parse, shipped, shipped_names


@click.group()
def definition() -> None:
    """Look at workflows, those that are shipped or a file of your own; bring in new versions, go over to them."""


for _command in (*definition_look.COMMANDS, *definition_install.COMMANDS, *definition_migrate.COMMANDS):
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
