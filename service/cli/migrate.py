"""`kawal migrate`: bring the database to this version."""

from __future__ import annotations

from dataclasses import asdict

import click

from events.engine import make_engine
from events.errors import Unavailable
from events.store import LogStore
from service import reactions
from service.cli import exits
from service.cli.output import json_option, print_json
from service.cli.setting import settings
from service.config import Config
from service.migrations import Migrated, upgrade


@click.command()
@click.option("--demo", is_flag=True, help="A log that is made now becomes a demo log, whose clock can be moved.")
@click.option("--app-role", metavar="ROLE", help="PostgreSQL: let ROLE read, append and keep read models, no more.")
@json_option
def migrate(*, demo: bool, app_role: str | None, as_json: bool) -> None:
    """Make or upgrade the database; again is nothing new.

    Two at once take turns. The kind of an existing log never changes.
    """
    config = settings()
    try:
        done = upgrade(config, new_kind="demo" if demo else "real", app_role=app_role)
        _begin_telling(config)
    except Unavailable as error:
        click.echo(f"kawal: the database is {error.reason}; try again in {error.retry_after_s} s", err=True)
        raise SystemExit(exits.UNAVAILABLE) from error
    if as_json:
        print_json(asdict(done))
    else:
        click.echo(_sentence(done))


def _begin_telling(config: Config) -> None:
    """Telling begins with a new log, not with the first job that happens to run: what is written before it is told."""
    engine = make_engine(config.database_url)
    try:
        reactions.start(engine, LogStore(engine))
    finally:
        engine.dispose()


def _sentence(done: Migrated) -> str:
    kind = "demo log" if done.kind == "demo" else "log"
    if done.before == done.after:
        return f"The database is at revision {done.after} already; {kind} {done.log_id}."
    return f"The database went from revision {done.before or 'none'} to {done.after}; {kind} {done.log_id}."
