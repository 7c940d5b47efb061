"""`kawal import persons`: who holds which office, from a list."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from service.cli import exits
from service.cli.operator import desk
from service.cli.output import json_option, print_json, progress
from service.imports.persons import Done, import_persons
from service.imports.persons_file import OPTIONAL, REQUIRED, read_persons
from service.imports.problems import ImportRefused


@click.command(
    epilog=f"Columns, in any order: {', '.join(REQUIRED)}; if you like also {', '.join(OPTIONAL)}. "
    "Exit code 3: some rows were left out, each is named."
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change and change nothing.")
@click.option("--all-or-nothing", is_flag=True, help="Where any row is bad, bring in none.")
@json_option
def persons(file: Path, *, dry_run: bool, all_or_nothing: bool, as_json: bool) -> None:
    """Bring in persons and their appointments from FILE, a csv file or a workbook.

    Again is nothing new. A bad row names its cell, what was read and what was expected; it is left out whole.
    """
    with desk() as here:
        try:
            found = read_persons(file, directory=here.directory)
        except ImportRefused as refused:
            click.echo(f"kawal: {refused.sentence} [{refused.code}]", err=True)
            raise SystemExit(exits.USAGE) from refused
        with progress() as bar:
            task = bar.add_task("Persons", total=len(found.rows))
            done = import_persons(
                here.runtime,
                found,
                caller=here.caller,
                now=here.now(),
                dry_run=dry_run,
                all_or_nothing=all_or_nothing,
                step=lambda: bar.advance(task),
            )
    if as_json:
        print_json({**asdict(done), "problems": [asdict(one) for one in done.problems]})
    else:
        _print(done, nothing=all_or_nothing and bool(done.problems))
    if done.problems:
        raise SystemExit(exits.PARTIAL)


def _print(done: Done, *, nothing: bool) -> None:
    for problem in done.problems:
        click.echo(f"{problem.sentence} [{problem.code}]", err=True)
    if nothing:
        click.echo(f"{done.file}: nothing was brought in, {len(done.problems)} cells can't be used.")
        return
    would = "would be " if done.dry_run else ""
    click.echo(
        f"{done.file}: {done.persons_new} persons {would}new, {done.persons_changed} {would}changed; "
        f"{done.appointed} appointments {would}made, {done.ended} {would}ended; {done.unchanged} rows say nothing new, "
        f"{len({problem.owner for problem in done.problems})} {would}left out."
    )
