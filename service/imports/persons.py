"""What a list of persons would change, and doing it: persons in their table, appointments through dispatch."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import uuid6

from service import identity
from service.catalog import OFFICES
from service.dispatch import Ask, Caller, dispatch
from service.identity.tables import email_key
from service.imports.persons_file import PersonRow, PersonsFile
from service.imports.problems import Problem, Unreadable, problem_at
from service.runtime import Runtime
from workflows.blockers import sentence
from workflows.commands import AppointHolder, EndAppointment
from workflows.errors import Refused
from workflows.facts import HolderAppointed
from workflows.office_rules import decide_office
from workflows.offices import Directory, evolve_directory

_COLUMN_OF = {"end_before_start": "ends_on", "appointment_over": "ends_on", "capacity_unknown": "capacity"}


@dataclass(frozen=True, slots=True)
class Change:
    """What one row asks for: a person to store or to rename, an appointment to make or to end, or nothing new.

    person   the pseudonym, fresh where the person isn't known yet
    """

    row: PersonRow
    person: str
    is_new: bool
    is_renamed: bool
    command: AppointHolder | EndAppointment | None


@dataclass(frozen=True, slots=True)
class Done:
    """What an import did, or with a dry run would do; every row with a problem was left out whole."""

    file: str
    digest: str
    dry_run: bool
    rows: int
    persons_new: int
    persons_changed: int
    appointed: int
    ended: int
    unchanged: int
    problems: tuple[Problem, ...]


def plan(
    file: PersonsFile, *, directory: Directory, known: Mapping[str, identity.Person]
) -> tuple[list[Change], list[Problem]]:
    """What each row would change, decided by the domain's own rules on top of the rows above it.

    known    persons by folded address
    returns  changes of the rows that can go in, and the problems of those that can't
    """
    planner = _Planner(directory, known)
    for row in file.rows:
        planner.add(row)
    return planner.changes, planner.problems


def import_persons(
    runtime: Runtime,
    file: PersonsFile,
    *,
    caller: Caller,
    now: datetime,
    dry_run: bool = False,
    all_or_nothing: bool = False,
    step: Callable[[], None] = lambda: None,
) -> Done:
    """Bring in what the list says and isn't so yet; again is nothing new.

    now      aware UTC by the machine's clock, for the persons' table
    step     called once a row
    raises   service.errors.Unavailable: what is in is in, run it again
    """
    directory = runtime.basis(fresh=True).directory
    known = identity.persons_by_email(runtime.engine, [row.email for row in file.rows])
    changes, refused = plan(file, directory=directory, known=known)
    problems = [*file.problems, *refused]
    if not dry_run and not (all_or_nothing and problems):
        _store_persons(runtime, changes, now)
        changes = _appoint(runtime, file.digest, changes, caller=caller, problems=problems, step=step)
    return _done(file, changes, problems, dry_run=dry_run)


class _Planner:
    """Plans row by row; the directory grows by what the rows above will state."""

    def __init__(self, directory: Directory, known: Mapping[str, identity.Person]) -> None:
        self.changes: list[Change] = []
        self.problems: list[Problem] = []
        self._directory = directory
        self._known = known
        self._fresh: dict[str, str] = {}

    def add(self, row: PersonRow) -> None:
        """Plan one row, or note why it can't go in."""
        folded = email_key(row.email)
        stored = self._known.get(folded)
        first = folded not in self._fresh
        person = stored.id if stored is not None else self._fresh.get(folded, str(uuid6.uuid7()))
        try:
            command = self._command(row, person)
        except Unreadable as error:
            self.problems.append(problem_at(row.cells[_column(error.code)], row.owner, error))
            return
        self._fresh[folded] = person
        self.changes.append(
            Change(
                row=row,
                person=person,
                is_new=stored is None and first,
                is_renamed=stored is not None and first and (stored.name, stored.language) != (row.name, row.language),
                command=command,
            )
        )

    def _command(self, row: PersonRow, person: str) -> AppointHolder | EndAppointment | None:
        recorded = _recorded(self._directory, row, person)
        command = _appointing(row, person) if recorded is None else _ending(row, recorded)
        if command is None:
            return None
        try:
            facts = decide_office(self._directory, command)
        except Refused as refused:
            raise _unreadable(refused) from refused
        for fact in facts:
            self._directory = evolve_directory(self._directory, fact)
        return command


def _recorded(directory: Directory, row: PersonRow, person: str) -> HolderAppointed | None:
    """The appointment that the row speaks of, if the log has it."""
    held = (directory.appointments[one] for one in directory.of_person.get(person, ()))
    wanted = (row.office, row.capacity, row.starts_on)
    return next((one for one in held if (one.office, one.capacity, one.starts_on) == wanted), None)


def _appointing(row: PersonRow, person: str) -> AppointHolder:
    return AppointHolder(
        appointment=str(uuid6.uuid7()),
        office=row.office,
        person=person,
        capacity=row.capacity,
        letter=row.letter,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
    )


def _ending(row: PersonRow, recorded: HolderAppointed) -> EndAppointment | None:
    if row.letter != recorded.letter:
        raise Unreadable("letter_differs", f'"{recorded.letter}", as recorded for this appointment')
    if row.ends_on == recorded.ends_on:
        return None
    if row.ends_on is None:
        raise Unreadable("appointment_over", f"{recorded.ends_on}, as recorded for this appointment")
    return EndAppointment(recorded.appointment, row.ends_on, row.letter)


def _unreadable(refused: Refused) -> Unreadable:
    return Unreadable(refused.code, "what the offices allow: " + " ".join(sentence(b, "en") for b in refused.blockers))


def _column(code: str) -> str:
    return "letter" if code == "letter_differs" else _COLUMN_OF.get(code, "office")


def _store_persons(runtime: Runtime, changes: Sequence[Change], now: datetime) -> None:
    new = [
        identity.NewPerson(one.row.name, one.row.email, one.row.language, one.person) for one in changes if one.is_new
    ]
    identity.create_persons(runtime.engine, new, now=now)
    for one in changes:
        if one.is_renamed:
            identity.update_person(runtime.engine, one.person, name=one.row.name, language=one.row.language)


def _appoint(
    runtime: Runtime,
    digest: str,
    changes: Sequence[Change],
    *,
    caller: Caller,
    problems: list[Problem],
    step: Callable[[], None],
) -> list[Change]:
    """Dispatch every appointment; a row refused meanwhile becomes a problem like any other."""
    done = []
    for change in changes:
        try:
            if change.command is not None:
                dispatch(runtime, _ask(change, change.command, digest=digest, caller=caller))
            done.append(change)
        except Refused as refused:
            error = _unreadable(refused)
            problems.append(problem_at(change.row.cells[_column(error.code)], change.row.owner, error))
        step()
    return done


def _ask(change: Change, command: AppointHolder | EndAppointment, *, digest: str, caller: Caller) -> Ask:
    row = change.row
    return Ask(
        command=command,
        stream=OFFICES,
        caller=caller,
        operation=f"import:{digest}:{row.owner}",
        request={
            "office": row.office,
            "person": change.person,
            "capacity": row.capacity,
            "letter": row.letter,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": None if row.ends_on is None else row.ends_on.isoformat(),
        },
    )


def _done(file: PersonsFile, changes: Sequence[Change], problems: Sequence[Problem], *, dry_run: bool) -> Done:
    commands = [change.command for change in changes]
    return Done(
        file=file.name,
        digest=file.digest,
        dry_run=dry_run,
        rows=len(file.rows) + len({problem.owner for problem in file.problems}),
        persons_new=sum(change.is_new for change in changes),
        persons_changed=sum(change.is_renamed for change in changes),
        appointed=sum(isinstance(command, AppointHolder) for command in commands),
        ended=sum(isinstance(command, EndAppointment) for command in commands),
        unchanged=sum(
            command is None and not change.is_new and not change.is_renamed
            for change, command in zip(changes, commands, strict=True)
        ),
        problems=tuple(problems),
    )
