"""What a command does first when it is a child of `kawal up`: end with it, and wait for a predecessor to be gone."""

from __future__ import annotations

import time
from pathlib import Path

import click

from service import process
from service.cli import exits
from service.cli.setting import settings

_HAND_OVER_S = 15.0
_held: list[process.LockFile] = []


def join(supervised: str) -> None:
    """Become the supervisor's child in earnest.

    supervised  "NAME:PID": this process's name, held in run/NAME.lock while it lives, and the supervisor's pid
    """
    name, _, parent = supervised.partition(":")
    process.die_with_parent(int(parent))
    _hold(settings().run_dir / f"{name}.lock")


def is_child() -> bool:
    """Whether this process is a child of `kawal up`."""
    return bool(_held)


def _hold(path: Path) -> None:
    lock = process.LockFile(path)
    until = time.monotonic() + _HAND_OVER_S
    while not lock.take():
        if time.monotonic() > until:
            click.echo(f"kawal: pid {lock.holder()} still holds {path}", err=True)
            raise SystemExit(exits.BUSY)
        time.sleep(0.05)
    _held.append(lock)
