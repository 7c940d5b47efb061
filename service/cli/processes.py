"""`kawal worker`, `clock`, `valkey`: one process each, alone or as a child of `kawal up`."""

from __future__ import annotations

import signal
import time

import click

from service.cli.clock_check import insist_on_clock, insist_unless_supervised
from service.cli.setting import settings, start_logging
from service.clockwork import run_clock
from service.embedded import EmbeddedValkey, ValkeyFailed
from service.worker import run_worker


@click.command()
def worker() -> None:
    """Run one worker process alone; start as many as you like, on as many machines.

    Where this machine's time can't be believed it ends with exit code 1: see `kawal accept-clock`.
    """
    config = settings()
    start_logging(config)
    insist_unless_supervised(config)
    run_worker(config)


@click.command()
def clock() -> None:
    """Run the clock process alone; one is enough, a second one is harmless.

    Where this machine's time can't be believed it ends with exit code 1: see `kawal accept-clock`.
    """
    config = settings()
    start_logging(config)
    insist_on_clock(config, resumes=True)
    run_clock(config)


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
