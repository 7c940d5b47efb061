"""`kawal check-clock` and `kawal accept-clock`: a start on a clock that can't be believed waits for an operator."""

from __future__ import annotations

import getpass
from dataclasses import asdict

import click
from uuid6 import uuid7

from events.errors import LogMissing, Unavailable
from service.catalog import CLOCK
from service.cli import exits, supervised
from service.cli.output import json_option, print_json, say
from service.cli.setting import settings
from service.clock import Doubt, beat, doubt
from service.config import Config
from service.demo import resume_clock
from service.dispatch import Ask, Caller, dispatch
from service.runtime import Runtime
from workflows.commands import CorrectClock
from workflows.context import Acting


@click.command("check-clock")
@json_option
def check_clock(as_json: bool) -> None:
    """Compare this machine's time with the log's (exit 1 if it can't be believed). `kawal up` does this first.

    A demo's clock is set to go on from where it was last seen.
    """
    config = settings()
    if as_json:
        print_json({"doubt": _found(config)})
    insist_on_clock(config, resumes=True)


def insist_on_clock(config: Config, *, resumes: bool = False) -> None:
    """End this process with exit code 1 if the machine's time can't be believed.

    A database that is away or not made yet has nothing to compare with: whoever needs it will say so.
    resumes  let a demo's clock go on from where it was last seen; only for those who keep it going
    """
    runtime = Runtime(config)
    try:
        is_demo = runtime.is_demo  # asked first: it says LogMissing where no table was made yet
        found = doubt(runtime.engine, runtime.store)
        if is_demo and resumes:
            resume_clock(runtime)
    except (LogMissing, Unavailable):
        return
    finally:
        runtime.close()
    if found is not None:
        click.echo(f"kawal: {_sentence(found)}", err=True)
        click.echo("kawal: if the time is right, say so: kawal accept-clock --reason '...'", err=True)
        raise SystemExit(exits.FAILED)


def insist_unless_supervised(config: Config) -> None:
    """The same for one process alone; `kawal up` looked before it started its children, and starts them again."""
    if not supervised.is_child():
        insist_on_clock(config)


@click.command("accept-clock")
@click.option("--reason", required=True, help="Why the time is right; it stands in the log for ever.")
@json_option
def accept_clock(reason: str, *, as_json: bool) -> None:
    """Accept this machine's time; that you did is a fact in the log."""
    runtime = Runtime(settings())
    found = doubt(runtime.engine, runtime.store)
    if found is None:
        say("Nothing speaks against the clock; nothing was written.", {"accepted": False}, as_json=as_json)
        return
    if not reason.strip():
        raise click.BadParameter("say why, in words", param_hint="--reason")
    caller = Caller(Acting("operator", "operator"), signin=f"cli:{getpass.getuser()}")
    command = CorrectClock(found.since, found.now, reason.strip())
    dispatch(runtime, Ask(command, CLOCK, caller, f"cli:operator:{uuid7()}", {"reason": reason.strip()}))
    beat(runtime.engine, runtime.now())
    say("Accepted; the log says so.", {"accepted": True, **asdict(found)}, as_json=as_json)


def _found(config: Config) -> dict[str, object] | None:
    runtime = Runtime(config)
    try:
        found = doubt(runtime.engine, runtime.store)
    except (LogMissing, Unavailable):
        return None
    finally:
        runtime.close()
    return None if found is None else asdict(found)


def _sentence(found: Doubt) -> str:
    now, since = (f"{time:%Y-%m-%d %H:%M} UTC" for time in (found.now, found.since))
    if found.why == "behind":
        return f"this machine's clock ({now}) stands before the log's end ({since})"
    return f"nobody looked since {since}, over a day before this machine's {now}"
