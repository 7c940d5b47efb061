"""`kawal ready`: what /readyz says, where no web runs or nobody wants to ask it."""

from __future__ import annotations

from dataclasses import asdict

import click

from service import health
from service.cli import exits
from service.cli.output import console, json_option, print_json
from service.cli.setting import settings
from service.health import Readiness
from service.runtime import Runtime


@click.command()
@json_option
def ready(as_json: bool) -> None:
    """Tell what is behind, halted, silent or away.

    Exit 0 where nothing is the matter, 1 where something waits or was halted, 5 where the database is away.
    """
    found = health.readiness(Runtime(settings()))
    if as_json:
        print_json(asdict(found))
    else:
        _print(found)
    if not found.is_ready:
        raise SystemExit(exits.UNAVAILABLE)
    raise SystemExit(exits.FAILED if found.warnings else exits.OK)


def _print(found: Readiness) -> None:
    for line in (*found.reasons, *found.warnings):
        console.print(line, markup=False, highlight=False)
    if not found.is_ready:
        return
    behind = ", ".join(f"{name} {count}" for name, count in found.lag.items() if count)
    console.print(f"The log stands at {found.position}; behind it: {behind or 'nothing'}.", markup=False)
