"""A programme's folder of csv files: the organisations, offices, parties and subjects in it, as commands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Generic, TypeVar

from service.imports.cells import (
    parse_code,
    parse_known_code,
    parse_one_of,
    parse_optional_code,
    parse_optional_text,
    parse_text,
    tidy,
)
from service.imports.csv_tables import Row, read_csv
from service.imports.problems import Cell, ImportRefused, Problem, Unreadable, problem_at, take
from workflows.commands import EstablishOffice, GiveGrant, RegisterOrganisation
from workflows.facts import Component, Subject

STRUCTURE = ("organisations.csv", "offices.csv", "regions.csv", "innovations.csv", "components.csv")
PLANS = ("commitments.csv", "action_plans.csv")
SETTINGS = "programme.csv"
README = "README.md"
SCOPES = ("organisation", "own", "granted")
KINDS = ("core", "adaptable")
CALENDAR = "id"
C = TypeVar("C", RegisterOrganisation, EstablishOffice)
_SHORT = re.compile(r"\s+\(.*\)$")


@dataclass(frozen=True, slots=True)
class Placed(Generic[C]):
    """A command of the directory and the cell that names its row."""

    command: C
    cell: Cell


@dataclass(frozen=True, slots=True)
class Structure:
    """All of a folder but its commitments. Where `problems` isn't empty the rest is not whole."""

    organisations: tuple[Placed[RegisterOrganisation], ...]
    offices: tuple[Placed[EstablishOffice], ...]
    parties: tuple[str, ...]
    subjects: tuple[Subject, ...]
    problems: tuple[Problem, ...]

    def grants(self, programme: str, *, fiscal_year: int) -> tuple[GiveGrant, ...]:
        """The owners' right to read what becomes of their subject, from the year before on: sheets are drafted then."""
        return tuple(
            GiveGrant(
                grant=f"{programme}:{subject.subject}",
                office=subject.owner_office,
                organisation=None,
                subject=subject.subject,
                commitment=None,
                starts_on=date(fiscal_year - 1, 1, 1),
                ends_on=None,
                letter=f"program {programme}",
            )
            for subject in self.subjects
            if subject.owner_office is not None
        )


def digest_of(folder: Path) -> str:
    """SHA-256 in hex over the folder's files that an import reads, by name and content.

    raises  ImportRefused folder_missing
    """
    if not folder.is_dir():
        raise ImportRefused("folder_missing", f"{folder}: no such folder")
    whole = sha256()
    for name in sorted((*STRUCTURE, *PLANS, SETTINGS, README)):
        path = folder / name
        if path.is_file():
            whole.update(f"{name}\0{sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def read_structure(folder: Path, *, zone: str) -> Structure:
    """The folder's organisations, offices, parties and subjects.

    zone    of every organisation whose row names none
    raises  ImportRefused where a file is missing or can't be split into its columns
    """
    problems: list[Problem] = []
    organisations = _organisations(folder, zone, problems)
    offices = _offices(folder, problems)
    known = {placed.command.organisation for placed in organisations}
    parties = _parties(folder, known, problems)
    subjects = _subjects(folder, {placed.command.office for placed in offices}, problems)
    return Structure(organisations, offices, parties, subjects, tuple(problems))


def _organisations(folder: Path, zone: str, problems: list[Problem]) -> tuple[Placed[RegisterOrganisation], ...]:
    rows = read_csv(folder / "organisations.csv", ("id", "parent", "name", "kind"), ("zone", "calendar"))
    found: list[Placed[RegisterOrganisation]] = []
    for row in rows:
        owner = f"organisation:{row.text('id')}"
        name = take(row["id"], parse_code, owner, problems)
        parent = take(row["parent"], parse_optional_code, owner, problems)
        title = take(row["name"], parse_text, owner, problems)
        kind = take(row["kind"], parse_text, owner, problems)
        own_zone = take(row["zone"], parse_optional_text, owner, problems) or zone
        calendar = take(row["calendar"], parse_optional_code, owner, problems) or CALENDAR
        if name is not None and title is not None and kind is not None:
            command = RegisterOrganisation(name, parent, title, kind, own_zone, calendar)
            found.append(Placed(command, row["id"]))
    _refuse_twice(rows, "id", "organisation", problems)
    return tuple(found)


def _offices(folder: Path, problems: list[Problem]) -> tuple[Placed[EstablishOffice], ...]:
    rows = read_csv(
        folder / "offices.csv", ("id", "reports_to", "name", "role", "organisation", "scope"), ("acts_for",)
    )
    found: list[Placed[EstablishOffice]] = []
    for row in rows:
        owner = f"office:{row.text('id')}"
        name = take(row["id"], parse_code, owner, problems)
        superior = take(row["reports_to"], parse_optional_code, owner, problems)
        acts_for = take(row["acts_for"], parse_optional_code, owner, problems)
        title = take(row["name"], parse_text, owner, problems)
        role = take(row["role"], parse_code, owner, problems)
        organisation = take(row["organisation"], parse_code, owner, problems)
        scope = take(row["scope"], parse_one_of(SCOPES, "scope"), owner, problems)
        if None not in (name, title, role, organisation, scope):
            command = EstablishOffice(
                name or "",
                title or "",
                role or "",
                organisation or "",
                scope or "",
                reports_to=superior,
                acts_for=acts_for,
            )
            found.append(Placed(command, row["id"]))
    _refuse_twice(rows, "id", "office", problems)
    return tuple(found)


def _parties(folder: Path, organisations: set[str], problems: list[Problem]) -> tuple[str, ...]:
    rows = read_csv(folder / "regions.csv", ("code",))
    read = parse_known_code(organisations, "organisation")
    found = [take(row["code"], read, f"region:{row.text('code')}", problems) for row in rows]
    _refuse_twice(rows, "code", "region", problems)
    return tuple(party for party in found if party is not None)


def _subjects(folder: Path, offices: set[str], problems: list[Problem]) -> tuple[Subject, ...]:
    columns = ("id", "name", "sector", "kind", "origin_agency", "lead_agency", "owner_office")
    rows = read_csv(folder / "innovations.csv", columns, ("short_name",))
    components = _components(folder, {row.text("id") for row in rows}, problems)
    found: list[Subject] = []
    for row in rows:
        owner = f"innovation:{row.text('id')}"
        name = take(row["id"], parse_code, owner, problems)
        title = take(row["name"], parse_text, owner, problems)
        texts = {
            column: take(row[column], parse_optional_text, owner, problems) or ""
            for column in ("sector", "kind", "origin_agency", "lead_agency", "short_name")
        }
        office = take(row["owner_office"], parse_optional_code, owner, problems)
        if office is not None and office not in offices:
            unknown = Unreadable("office_unknown", "the id of an office of offices.csv")
            problems.append(problem_at(row["owner_office"], owner, unknown))
        if name is not None and title is not None:
            found.append(
                Subject(
                    subject=name,
                    name=title,
                    short_name=texts["short_name"] or _SHORT.sub("", title),
                    sector=texts["sector"],
                    kind=texts["kind"],
                    origin=texts["origin_agency"],
                    lead_agency=texts["lead_agency"],
                    owner_office=office,
                    components=tuple(components.get(name, ())),
                )
            )
    _refuse_twice(rows, "id", "innovation", problems)
    return tuple(found)


def _components(folder: Path, subjects: set[str], problems: list[Problem]) -> Mapping[str, list[Component]]:
    found: dict[str, list[Component]] = {}
    for row in read_csv(folder / "components.csv", ("innovation", "component", "kind")):
        owner = f"innovation:{row.text('innovation')}"
        subject = take(row["innovation"], parse_known_code(subjects, "innovation"), owner, problems)
        name = take(row["component"], parse_text, owner, problems)
        kind = take(row["kind"], parse_one_of(KINDS, "kind"), owner, problems)
        if subject is not None and name is not None and kind is not None:
            found.setdefault(subject, []).append(Component(name, kind))
    return found


def _refuse_twice(rows: Sequence[Row], column: str, what: str, problems: list[Problem]) -> None:
    seen: set[str] = set()
    for row in rows:
        name = tidy(row.text(column))
        if name in seen:
            twice = Unreadable(f"{what}_twice", "an id that no row above has")
            problems.append(problem_at(row[column], f"{what}:{name}", twice))
        seen.add(name)
