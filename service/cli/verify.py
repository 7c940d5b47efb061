"""`kawal verify`: the auditor's check of log, read models and files."""

from __future__ import annotations

from dataclasses import asdict

import click

from service.cli import exits
from service.cli.output import console, json_option, print_json, progress, say_if_sample
from service.cli.setting import settings
from service.runtime import Runtime
from service.verification import FILE, Finding, Report
from service.verification import verify as check

SHOWN = 50


@click.command()
@json_option
def verify(as_json: bool) -> None:
    """Fold the whole log anew, compare every read model with it, and hash every stored file again.

    Exit 0 if all agree, 1 if anything differs: the table, the key and the column are named, or the file.
    """
    runtime = Runtime(settings())
    head = runtime.store.log_head()
    with progress() as bar:
        task = bar.add_task("Reading the log", total=head.position if head else 0)
        report = check(runtime, progress=lambda count: bar.advance(task, count))
    if as_json:
        print_json({**asdict(report), "agrees": report.agrees})
    else:
        _print(report)
        if report.broken is None:
            say_if_sample(runtime.basis().programmes.values())
    raise SystemExit(exits.OK if report.agrees else exits.FAILED)


def _print(report: Report) -> None:
    if report.broken is not None:
        console.print(f"[bold red]The log is broken:[/] {report.broken}")
        return
    stands = ", ".join(f"{name} at {position}" for name, position in report.checkpoints.items())
    console.print(
        f"{report.events} events read and hashed; {report.rows} rows compared ({stands}); {report.files} files."
    )
    if report.agrees:
        console.print("[bold green]All read models and files agree with the log.[/]")
        return
    for one in report.findings[:SHOWN]:
        console.print(_sentence(one), markup=False, highlight=False)
    if len(report.findings) > SHOWN:
        console.print(f"and {len(report.findings) - SHOWN} more; --json lists all.")


def _sentence(one: Finding) -> str:
    row = f"{one.table} {' / '.join(str(part) for part in one.key)}"
    if one.table == FILE:
        return f"{row}: it is gone" if one.found is None else f"{row}: its SHA-256 is {one.found}"
    match one.what:
        case "missing":
            return f"{row}: the row is missing"
        case "extra":
            return f"{row}: the log knows no such row"
        case _:
            return f"{row}: {one.column} is {one.found}, by the log {one.expected}"
