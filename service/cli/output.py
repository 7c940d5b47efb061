"""How commands print: a table or sentences for people, or with --json one JSON document for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

F = TypeVar("F", bound=Callable[..., object])

console = Console(soft_wrap=True)
"""Results go here (standard output)."""
errors = Console(stderr=True, soft_wrap=True)
"""Progress and complaints go here, so that a pipe gets results alone."""


def json_option(command: F) -> F:
    """The option --json, as every command that prints results has it."""
    return click.option("as_json", "--json", is_flag=True, help="Print one JSON document instead.")(command)


def print_json(document: object) -> None:
    """Print one JSON document and a line end on standard output."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2, default=str))


def progress(**options: Any) -> Progress:
    """A progress bar on standard error; where nobody looks it stays silent."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    return Progress(*columns, console=errors, disable=not errors.is_terminal, **options)
