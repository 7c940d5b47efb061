"""`kawal up`: everything, supervised."""

from __future__ import annotations

import click

from service.cli import exits
from service.cli.setting import settings, start_logging
from service.config import Config
from service.supervisor import AlreadyRunning, PortTaken, Program, Supervisor, SupervisorFailed


@click.command()
@click.option("--demo/--empty", default=False, help="Fill an empty data directory with the demo, or leave it empty.")
def up(demo: bool) -> None:
    """Run Valkey, web, workers and clock, and restart what dies, until Ctrl-C.

    With REDIS_URL the Valkey there is used. A second `up` on the same data directory is refused (exit 4).
    """
    config = settings()
    start_logging(config)
    migrate = Program("migrate", ("migrate", "--demo") if demo else ("migrate",))
    check = Program("clock", ("check-clock",))
    story = (Program("demo", ("demo", "play", "--if-wanted")),) if demo else ()
    said = notes(config, is_new=not (demo or config.data_dir.exists()))
    supervisor = Supervisor(config, programs(config), prepare=(migrate, check), once_ready=story, notes=said)
    try:
        supervisor.run()
    except (AlreadyRunning, PortTaken) as error:
        click.echo(f"kawal: {error}", err=True)
        raise SystemExit(exits.BUSY) from error
    except SupervisorFailed as error:
        raise click.ClickException(str(error)) from error


def notes(config: Config, *, is_new: bool) -> tuple[str, ...]:
    """What the person who started it should know.

    is_new  the data directory was made by this start, for a log of its own
    """
    mail = f"mail is not sent: it is written to {config.mail_dir} (KAWAL_SMTP_URL sends it)"
    first = "this log is empty: bin/kawal init makes the first administrator"
    return (*((mail,) if config.smtp_url is None else ()), *((first,) if is_new else ()))


def programs(config: Config) -> tuple[Program, ...]:
    """The processes that `up` keeps running."""
    workers = (Program(f"worker-{number}", ("worker",), stop_within_s=15.0) for number in range(1, config.workers + 1))
    return (Program("web", ("web",), stop_within_s=8.0), *workers, Program("clock", ("clock",)))
