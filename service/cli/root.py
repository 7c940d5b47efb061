"""The group `kawal`, which finds its commands in the registry."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from typing import Any

import click
from click.exceptions import NoArgsIsHelpError

from events import errors as log_errors
from service import errors
from service.cli import exits, supervised
from service.cli.registry import COMMANDS
from service.config import ConfigError
from service.release import VERSION


class _Registered(click.Group):
    """Lists all commands from the registry and imports only the one that is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [entry.name for entry in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for entry in COMMANDS:
            if entry.name == cmd_name:
                command = getattr(importlib.import_module(entry.module), entry.attribute)
                assert isinstance(command, click.Command)
                return command
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(entry.name, entry.help) for entry in COMMANDS])

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command line; every error begins with "kawal: ", whoever raised it."""
        run: Callable[..., object] = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **extra)
        try:
            code = run(*args, standalone_mode=False, **extra)
        except NoArgsIsHelpError as error:
            error.show()
            sys.exit(exits.USAGE)
        except click.ClickException as error:
            _complain(error)
            sys.exit(error.exit_code)
        except click.Abort:
            click.echo("kawal: given up", err=True)
            sys.exit(exits.FAILED)
        sys.exit(code if isinstance(code, int) else exits.OK)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            click.echo(f"kawal: {error}", err=True)
            raise SystemExit(exits.USAGE) from error
        except (log_errors.Unavailable, errors.Unavailable) as error:
            click.echo(f"kawal: the database is {error.reason}; try again in {error.retry_after_s} s", err=True)
            raise SystemExit(exits.UNAVAILABLE) from error


def _complain(error: click.ClickException) -> None:
    for line in error.format_message().splitlines():
        click.echo(f"kawal: {line}", err=True)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        click.echo(f"kawal: see {error.ctx.command_path} --help", err=True)


@click.group(cls=_Registered)
@click.option("--supervised", "child_of", hidden=True, metavar="NAME:PID")
@click.version_option(VERSION, prog_name="kawal")
def kawal(child_of: str | None) -> None:
    """See a commitment through: draft, approve, tell, escalate, replay, prove.

    Settings come from the environment (KAWAL_PORT, KAWAL_DATA_DIR, DATABASE_URL, REDIS_URL, ...).
    Exit codes: 0 done, 1 failed or differs, 2 not understood, 3 done in part, 4 in use elsewhere, 5 away for now.
    """
    if child_of is not None:
        supervised.join(child_of)
