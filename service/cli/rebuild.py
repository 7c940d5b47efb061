"""`kawal rebuild`: read models anew from the log."""

from __future__ import annotations

import click

from service.cli.output import console, progress
from service.cli.setting import settings
from service.read_models.projection import MODELS
from service.rebuilding import rebuild as build
from service.runtime import Runtime

NAMES = tuple(model.name for model in MODELS)


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(NAMES))
def rebuild(names: tuple[str, ...]) -> None:
    """Build read models anew from the log: all of them, or those named.

    Readers see the old rows until the new ones are whole. Notices and escalations are never repeated.
    """
    runtime = Runtime(settings())
    chosen = [model for model in MODELS if not names or model.name in names]
    head = runtime.store.log_head()
    with progress() as bar:
        task = bar.add_task("Membaca log", total=head.position if head else 0)
        position = build(runtime, progress=lambda count: bar.advance(task, count), models=chosen)
    console.print(f"{', '.join(model.name for model in chosen)}: built from {position} events.")
