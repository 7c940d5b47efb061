"""`kawal notices`: what was sent, what waits, and what was given up."""

from __future__ import annotations

from dataclasses import asdict

import click
from sqlalchemy import Engine

from events.engine import make_engine
from events.errors import Unavailable
from events.store import LogStore
from service.basis import Basis, extend
from service.cli import exits
from service.cli.output import console, errors, json_option, print_json, say_if_sample
from service.cli.setting import settings
from service.config import Config
from service.notifications import reading
from service.notifications.reading import Delivered


@click.command()
@click.option("--dead", "only_dead", is_flag=True, help="List those that were given up, with the last error.")
@click.option("--retry", "again", metavar="ID", multiple=True, help="Let a dead delivery wait again; may be repeated.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000), help="How many to list.")
@json_option
def notices(only_dead: bool, again: tuple[str, ...], limit: int, as_json: bool) -> None:
    """Show how many messages were sent, wait or were given up, and the newest of them.

    Exit codes: 0; 1 when an ID to retry is no dead delivery; 5 when the database is away.
    """
    config = settings()
    engine = make_engine(config.database_url)
    try:
        revived = reading.retry(engine, again) if again else []
        _show(engine, config, only_dead=only_dead, limit=limit, revived=revived, as_json=as_json)
        if not as_json:
            say_if_sample(extend(Basis(), LogStore(engine).read_basis()).programmes.values())
    except Unavailable as error:
        errors.print(f"kawal: the database can't answer now ({error.reason}); try again")
        raise SystemExit(exits.UNAVAILABLE) from error
    finally:
        engine.dispose()
    unknown = sorted({*again} - {*revived})
    if unknown:
        errors.print(f"kawal: no dead delivery {', '.join(unknown)}", markup=False)
        raise SystemExit(exits.FAILED)


def _show(engine: Engine, config: Config, *, only_dead: bool, limit: int, revived: list[str], as_json: bool) -> None:
    counts = reading.counts(engine)
    listed = reading.deliveries(engine, status="dead" if only_dead else None, limit=limit)
    if as_json:
        print_json({"counts": counts, "retried": revived, "deliveries": [asdict(one) for one in listed]})
        return
    for name in revived:
        console.print(f"{name} waits to be sent again", markup=False)
    console.print(f"Mail goes to {_way(config)}.", markup=False)
    console.print(", ".join(f"{counts[status]} {status}" for status in reading.STATUSES), markup=False)
    for one in listed:
        console.print(_entry(one), markup=False, highlight=False)


def _way(config: Config) -> str:
    if config.smtp_url is None:
        return f"files: {config.mail_dir}"
    return f"the mail server {config.smtp_url.rpartition('@')[2].rpartition('://')[2]}"


def _entry(one: Delivered) -> str:
    """Lines instead of a table: an id that wraps can't be copied into --retry."""
    lines = [f"{one.id}  {one.status}, attempt {one.attempts}, {one.office}", f"    {one.subject}"]
    if one.error:
        lines.append(f"    {one.error}")
    return "\n".join(lines)
