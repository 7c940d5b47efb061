"""What the imports share on the command line: their options, doing what was planned, and telling what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TypeVar

import click
from rich.markup import escape
from rich.table import Table

from service.cli import exits
from service.cli.operator import OPERATOR, Desk, desk, words_of
from service.cli.output import console, json_option, print_json, progress, say_if_sample
from service.dispatch import Caller
from service.imports.carrying_out import Callers, carry_out
from service.imports.problems import ImportRefused
from service.imports.rehearsal import PLH
from service.imports.report import Report
from service.imports.steps import CHANGED, NEW, REFUSED, SAME, Plan, counts
from workflows.context import Acting

F = TypeVar("F", bound=Callable[..., object])
_SHOWN_CHANGES = 6


@dataclass(frozen=True, slots=True)
class Wish:
    """How an import was asked for on the command line."""

    office: str | None
    dry_run: bool
    all_or_nothing: bool
    as_json: bool


def import_options(command: F) -> F:
    """The options that every import has."""
    decorators = (
        click.option(
            "--as",
            "office",
            metavar="OFFICE",
            help="The office that drafts. Default: the coordinator of the leading organisation.",
        ),
        click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing."),
        click.option("--all-or-nothing", is_flag=True, help="Let nothing in unless everything can go in."),
        json_option,
    )
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def mapping_option(command: F) -> F:
    """The option --mapping, as the imports of plans and histories have it."""
    help = "Read columns by this mapping of the programme; see kawal import mapping."
    return click.option("--mapping", metavar="NAME", help=help)(command)


def run(wish: Wish, plan: Callable[[Desk], Plan]) -> None:
    """Plan an import, carry it out unless it is a dry run, and print what came of it."""
    try:
        with desk() as at:
            report = _carried_out(at, plan(at), wish)
            opened = at.runtime.basis(fresh=True).programmes.get(report.plan.programme)
    except ImportRefused as refused:
        if wish.as_json:
            print_json({"refused": refused.code, "sentence": refused.sentence})
        click.echo(f"kawal: {refused.sentence} [{refused.code}]", err=True)
        raise SystemExit(exits.USAGE) from refused
    if wish.as_json:
        print_json(report.as_json())
    else:
        _print(report)
        say_if_sample(() if opened is None else (opened,))
    if not report.is_whole:
        raise SystemExit(exits.PARTIAL)


def _carried_out(at: Desk, plan: Plan, wish: Wish) -> Report:
    if wish.dry_run:
        return Report(plan, None, words_of(at.runtime))
    callers = Callers(at.caller, Caller(plan.by, at.caller.signin))
    with progress() as bar:
        task = bar.add_task("Importing", total=len(plan.to_do))
        done = carry_out(
            at.runtime, plan, callers, all_or_nothing=wish.all_or_nothing, on_step=lambda _: bar.advance(task)
        )
    return Report(plan, done, words_of(at.runtime))


def acting(office: str, known: Collection[str]) -> Acting:
    """The operator standing in for the office: nobody else's name is put under what they didn't do."""
    if office not in known:
        raise ImportRefused("office_unknown", f"there is no office {office}; see kawal office list")
    return Acting(office, OPERATOR, PLH)


def _print(report: Report) -> None:
    plan = report.plan
    console.print(_summary(report))
    for step in (*plan.frame, *plan.drafts):
        if step.what == CHANGED:
            more = len(step.changes) - _SHOWN_CHANGES
            console.print(f"{escape(step.name)} changes:")
            for change in step.changes[:_SHOWN_CHANGES]:
                console.print(f"  {escape(change)}")
            if more > 0:
                console.print(f"  and {more} more")
    for note in plan.notes:
        console.print(f"{escape(note.sheet)}: {escape(note.text)}", style="dim")
    if report.reasons:
        _print_left_out(report)
    console.print(_ending(report))


def _summary(report: Report) -> Table:
    title = f"{report.plan.source} into {report.plan.programme}" + (" (dry run)" if report.done is None else "")
    table = Table("", "new", "changed", "the same", "refused", "unreadable", title=escape(title), title_justify="left")
    unreadable = len({problem.owner for problem in report.plan.problems})
    for kind, row in counts((*report.plan.frame, *report.plan.drafts)).items():
        bad = unreadable if kind == "commitment" else 0
        table.add_row(kind, *(_number(row[what]) for what in (NEW, CHANGED, SAME, REFUSED)), _number(bad))
    if unreadable and not report.plan.drafts:
        table.add_row("rows", "", "", "", "", _number(unreadable))
    return table


def _print_left_out(report: Report) -> None:
    """A block a commitment, a line a reason: cells are copied from here, so nothing is cut."""
    console.print("Left out", style="bold")
    for name in dict.fromkeys(reason.name for reason in report.reasons):
        console.print(f"  {escape(name)}")
        for reason in report.reasons:
            if reason.name == name:
                read = f"read {reason.read}, " if reason.read else ""
                place = f"{reason.place}: " if reason.place else ""
                console.print(f"    {escape(place)}{escape(read)}{escape(reason.why)} [dim]{reason.code}[/dim]")


def _ending(report: Report) -> str:
    went_in, names = len(report.went_in), len({reason.name for reason in report.reasons})
    if report.done is None:
        verdict = f"{went_in} would be written"
    elif not report.plan.to_do and report.is_whole:
        verdict = "Nothing new"
    else:
        verdict = f"{went_in} written"
    return f"{verdict}; {names} left out." if names else f"{verdict}."


def _number(count: int) -> str:
    return str(count) if count else ""
