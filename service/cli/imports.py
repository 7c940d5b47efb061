"""`kawal import programme|workbook|history|persons`: what offices keep in files; an import never signs."""

from __future__ import annotations

from pathlib import Path

import click

from service.cli.import_history import history
from service.cli.import_mapping import mapping
from service.cli.import_persons import persons
from service.cli.importing import Wish, acting, import_options, mapping_option, run
from service.cli.operator import Desk
from service.imports.importer import importer_of_folder, importer_of_programme
from service.imports.mappings import columns
from service.imports.plan import plan_programme, plan_workbook
from service.imports.programme import read_folder
from service.imports.steps import Plan


@click.group("import")
def imports() -> None:
    """Bring in what offices keep in files: a programme, action plans, histories, persons.

    The same content again is nothing new. What can't be used is named cell by cell and left out (exit 3), the rest goes
    in; with --all-or-nothing nothing does. A file that can't be read at all is exit 2.
    """


imports.add_command(persons)
imports.add_command(history)
imports.add_command(mapping)


@imports.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--programme", metavar="ID", help="The programme's id. Default: programme.csv, else the folder's name.")
@click.option(
    "--fiscal-year", type=click.IntRange(2000, 2100), help="Default: as in the files, else the id's last part."
)
@mapping_option
@import_options
def programme(
    folder: Path,
    programme: str | None,
    fiscal_year: int | None,
    mapping: str | None,
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
    if mapping is not None and programme is None:
        raise click.UsageError("--mapping needs --programme: mappings are a programme's own")

    def plan(at: Desk) -> Plan:
        names = columns(at.runtime.engine, programme or "", mapping)
        found = read_folder(folder, programme=programme, fiscal_year=fiscal_year, names=names)
        basis = at.runtime.basis(fresh=True)
        known = {*basis.directory.offices, *(placed.command.office for placed in found.structure.offices)}
        by = acting(wish.office or importer_of_folder(basis, found), known)
        return plan_programme(at.runtime, found, by=by, now=at.runtime.now())

    run(wish, plan)


@imports.command()
@click.argument("file", metavar="FILE.xlsx", type=click.Path(path_type=Path))
@click.option("--programme", metavar="ID", required=True, help="The open programme that the plans belong to.")
@mapping_option
@import_options
def workbook(
    file: Path,
    programme: str,
    mapping: str | None,
    *,
    office: str | None,
    dry_run: bool,
    all_or_nothing: bool,
    as_json: bool,
) -> None:
    """Import action plans from a workbook, one sheet a region, as offices send them.

    The header is found by its names, the region by its code in the title; merged cells, Indonesian dates and money are
    read as they are meant, or refused by cell.
    """
    wish = Wish(office, dry_run, all_or_nothing, as_json)

    def plan(at: Desk) -> Plan:
        basis = at.runtime.basis(fresh=True)
        by = acting(wish.office or importer_of_programme(basis, programme), basis.directory.offices)
        names = columns(at.runtime.engine, programme, mapping)
        return plan_workbook(at.runtime, file, programme=programme, by=by, now=at.runtime.now(), names=names)

    run(wish, plan)
