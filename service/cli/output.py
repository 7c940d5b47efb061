"""How commands print: a table or sentences for people, or with --json one JSON document for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from workflows.facts import ProgrammeOpened

F = TypeVar("F", bound=Callable[..., object])

_UNBOUNDED = 100_000
console = Console(soft_wrap=True, width=None if sys.stdout.isatty() else _UNBOUNDED)
"""Results go here (standard output). Into a pipe or file a line is as long as it gets: an id is never cut."""
errors = Console(stderr=True, soft_wrap=True)
"""Progress and complaints go here, so that a pipe gets results alone."""


def json_option(command: F) -> F:
    """The option --json, as every command that prints results has it."""
    return click.option("as_json", "--json", is_flag=True, help="Print one JSON document instead.")(command)


def print_json(document: object) -> None:
    """Print one JSON document and a line end on standard output; moments as RFC 3339 writes them."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=_plain))


def say(sentence: str, document: object, *, as_json: bool) -> None:
    """Print a result: the sentence for people, or the document for programs."""
    if as_json:
        print_json(document)
    else:
        click.echo(sentence)


def say_if_sample(programmes: Iterable[ProgrammeOpened]) -> None:
    """Say that what was printed is made up, where it is."""
    if any(programme.sample for programme in programmes):
        click.echo("(data contoh)")


def progress(**options: Any) -> Progress:
    """A progress bar on standard error; where nobody looks it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=errors, disable=not errors.is_terminal, **options)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
