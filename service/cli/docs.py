"""`kawal docs`: the pages of docs/ that are made from the code."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from service.cli import exits
from service.cli.registry import COMMANDS
from service.config import CHECKOUT, SETTINGS


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


PAGES: tuple[tuple[str, Callable[[], str]], ...] = (
    ("docs/commands.md", commands_page),
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


def _page(title: str, head: str, *lines: str) -> str:
    made = "<!-- Made by `kawal docs` from the code; edit that. -->"
    return "\n".join((f"# {title}", "", made, "", head, "", *lines, ""))


def _differs(path: Path, text: str) -> bool:
    return not path.exists() or path.read_text() != text
