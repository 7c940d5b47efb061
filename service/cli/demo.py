"""`kawal demo`: play the story, see how far it is, move its clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta

import click

from events.errors import LogMissing, NotADemo
from service.cli import exits
from service.cli.output import console, errors, json_option, print_json, progress, say, say_if_sample
from service.cli.setting import settings
from service.demo import WorkersStuck, await_worker, loading, play
from service.demo import advance as advance_clock
from service.formats import moment
from service.runtime import Runtime

ZONE = "Asia/Pontianak"
UNITS = {"d": "days", "h": "hours", "m": "minutes"}
SPAN = re.compile(r"(?P<count>[1-9][0-9]{0,4})(?P<unit>[dhm])")
LONGEST = timedelta(days=366)
SAID_EVERY = 5


class Span(click.ParamType[timedelta]):
    """A span of time, such as 5d, 12h or 30m."""

    name = "SPAN"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Parse it, or fail naming what was read and what is expected."""
        if isinstance(value, timedelta):
            return value
        found = SPAN.fullmatch(str(value))
        if found is None:
            self.fail(f"{value!r}: expected a number and d, h or m, such as 5d", param, ctx)
        span = timedelta(**{UNITS[found["unit"]]: int(found["count"])})
        if span > LONGEST:
            self.fail(f"{value!r}: at most {LONGEST.days}d at once", param, ctx)
        return span


@click.group(invoke_without_command=True)
@click.pass_context
def demo(context: click.Context) -> None:
    """Play the demo's story into an empty demo log (again goes on where it stopped), and move its clock.

    A worker has to run: start `kawal up` first, or let `bin/run` do both.
    """
    if context.invoked_subcommand is None:
        context.invoke(play_)


@demo.command("play")
@click.option("--party", "parties", multiple=True, metavar="ID", help="Only this party's part, such as 61.10.")
@click.option("--if-wanted", is_flag=True, help="Do nothing if the log is a real one or the story was played.")
@json_option
def play_(*, parties: tuple[str, ...] = (), if_wanted: bool = False, as_json: bool = False) -> None:
    """Play the story to its end on 17 October 2022, 08.00 WIB."""
    if if_wanted and not _is_wanted(Runtime(settings())):
        return
    runtime = _runtime()
    with progress() as bar:
        task = bar.add_task("Memuat demo", total=None)
        said = -1

        def show(done: int, steps: int, at: datetime) -> None:
            nonlocal said
            bar.update(task, total=steps, completed=done)
            percent = done * 100 // steps
            if not errors.is_terminal and percent >= said + SAID_EVERY:
                said = percent
                click.echo(f"demo {_drawn(percent)} {percent:3d} %  {moment(at, ZONE, 'id')}", err=True)

        with _workers(runtime):
            took = play(runtime, parties=frozenset(parties) or None, progress=show)
    now = runtime.now()
    sentence = f"Demo siap dalam {took.total_seconds():.0f} s; jam demo {moment(now, ZONE, 'id')}."
    say(sentence, {"now": now, "took_s": took.total_seconds()}, as_json=as_json)


@demo.command()
@click.argument("span", type=Span())
@json_option
def advance(span: timedelta, *, as_json: bool) -> None:
    """Move the demo's clock forward by SPAN (5d, 12h, 30m), day by day; what falls due on the way happens."""
    runtime = _runtime()
    days = max(1, -(-span // timedelta(days=1)))
    with progress() as bar:
        task = bar.add_task("Jam demo", total=days)
        with _workers(runtime):
            now = advance_clock(runtime, span, progress=lambda _: bar.advance(task))
    say(f"Jam demo: {moment(now, ZONE, 'id')}.", {"now": now}, as_json=as_json)


@demo.command()
@json_option
def status(as_json: bool) -> None:
    """Say how far the demo has come, and what its clock shows."""
    runtime = _runtime()
    found = loading(runtime.engine)
    now = runtime.now()
    if as_json:
        print_json({"now": now, "loading": asdict(found) if found else None})
        return
    console.print(f"Jam demo: {moment(now, ZONE, 'id')}.")
    if found is None:
        console.print("Ceritanya belum dimulai.")
    elif found.took is None:
        console.print(f"{found.done} dari {found.steps} langkah; cerita sampai {moment(found.story_at, ZONE, 'id')}.")
    else:
        console.print(f"{found.steps} langkah, dimuat dalam {found.took.total_seconds():.0f} s.")
    say_if_sample(runtime.basis().programmes.values())


@contextmanager
def _workers(runtime: Runtime) -> Iterator[None]:
    try:
        await_worker(runtime)
        yield
    except WorkersStuck as error:
        raise click.ClickException(
            f"{error}: the story needs a worker; start `kawal up` and call this again"
        ) from error


def _is_wanted(runtime: Runtime) -> bool:
    found = loading(runtime.engine)
    return runtime.is_demo and (found is None or found.took is None)


def _runtime() -> Runtime:
    try:
        runtime = Runtime(settings())
        if not runtime.is_demo:
            raise NotADemo
    except LogMissing as error:
        raise click.ClickException("there is no log yet: run `kawal migrate --demo` first") from error
    except NotADemo:
        click.echo("kawal: this is a real log; the demo is played into a demo log of its own", err=True)
        raise SystemExit(exits.USAGE) from None
    return runtime


def _drawn(percent: int) -> str:
    full = percent // 5
    return "[" + "#" * full + "." * (20 - full) + "]"
