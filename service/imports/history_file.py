"""A file of states from elsewhere, csv or JSON lines, read into one history an id."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from service.imports.cells import as_said, key, parse_known_code, parse_labelled, tidy
from service.imports.csv_tables import MAX_ROWS, NO_NAMES, Row, decoded, read_csv
from service.imports.dates import parse_date
from service.imports.drafts import rows_text
from service.imports.problems import Cell, CellValue, ImportRefused, Problem, Unreadable, problem_at, take
from workflows.commands import PastState
from workflows.definition import Definition
from workflows.elsewhere import LONGEST_ID
from workflows.facts import ProgrammeOpened

REQUIRED = ("id", "title", "state", "true_on")
OPTIONAL = ("source", "note", "party", "subject", "agency", "pic")
MOST_STATES = 900
LONGEST_SAID = 10_000


@dataclass(frozen=True, slots=True)
class History:
    """What the file says of one id. party, subject, agency, pic: empty where it doesn't say. source: where it stands"""

    external_id: str
    title: str
    party: str
    subject: str
    agency: str
    pic: str
    past: tuple[PastState, ...]
    source: str
    first: Cell


@dataclass(frozen=True, slots=True)
class HistoryFile:
    """Histories without a problem, and the problems of the others. digest: SHA-256 of the file in hex"""

    name: str
    digest: str
    histories: tuple[History, ...]
    problems: tuple[Problem, ...]


def read_histories(
    path: Path,
    *,
    programme: ProgrammeOpened,
    offices: Iterable[str],
    definition: Definition,
    now: datetime,
    names: Mapping[str, str] = NO_NAMES,
) -> HistoryFile:
    """Every id's history, whatever the order of its rows; one with a bad cell is left out whole.

    names   the columns as the file calls them, to ours
    raises  ImportRefused where the file can't be read at all
    """
    rows = _read_lines(path, names) if path.suffix.lower() == ".jsonl" else read_csv(path, REQUIRED, OPTIONAL, names)
    reader = _Reader(programme, offices, definition, now)
    by_id: dict[str, list[Row]] = {}
    for row in rows:
        by_id.setdefault(reader.id_of(row), []).append(row)
    reader.refuse_lookalikes(by_id)
    found = [reader.read(name, mine) for name, mine in by_id.items()]
    bad = {problem.owner for problem in reader.problems}
    whole = tuple(one for one in found if one is not None and one.external_id not in bad)
    return HistoryFile(path.name, sha256(path.read_bytes()).hexdigest(), whole, tuple(reader.problems))


def _read_lines(path: Path, names: Mapping[str, str]) -> tuple[Row, ...]:
    rows = []
    for number, line in enumerate(decoded(path).split("\n"), start=1):
        if number > MAX_ROWS:
            raise ImportRefused("too_many_rows", f"{path.name}: over {MAX_ROWS:,} rows")
        if line.strip():
            rows.append(_line(path.name, number, line, names))
    return tuple(rows)


def _line(file: str, number: int, line: str, names: Mapping[str, str]) -> Row:
    try:
        read = json.loads(line, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise ImportRefused("line_malformed", f"{file}: line {number} is no JSON object ({error})") from error
    if not isinstance(read, dict):
        raise ImportRefused("line_malformed", f"{file}: line {number} is no JSON object")
    ours = {names.get(key(name), name): value for name, value in read.items()}
    if len(ours) != len(read):
        raise ImportRefused("column_twice", f"{file}: line {number} has a column under two names")
    missing = [name for name in REQUIRED if name not in ours]
    if missing:
        raise ImportRefused("column_missing", f"{file}: line {number} has no {', '.join(missing)}")
    cells = {name: Cell(file, f"line {number}", name, _plain(ours.get(name))) for name in (*REQUIRED, *OPTIONAL)}
    return Row(number, cells)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    if len(read) != len(pairs):
        raise ValueError("a name stands twice")
    return read


def _plain(value: object) -> CellValue:
    if isinstance(value, str):
        return value.strip() or None
    if value is None or isinstance(value, int | float):
        return value
    return json.dumps(value, ensure_ascii=False)


class _Reader:
    """Reads rows, and collects what can't be used."""

    def __init__(
        self, programme: ProgrammeOpened, offices: Iterable[str], definition: Definition, now: datetime
    ) -> None:
        self.problems: list[Problem] = []
        self._state = parse_labelled({name: one.label for name, one in definition.states.items()}, "state")
        self._party = _optional(parse_known_code((*programme.parties, programme.organisation), "region"))
        self._subject = _optional(parse_known_code((one.subject for one in programme.subjects), "subject"))
        self._office = _optional(parse_known_code(offices, "office"))
        self._moment = _moments(programme.zone, now)

    def id_of(self, row: Row) -> str:
        """The id that a row is about; a row without one is its own problem."""
        owner = f"row {row.number}"
        return take(row["id"], _said(LONGEST_ID, needed=True, number=True), owner, self.problems) or owner

    def refuse_lookalikes(self, by_id: Mapping[str, Sequence[Row]]) -> None:
        """Ids that differ by case or width alone are one thing to a reader: nobody knows whether to us."""
        seen: dict[str, str] = {}
        for name, rows in by_id.items():
            looks = tidy(unicodedata.normalize("NFKC", name)).casefold()
            if looks in seen:
                alike = Unreadable("id_looks_alike", f"an id that looks different from {seen[looks]!r}")
                self.problems.append(problem_at(rows[0]["id"], name, alike))
            seen.setdefault(looks, name)

    def read(self, name: str, rows: Sequence[Row]) -> History | None:
        """One id's rows; None where a cell can't be used."""
        before = len(self.problems)
        past = [(row, one) for row in rows if (one := self._past(name, row)) is not None]
        self._refuse_contradictions(name, past)
        if len(rows) > MOST_STATES:
            many = Unreadable("history_too_long", f"at most {MOST_STATES} rows of one id")
            self.problems.append(problem_at(rows[MOST_STATES]["id"], name, many))
        said = {column: self._same(name, rows, column, read) for column, read in self._once().items()}
        if len(self.problems) > before:
            return None
        source = f"{rows[0]['id'].sheet} {rows_text(row.number for row in rows)}"
        return History(name, **said, past=tuple(one for _, one in past), source=source, first=rows[0]["id"])

    def _once(self) -> Mapping[str, Callable[[CellValue], str]]:
        """What is said once for all rows of an id."""
        return {
            "title": _said(LONGEST_SAID, needed=True),
            "party": self._party,
            "subject": self._subject,
            "agency": self._office,
            "pic": self._office,
        }

    def _past(self, name: str, row: Row) -> PastState | None:
        state = take(row["state"], self._state, name, self.problems)
        at = take(row["true_on"], self._moment, name, self.problems)
        source = take(row["source"], _said(2_000), name, self.problems)
        note = take(row["note"], _said(LONGEST_SAID), name, self.problems)
        if state is None or at is None or source is None or note is None:
            return None
        return PastState(state, at, source, note)

    def _refuse_contradictions(self, name: str, past: Sequence[tuple[Row, PastState]]) -> None:
        first: dict[datetime, tuple[Row, PastState]] = {}
        for row, one in past:
            earlier, known = first.setdefault(one.true_at, (row, one))
            if known.state != one.state:
                wanted = f"{known.state}, as row {earlier.number} says of the same day, or another day"
                self.problems.append(problem_at(row["state"], name, Unreadable("history_contradicts", wanted)))

    def _same(self, name: str, rows: Sequence[Row], column: str, read: Callable[[CellValue], str]) -> str:
        """What the first row that says anything says; others say the same or nothing."""
        said = [(row, text) for row in rows if (text := take(row[column], read, name, self.problems))]
        for row, text in said[1:]:
            if text != said[0][1]:
                wanted = f"the same {column} as row {said[0][0].number}, for one id"
                self.problems.append(problem_at(row[column], name, Unreadable(f"{column}_differs", wanted)))
        return said[0][1] if said else ""


def _said(most: int, *, needed: bool = False, number: bool = False) -> Callable[[CellValue], str]:
    """A reader of a text in any script. number: a whole number is taken as it is written"""

    def read(value: CellValue) -> str:
        if number and isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str | None):
            raise Unreadable("text_expected", "a text")
        text = as_said(value or "")
        if needed and not text:
            raise Unreadable("text_missing", "a text")
        if len(text) > most:
            raise Unreadable("text_too_long", f"at most {most:,} characters")
        if any(unicodedata.category(one) in ("Cc", "Cs", "Co") for one in text):
            raise Unreadable("text_unprintable", "a text without control characters")
        return text

    return read


def _optional(read: Callable[[CellValue], str]) -> Callable[[CellValue], str]:
    return lambda value: "" if value is None or value == "" else read(value)


def _moments(zone: str, now: datetime) -> Callable[[CellValue], datetime]:
    """A reader of days, which begin at midnight in the zone, and of RFC 3339 times; none of them to come."""

    def read(value: CellValue) -> datetime:
        exact = _exact(value)
        at = exact or datetime.combine(parse_date(value), time(), ZoneInfo(zone))
        if at > now:
            raise Unreadable(
                "date_in_future", f"a day that has come: {now.astimezone(ZoneInfo(zone)).date()} or before"
            )
        return at.astimezone(UTC)

    return read


def _exact(value: CellValue) -> datetime | None:
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        read = datetime.fromisoformat(value)
    except ValueError:
        return None
    return read if read.tzinfo is not None and 1900 < read.year < 2200 else None
