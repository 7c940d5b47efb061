"""`kawal docs`: the pages of docs/ that are made from the code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import get_args

import click

from service.catalog import VERSIONS
from service.cli import exits
from service.cli.registry import COMMANDS
from service.config import CHECKOUT, SETTINGS
from workflows.definition import Definition
from workflows.definition_yaml import parse, shipped, shipped_names
from workflows.facts import BASIS, NAMES, CommitmentFact
from workflows.lifecycle import mermaid


def settings_page() -> str:
    """docs/settings.md."""
    rows = (f"| `{key}` | {default} | {meaning} |" for key, (default, meaning) in SETTINGS.items())
    head = "Read once from the environment when a process starts; a key that can't be used stops it and is named."
    return _page("Settings", head, "| Key | Default | Meaning |\n|---|---|---|", *rows)


def commands_page() -> str:
    """docs/commands.md."""
    rows = (f"| `kawal {entry.name}` | {entry.help} |" for entry in COMMANDS)
    codes = (
        "Exit codes: 0 done, 1 failed or differs, 2 not understood, 3 done in part, 4 in use elsewhere, 5 away for now."
    )
    return _page("Commands", codes, "| Command | |\n|---|---|", *rows)


def facts_page() -> str:
    """docs/facts.md."""
    head = (
        "Every fact that the log can hold. A name never changes; a later schema version gets an upcaster. Facts of the "
        "basis (offices, holders, programmes, definitions, calendars) are part of what every decision read."
    )
    rows = (
        f"| `{name}` | {VERSIONS[name]} | {_told_of(fact)} | {_fields(fact)} | {_says(fact)} |"
        for fact, name in sorted(NAMES.items(), key=lambda pair: pair[1])
    )
    return _page("Facts", head, "| Name | Version | Of | Fields | |\n|---|---|---|---|---|", *rows)


def lifecycle_page() -> str:
    """docs/lifecycle.md."""
    head = (
        "Each shipped workflow as the machine that decides: every arrow is a move, drawn from the compiled definition."
    )
    drawings = (_drawing(parse(shipped(name))) for name in shipped_names())
    return _page("Lifecycles", head, *drawings)


PAGES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("docs/commands.md", commands_page),
    ("docs/facts.md", facts_page),
    ("docs/lifecycle.md", lifecycle_page),
    ("docs/settings.md", settings_page),
)
"""Every generated page and what makes it."""


@click.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 and name each page that lags behind the code.")
def docs(check: bool) -> None:
    """Write the generated pages of docs/ anew."""
    stale = [path for path, make in PAGES if _differs(CHECKOUT / path, make())]
    for path in stale:
        click.echo(f"{path} lags behind the code: run bin/kawal docs" if check else f"{path} written", err=check)
    if check and stale:
        raise SystemExit(exits.FAILED)
    if not check:
        for path, make in PAGES:
            (CHECKOUT / path).write_text(make())


def _told_of(fact: type) -> str:
    if fact in get_args(CommitmentFact):
        return "commitment"
    return "basis" if NAMES[fact] in BASIS else "log"


def _fields(fact: type) -> str:
    return ", ".join(f"`{field.name}`" for field in fields(fact))


def _says(fact: type) -> str:
    """The first line of the docstring, without its full stop."""
    return (fact.__doc__ or "").strip().splitlines()[0].rstrip(".").replace("|", "\\|")


def _drawing(definition: Definition) -> str:
    title = f"## {definition.name}, version {definition.version}\n\n{definition.label.en} ({definition.label.id})"
    return f"{title}\n\n```mermaid\n{mermaid(definition, 'en').strip()}\n```\n"


def _page(title: str, head: str, *lines: str) -> str:
    made = "<!-- Made by `kawal docs` from the code; edit that. -->"
    return "\n".join((f"# {title}", "", made, "", head, "", *lines, ""))


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text() != text
