"""`kawal import mapping set|show`: what a programme's files call our columns."""

from __future__ import annotations

from pathlib import Path

import click

from service.cli import exits
from service.cli.operator import desk
from service.cli.output import console, json_option, print_json, say
from service.imports.mappings import all_mappings, keep, read_mapping
from service.imports.problems import ImportRefused


@click.group()
def mapping() -> None:
    """Keep what a programme's files call our columns, under a name that imports take by --mapping."""


@mapping.command("set")
@click.argument("programme")
@click.argument("name")
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
@json_option
def set_mapping(programme: str, name: str, file: Path, *, as_json: bool) -> None:
    """Keep the mapping NAME of PROGRAMME, in place of an earlier one.

    FILE.csv has a line a column: theirs, ours; without a header.
    """
    try:
        named = read_mapping(file)
    except ImportRefused as refused:
        click.echo(f"kawal: {refused.sentence} [{refused.code}]", err=True)
        raise SystemExit(exits.USAGE) from refused
    with desk() as at:
        keep(at.runtime.engine, programme, name, named, now=at.now())
    document = {"programme": programme, "mapping": name, "columns": dict(named)}
    say(f"{name} of {programme}: {len(named)} columns", document, as_json=as_json)


@mapping.command("show")
@click.argument("programme")
@click.argument("name", required=False)
@json_option
def show_mapping(programme: str, name: str | None, *, as_json: bool) -> None:
    """Print the mappings of PROGRAMME, or one of them."""
    with desk() as at:
        kept = all_mappings(at.runtime.engine, programme)
    if name is not None and name not in kept:
        raise click.ClickException(f"{programme} has no column mapping {name}; it has: {', '.join(kept) or 'none'}")
    shown = {one: dict(columns) for one, columns in kept.items() if name in (None, one)}
    if as_json:
        print_json({"programme": programme, "mappings": shown})
        return
    for one, columns in shown.items():
        console.print(one, style="bold", markup=False)
        for theirs, ours in columns.items():
            console.print(f"  {theirs} -> {ours}", markup=False, highlight=False)
