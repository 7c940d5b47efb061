"""`kawal calendar`: the working calendars that due days are counted with, and how one is made to reach further."""

from __future__ import annotations

import click
import uuid6

from events.envelope import Json
from service.catalog import calendar_stream
from service.cli.operator import OPERATOR, desk
from service.cli.output import json_option, print_json, say
from service.dispatch import Ask, dispatch
from service.imports.calendar_days import calendar_reaching
from workflows.facts import CalendarAdopted

_YEAR = click.IntRange(1990, 2100)


@click.group()
def calendar() -> None:
    """Working calendars: days off as Indonesia's package `holidays` knows them, by version."""


@calendar.command("list")
@json_option
def list_calendars(*, as_json: bool) -> None:
    """List the calendars in force and how far each reaches."""
    with desk() as here:
        installed = here.runtime.basis(fresh=True).installed.calendars
    found = [versions[-1] for versions in installed.values()]
    if as_json:
        print_json([_document(one) for one in found])
    for one in () if as_json else found:
        click.echo(_sentence(one))


@calendar.command()
@click.argument("calendar_id", metavar="ID")
@click.option("--from", "first", type=_YEAR, required=True, help="The first year that it has to reach, whole.")
@click.option("--to", "last", type=_YEAR, required=True, help="The last year that it has to reach, whole.")
@click.option("--dry-run", is_flag=True, help="Show what would be adopted, write nothing.")
@json_option
def adopt(calendar_id: str, *, first: int, last: int, dry_run: bool, as_json: bool) -> None:
    """Make the calendar ID reach whole years; the days that it has stay as they were decided."""
    if last < first:
        raise click.UsageError(f"--to {last} is before --from {first}")
    with desk() as here:
        versions = here.runtime.basis(fresh=True).installed.calendars.get(calendar_id, ())
        known = versions[-1] if versions else None
        command = calendar_reaching(calendar_id, first, last, known=known)
        if command is not None and not dry_run:
            asked: dict[str, Json] = {"calendar": calendar_id, "from": first, "to": last}
            operation = f"cli:{OPERATOR}:{uuid6.uuid7()}"
            dispatch(here.runtime, Ask(command, calendar_stream(calendar_id), here.caller, operation, asked))
    adopted = known if command is None else command.adopted
    assert adopted is not None, "a calendar that nobody adopted yet always gets its first version"
    begin = "Nothing new: " if command is None else "Would be adopted: " if dry_run else "Adopted: "
    document = {**_document(adopted), "new": command is not None, "dry_run": dry_run}
    say(f"{begin}{_sentence(adopted)}", document, as_json=as_json)


def _sentence(adopted: CalendarAdopted) -> str:
    days = f"{adopted.first_day} to {adopted.last_day}, {len(adopted.days_off)} days off"
    return f"{adopted.calendar} version {adopted.version}: {days} ({adopted.source})"


def _document(adopted: CalendarAdopted) -> dict[str, object]:
    return {
        "calendar": adopted.calendar,
        "version": adopted.version,
        "first_day": str(adopted.first_day),
        "last_day": str(adopted.last_day),
        "days_off": [str(day) for day in adopted.days_off],
        "source": adopted.source,
    }
