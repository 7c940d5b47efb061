"""`kawal import history`: what happened to commitments elsewhere, from a file of states."""

from __future__ import annotations

from pathlib import Path

import click

from service.basis import Basis
from service.cli.importing import Wish, acting, import_options, mapping_option, run
from service.cli.operator import Desk
from service.cli.output import progress
from service.imports.histories import HistoryWish
from service.imports.importer import importer_of_programme
from service.imports.mappings import columns
from service.imports.plan import plan_history
from service.imports.problems import ImportRefused
from service.imports.steps import Plan
from workflows.context import Acting

SYSTEM = "riwayat"


@click.command()
@click.argument("file", metavar="FILE.csv|.jsonl", type=click.Path(path_type=Path))
@click.option("--definition", metavar="NAME", help="The workflow whose states the file names.")
@click.option("--programme", metavar="ID", help="Whose commitments they are. Default: the one that runs the workflow.")
@click.option("--system", metavar="NAME", default=SYSTEM, show_default=True, help="Who gave the ids.")
@click.option("--party", metavar="ID", help="Whose they are where the file doesn't say. Default: who leads.")
@click.option(
    "--as-corrections",
    "correction",
    metavar="REASON",
    help="Record moves that the workflow doesn't know as corrections, for this reason.",
)
@mapping_option
@import_options
def history(
    file: Path,
    definition: str | None,
    programme: str | None,
    system: str,
    party: str | None,
    correction: str | None,
    mapping: str | None,
    *,
    office: str | None,
    dry_run: bool,
    all_or_nothing: bool,
    as_json: bool,
) -> None:
    """Import the history that commitments have elsewhere: a row a state, with the day it became true.

    Columns: id, title, state, true_on; if there are: source, note, party, subject, agency, pic; a csv file, or a JSON
    object a line. Each state is recorded now, true on its day, marked as imported. Each id's history goes in whole or
    not at all, the same again is nothing new, and nobody is told or reminded of anything past.
    """
    if programme is None and definition is None:
        raise click.UsageError("say whose history it is: --definition or --programme")
    if correction is not None and not correction.strip():
        raise click.BadParameter("a correction needs a reason", param_hint="--as-corrections")

    def plan(at: Desk) -> Plan:
        basis = at.runtime.basis(fresh=True)
        named = programme or _running(basis, definition)
        by = acting(office or importer_of_programme(basis, named), basis.directory.offices)
        wish = _wish(basis, named, system=system, party=party, correction=correction)
        _check(wish, definition)
        return _planned(at, file, wish, mapping=mapping, by=by)

    run(Wish(office, dry_run, all_or_nothing, as_json), plan)


def _planned(at: Desk, file: Path, wish: HistoryWish, *, mapping: str | None, by: Acting) -> Plan:
    names = columns(at.runtime.engine, wish.programme.programme, mapping)
    with progress() as bar:
        task = bar.add_task("Deciding", total=None)
        return plan_history(
            at.runtime,
            file,
            wish,
            names=names,
            by=by,
            now=at.runtime.now(),
            on_history=lambda total: bar.update(task, total=total, advance=1),
        )


def _running(basis: Basis, definition: str | None) -> str:
    """The programme that runs the workflow, if just one does; raises ImportRefused."""
    found = [one.programme for one in basis.programmes.values() if one.definition == definition]
    if len(found) == 1:
        return found[0]
    known = ", ".join(found) or "none"
    raise ImportRefused("programme_unclear", f"name one by --programme; programmes that run {definition}: {known}")


def _wish(basis: Basis, programme: str, *, system: str, party: str | None, correction: str | None) -> HistoryWish:
    opened = basis.programmes.get(programme)
    if opened is None:
        known = ", ".join(basis.programmes) or "none"
        raise ImportRefused("programme_unknown", f"there is no programme {programme}; open are: {known}")
    if party is not None and party not in (*opened.parties, opened.organisation):
        raise ImportRefused("region_unknown", f"{programme} has no party {party}: {', '.join(opened.parties)}")
    return HistoryWish(opened, system, party or opened.organisation, correction)


def _check(wish: HistoryWish, definition: str | None) -> None:
    runs = wish.programme.definition
    if definition not in (None, runs):
        raise ImportRefused("definition_differs", f"{wish.programme.programme} runs {runs}, not {definition}")
