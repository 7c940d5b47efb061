"""`kawal rebuild`: read models anew from the log."""

from __future__ import annotations

import click

from service.cli.output import json_option, progress, say
from service.cli.setting import settings
from service.read_models.projection import MODELS
from service.rebuilding import rebuild as build
from service.runtime import Runtime

NAMES = tuple(model.name for model in MODELS)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
@json_option
def rebuild(names: tuple[str, ...], *, as_json: bool) -> None:
    """Build read models anew from the log: all of them, or those named.

    Readers see the old rows until the new ones are whole. Notices and escalations are never repeated.
    """
    runtime = Runtime(settings())
    chosen = [model for model in MODELS if not names or model.name in names]
    head = runtime.store.log_head()
    with progress() as bar:
        task = bar.add_task("Reading the log", total=head.position if head else 0)
        position = build(runtime, progress=lambda count: bar.advance(task, count), models=chosen)
    built = [model.name for model in chosen]
    say(f"{', '.join(built)}: built from {position} events.", {"built": built, "events": position}, as_json=as_json)
