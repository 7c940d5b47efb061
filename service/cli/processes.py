"""`kawal worker`, `clock`, `valkey`: one process each, alone or as a child of `kawal up`."""

from __future__ import annotations

import signal
import time

import click

from service.cli.setting import settings
from service.cli.supervised import begin, supervised_option
from service.clockwork import run_clock
from service.embedded import EmbeddedValkey, ValkeyFailed
from service.worker import run_worker


@click.command()
@supervised_option
def worker(supervised: tuple[str, int] | None) -> None:
    """Run one worker process alone; start as many as you like, on as many machines."""
    run_worker(begin(supervised))


@click.command()
@supervised_option
def clock(supervised: tuple[str, int] | None) -> None:
    """Run the clock process alone; one is enough, a second one is harmless."""
    run_clock(begin(supervised))


@click.command()
def valkey() -> None:
    """Run the embedded Valkey alone until Ctrl-C, for web, worker and clock started by hand."""
    config = settings()
    server = EmbeddedValkey(config.data_dir)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        started = server.start()
        click.echo(f"Valkey {'adopted' if started.adopted else 'started'} (pid {started.pid})")
        while server.is_running():
            time.sleep(0.2)
    except ValkeyFailed as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        server.stop()
        return
    raise click.ClickException("Valkey ended by itself; see its log under the data directory")
