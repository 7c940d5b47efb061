"""A whole programme from its folder: what it is called, which year it covers, who takes part, what they promise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from service.imports.cells import parse_code, parse_text, tidy
from service.imports.csv_tables import NO_NAMES, Row, read_csv
from service.imports.dates import parse_date
from service.imports.drafts import Draft
from service.imports.folder import CALENDAR, README, SETTINGS, Structure, digest_of, read_structure
from service.imports.plan_files import has_plans, read_fiscal_year, read_plan_files
from service.imports.problems import Cell, ImportRefused, Problem, Unreadable
from workflows.definition import Definition
from workflows.facts import ProgrammeOpened

ZONE = "Asia/Pontianak"
DEFINITION = "replikasi-inovasi"
_OPTIONAL = ("name", "definition", "organisation", "zone", "fiscal_year", "starts_on", "ends_on", "sample")
_HEADING = re.compile(r"#\s+(?P<whole>.+)")
_QUOTED = re.compile(r"[\"“](?P<name>.+)[\"”]")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a folder says about the programme itself.

    programme     its id; definition the workflow's name; organisation who leads it (None: the parties' common parent)
    sample        the data is made up
    """

    programme: str
    name: str
    definition: str
    organisation: str | None
    zone: str
    fiscal_year: int
    starts_on: date
    ends_on: date
    sample: bool


@dataclass(frozen=True, slots=True)
class ProgrammeFolder:
    """A folder, read: settings and structure. `digest` is the SHA-256 over its files in hex.

    names  the columns of its commitments and plans as the files call them, to ours
    """

    path: Path
    digest: str
    settings: Settings
    structure: Structure
    names: Mapping[str, str] = field(default_factory=lambda: NO_NAMES)

    def opened(self, definition: Definition) -> ProgrammeOpened:
        """The programme as the folder wants it opened, with this version of its workflow."""
        settings = self.settings
        return ProgrammeOpened(
            programme=settings.programme,
            name=settings.name,
            definition=definition.name,
            definition_version=definition.version,
            organisation=settings.organisation or _common_parent(self.structure),
            zone=settings.zone,
            calendar=CALENDAR,
            fiscal_year=settings.fiscal_year,
            starts_on=settings.starts_on,
            ends_on=settings.ends_on,
            parties=self.structure.parties,
            subjects=self.structure.subjects,
            sample=settings.sample,
        )

    def drafts(self, definition: Definition) -> tuple[tuple[Draft, ...], tuple[Problem, ...]]:
        """The folder's commitments and their problems; none where it has no commitments.

        raises  ImportRefused like `read_plan_files`
        """
        if not has_plans(self.path):
            return (), ()
        return read_plan_files(
            self.path,
            programme=self.opened(definition),
            offices=[placed.command.office for placed in self.structure.offices],
            definition=definition,
            names=self.names,
        )


def read_folder(
    path: Path, *, programme: str | None = None, fiscal_year: int | None = None, names: Mapping[str, str] = NO_NAMES
) -> ProgrammeFolder:
    """A programme's folder, as far as it can be understood by itself.

    What programme.csv doesn't say is taken from the folder's name ("kalbar-2022"), the README's heading and the
    commitments; the arguments win over both.
    raises  ImportRefused where a file is missing or broken, or the programme's id or year can't be told
    """
    digest = digest_of(path)
    settings = _settings(path, programme, fiscal_year, names)
    return ProgrammeFolder(path, digest, settings, read_structure(path, zone=settings.zone), names)


def _settings(folder: Path, programme: str | None, fiscal_year: int | None, names: Mapping[str, str]) -> Settings:
    row = _settings_row(folder)
    named = programme or _text(row, "id") or folder.resolve().name.lower()
    if not _ID.fullmatch(named):
        raise ImportRefused("programme_unclear", f'{named!r} is no id for a programme, expected one like "kalbar-2022"')
    year = fiscal_year or _year(row) or read_fiscal_year(folder, names) or _year_at_end(named)
    if year is None:
        raise ImportRefused("fiscal_year_unclear", f"{folder}: the programme's year can't be told; name it")
    readme = _readme(folder)
    sample = _text(row, "sample")
    return Settings(
        programme=named,
        name=_text(row, "name") or _heading(readme) or named,
        definition=_text(row, "definition") or DEFINITION,
        organisation=_text(row, "organisation") or None,
        zone=_text(row, "zone") or ZONE,
        fiscal_year=year,
        starts_on=_day(row, "starts_on") or date(year, 1, 1),
        ends_on=_day(row, "ends_on") or date(year, 12, 31),
        sample=sample == "yes" if sample else "data contoh" in readme.casefold(),
    )


def _settings_row(folder: Path) -> Row | None:
    if not (folder / SETTINGS).exists():
        return None
    rows = read_csv(folder / SETTINGS, ("id",), _OPTIONAL)
    if len(rows) != 1:
        raise ImportRefused("programme_unclear", f"{SETTINGS}: has {len(rows)} rows, expected one")
    return rows[0]


def _text(row: Row | None, column: str) -> str:
    if row is None or row[column].value is None:
        return ""
    read = parse_text if column == "name" else parse_code
    try:
        return tidy(read(row[column].value)) if column != "zone" else row.text(column)
    except Unreadable as error:
        raise _unusable(row[column], error) from error


def _year(row: Row | None) -> int | None:
    text = _text(row, "fiscal_year")
    if row is None or not text:
        return None
    if len(text) != 4 or not text.isdigit():
        raise _unusable(row["fiscal_year"], Unreadable("fiscal_year_unknown", "a year such as 2022"))
    return int(text)


def _day(row: Row | None, column: str) -> date | None:
    if row is None or row[column].value is None:
        return None
    try:
        return parse_date(row[column].value)
    except Unreadable as error:
        raise _unusable(row[column], error) from error


def _unusable(cell: Cell, error: Unreadable) -> ImportRefused:
    return ImportRefused(error.code, f"{SETTINGS} {cell.place} ({cell.column}): expected {error.expected}")


def _readme(folder: Path) -> str:
    try:
        return (folder / README).read_text(encoding="utf-8-sig")[:100_000]
    except (OSError, UnicodeDecodeError):
        return ""


def _heading(readme: str) -> str:
    heading = next((found for line in readme.splitlines() if (found := _HEADING.fullmatch(line))), None)
    if heading is None:
        return ""
    quoted = _QUOTED.search(heading["whole"])
    return tidy(quoted["name"] if quoted else heading["whole"])


def _year_at_end(programme: str) -> int | None:
    year = programme.rpartition("-")[2]
    return int(year) if len(year) == 4 and year.isdigit() else None


def _common_parent(structure: Structure) -> str:
    """The nearest organisation above all parties. Raises ImportRefused where there is none."""
    parents = {placed.command.organisation: placed.command.parent for placed in structure.organisations}
    paths = [_path(party, parents) for party in structure.parties]
    common = [one for one in (paths[0] if paths else ()) if all(one in path for path in paths)]
    if not common:
        raise ImportRefused("organisation_unclear", "the regions have no organisation above them all; name who leads")
    return common[0]


def _path(organisation: str, parents: dict[str, str | None]) -> tuple[str, ...]:
    path: list[str] = []
    above = parents.get(organisation)
    while above is not None and above not in path:
        path.append(above)
        above = parents.get(above)
    return tuple(path)
