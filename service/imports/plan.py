"""From a file to what it would do: the programme's frame first, then one draft a commitment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from service.imports.calendar_days import calendar_for
from service.imports.csv_tables import NO_NAMES
from service.imports.drafts import Draft
from service.imports.folder import Placed
from service.imports.histories import HistoryWish, commands
from service.imports.history_file import read_histories
from service.imports.importer import definition_for
from service.imports.problems import ImportRefused
from service.imports.programme import ProgrammeFolder
from service.imports.rehearsal import Rehearsal, stream_of
from service.imports.steps import Plan, Step
from service.imports.workbook import read_plans
from service.runtime import Runtime
from workflows.commands import AdoptCalendar, EstablishOffice, InstallDefinition, OpenProgramme, RegisterOrganisation
from workflows.context import Acting
from workflows.definition import Definition

C = TypeVar("C", RegisterOrganisation, EstablishOffice)


def plan_programme(
    runtime: Runtime, folder: ProgrammeFolder, *, by: Acting, now: datetime, with_drafts: bool = True
) -> Plan:
    """What importing the folder would do to the log as it is now.

    by           the office that opens the programme and drafts, and the person who acts for it
    with_drafts  False: the frame alone, for a log whose commitments come later
    raises       ImportRefused where commitments.csv or action_plans.csv is missing or broken
    """
    rehearsal = Rehearsal(runtime, by=by, now=now)
    definition, install = definition_for(rehearsal.basis, folder)
    plan = Plan(
        source=folder.path.name,
        digest=folder.digest,
        programme=folder.settings.programme,
        by=by,
        frame=tuple(_frame(rehearsal, folder, definition, install)),
        drafts=(),
        problems=folder.structure.problems,
        notes=(),
        frame_is_broken=bool(folder.structure.problems),
    )
    if plan.is_blocked or not with_drafts:
        return plan
    drafts, problems = folder.drafts(definition)
    return _with_drafts(replace(plan, problems=problems), rehearsal, drafts)


def plan_workbook(
    runtime: Runtime,
    path: Path,
    *,
    programme: str,
    by: Acting,
    now: datetime,
    names: Mapping[str, str] = NO_NAMES,
) -> Plan:
    """What importing the workbook into an open programme would do to the log as it is now.

    names   further names of columns, to ours
    raises  ImportRefused where the programme isn't open, or the file has no plan in it
    """
    rehearsal = Rehearsal(runtime, by=by, now=now)
    basis = rehearsal.basis
    opened = basis.programmes.get(programme)
    if opened is None:
        known = ", ".join(basis.programmes) or "none"
        raise ImportRefused("programme_unknown", f"there is no programme {programme}; open are: {known}")
    definition = basis.definition(opened.definition, opened.definition_version)
    file = read_plans(path, programme=opened, directory=basis.directory, definition=definition, names=names)
    plan = Plan(file.name, file.digest, programme, by, (), (), file.problems, file.notes)
    return _with_drafts(plan, rehearsal, file.drafts)


def plan_history(
    runtime: Runtime,
    path: Path,
    wish: HistoryWish,
    *,
    names: Mapping[str, str],
    by: Acting,
    now: datetime,
    on_history: Callable[[int], None] = lambda total: None,
) -> Plan:
    """What importing a file of states into an open programme would do to the log as it is now.

    names       the columns as the file calls them, to ours
    on_history  called with how many there are before each that is decided, for showing progress
    raises  ImportRefused where the file can't be read
    """
    rehearsal = Rehearsal(runtime, by=by, now=now)
    basis, opened = rehearsal.basis, wish.programme
    definition = basis.definition(opened.definition, opened.definition_version)
    offices = basis.directory.offices
    file = read_histories(path, programme=opened, offices=offices, definition=definition, now=now, names=names)
    histories, more = commands(runtime, file, wish)
    plan = Plan(file.name, file.digest, opened.programme, by, (), (), (*file.problems, *more), ())
    stand_in = rehearsal.stand_in(plan.programme)
    steps: list[Step] = []
    for one, command in histories:
        on_history(len(histories))
        steps.append(rehearsal.history(command, one.source))
    return _framed(plan, stand_in, tuple(steps))


def _with_drafts(plan: Plan, rehearsal: Rehearsal, drafts: Sequence[Draft]) -> Plan:
    stand_in = rehearsal.stand_in(plan.programme)
    return _framed(plan, stand_in, tuple(rehearsal.draft(draft, plan.programme) for draft in drafts))


def _framed(plan: Plan, stand_in: Step | None, steps: tuple[Step, ...]) -> Plan:
    is_needed = stand_in is not None and any(step.is_to_do for step in steps)
    frame = (*plan.frame, stand_in) if is_needed and stand_in is not None else plan.frame
    return replace(plan, frame=frame, drafts=steps)


def _frame(
    rehearsal: Rehearsal, folder: ProgrammeFolder, definition: Definition, install: InstallDefinition | None
) -> Iterator[Step]:
    opened = folder.opened(definition)
    if install is not None:
        yield _programme_step(rehearsal, install, "definition", definition.name)
    for adopt in _calendars(rehearsal, folder):
        yield _programme_step(rehearsal, adopt, "calendar", adopt.adopted.calendar)
    for organisation in _parents_first(
        folder.structure.organisations, lambda one: one.organisation, lambda one: one.parent
    ):
        yield _office_step(rehearsal, organisation, "organisation", organisation.command.organisation)
    for office in _parents_first(folder.structure.offices, lambda one: one.office, lambda one: one.reports_to):
        yield _office_step(rehearsal, office, "office", office.command.office)
    for grant in folder.structure.grants(opened.programme, fiscal_year=opened.fiscal_year):
        yield rehearsal.office(grant, kind="grant", name=grant.grant)
    yield _programme_step(rehearsal, OpenProgramme(opened), "programme", opened.programme)


def _calendars(rehearsal: Rehearsal, folder: ProgrammeFolder) -> Iterator[AdoptCalendar]:
    """Every calendar that an organisation of the folder names, where it doesn't reach over the programme's years."""
    year = folder.settings.fiscal_year
    for calendar in dict.fromkeys(placed.command.calendar for placed in folder.structure.organisations):
        versions = rehearsal.basis.installed.calendars.get(calendar, ())
        command = calendar_for(calendar, fiscal_year=year, known=versions[-1] if versions else None)
        if command is not None:
            yield command


def _programme_step(
    rehearsal: Rehearsal, command: AdoptCalendar | InstallDefinition | OpenProgramme, kind: str, name: str
) -> Step:
    return rehearsal.programme(command, kind=kind, name=name, stream=stream_of(command))


def _office_step(
    rehearsal: Rehearsal, placed: Placed[RegisterOrganisation] | Placed[EstablishOffice], kind: str, name: str
) -> Step:
    source = f"{placed.cell.sheet} {placed.cell.place}"
    return rehearsal.office(placed.command, kind=kind, name=name, source=source)


def _parents_first(
    placed: Sequence[Placed[C]], name: Callable[[C], str], above: Callable[[C], str | None]
) -> list[Placed[C]]:
    """The rows so that what another row of the file rests on comes before it; the file's order where that is free."""
    waiting: list[Placed[C]] = list(placed)
    ordered: list[Placed[C]] = []
    while waiting:
        missing = {name(one.command) for one in waiting}
        ready = [one for one in waiting if above(one.command) not in missing]
        # In a loop nothing is ready: the rules will name it.
        ordered.extend(ready or waiting)
        waiting = [one for one in waiting if ready and above(one.command) in missing]
    return ordered
