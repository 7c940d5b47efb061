"""What a process does first when it may be a child of `kawal up`."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from service import process
from service.cli import exits
from service.cli.setting import settings, start_logging
from service.config import Config

F = TypeVar("F", bound=Callable[..., object])
_HAND_OVER_S = 15.0
_held: list[process.LockFile] = []


def begin(supervised: tuple[str, int] | None) -> Config:
    """Settings and log; under a supervisor also end with it, and wait for a predecessor of this name to be gone."""
    config = settings()
    start_logging(config)
    if supervised is not None:
        name, parent = supervised
        process.die_with_parent(parent)
        _hold(config.run_dir / f"{name}.lock")
    return config


def _hold(path: Path) -> None:
    lock = process.LockFile(path)
    until = time.monotonic() + _HAND_OVER_S
    while not lock.take():
        if time.monotonic() > until:
            click.echo(f"kawal: pid {lock.holder()} still holds {path}", err=True)
            raise SystemExit(exits.BUSY)
        time.sleep(0.05)
    _held.append(lock)


def _supervised(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, int] | None:
    if value is None:
        return None
    name, _, parent = value.partition(":")
    return name, int(parent)


def supervised_option(command: F) -> F:
    """The hidden option by which the supervisor says who this process is and whose child."""
    return click.option("--supervised", hidden=True, callback=_supervised, metavar="NAME:PID")(command)
