"""`kawal import programme|workbook`: what offices keep in files, drafted; an import never signs."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click
from rich.markup import escape
from rich.table import Table

from service.cli import exits
from service.cli.import_persons import persons
from service.cli.operator import OPERATOR, Desk, desk, words_of
from service.cli.output import console, json_option, print_json, progress, say_if_sample
from service.dispatch import Caller
from service.imports.carrying_out import Callers, carry_out
from service.imports.importer import importer_of_folder, importer_of_programme
from service.imports.plan import plan_programme, plan_workbook
from service.imports.problems import ImportRefused
from service.imports.programme import read_folder
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


def _options(command: F) -> F:
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


@click.group("import")
def imports() -> None:
    """Bring in what offices keep in files: a programme, action plans, persons.

    The same content again is nothing new. What can't be used is named cell by cell and left out (exit 3), the rest goes
    in; with --all-or-nothing nothing does. A file that can't be read at all is exit 2.
    """


imports.add_command(persons)


@imports.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--programme", metavar="ID", help="The programme's id. Default: programme.csv, else the folder's name.")
@click.option(
    "--fiscal-year", type=click.IntRange(2000, 2100), help="Default: as in the files, else the id's last part."
)
@_options
def programme(
    folder: Path,
    programme: str | None,
    fiscal_year: int | None,
    *,
    office: str | None,
    dry_run: bool,
    all_or_nothing: bool,
    as_json: bool,
) -> None:
    """Import a programme from a folder of csv files.

    Organisations, offices, parties and subjects first, then each commitment as a draft with its plan; without
    commitments.csv and action_plans.csv the programme alone. The calendar and the workflow are made if they are not
    there, and each subject's owner may read what becomes of it.
    """
    wish = Wish(office, dry_run, all_or_nothing, as_json)

    def plan(at: Desk) -> Plan:
        found = read_folder(folder, programme=programme, fiscal_year=fiscal_year)
        basis = at.runtime.basis(fresh=True)
        known = {*basis.directory.offices, *(placed.command.office for placed in found.structure.offices)}
        by = _acting(wish.office or importer_of_folder(basis, found), known)
        return plan_programme(at.runtime, found, by=by, now=at.runtime.now())

    _run(wish, plan)


@imports.command()
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--programme", metavar="ID", required=True, help="The open programme that the plans belong to.")
@_options
def workbook(
    file: Path, programme: str, *, office: str | None, dry_run: bool, all_or_nothing: bool, as_json: bool
) -> None:
    """Import action plans from a workbook, one sheet a region, as offices send them.

    The header is found by its names, the region by its code in the title; merged cells, Indonesian dates and money are
    read as they are meant, or refused by cell.
    """
    wish = Wish(office, dry_run, all_or_nothing, as_json)

    def plan(at: Desk) -> Plan:
        basis = at.runtime.basis(fresh=True)
        by = _acting(wish.office or importer_of_programme(basis, programme), basis.directory.offices)
        return plan_workbook(at.runtime, file, programme=programme, by=by, now=at.runtime.now())

    _run(wish, plan)


def _run(wish: Wish, plan: Callable[[Desk], Plan]) -> None:
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


def _acting(office: str, known: Collection[str]) -> Acting:
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
