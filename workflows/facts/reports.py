"""Facts of a commitment's stream about its reports by period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from workflows.facts.parts import Obligation


@dataclass(frozen=True, slots=True)
class Nihil:
    """An item of which there is nothing to report in a period, and why."""

    item: int
    reason: str


@dataclass(frozen=True, slots=True)
class ReportSubmitted:
    """A commitment's report for a period was submitted, once and whole; `report` is "<commitment>.<period>.<number>".

    receipt       "<reference>/<period>/<number>": what the submitter gets in return
    prepared_by   the office, and by pseudonym the person, that prepared it
    late          it came after its due day and the grace
    claims        the ids of the claims that it makes, recorded with it
    """

    report: str
    receipt: str
    period: str
    number: int
    office: str
    prepared_by: str
    prepared_by_person: str
    due_on: date
    late: bool
    claims: tuple[str, ...]
    nihil: tuple[Nihil, ...]
    note: str


@dataclass(frozen=True, slots=True)
class ReportDueMoved:
    """A period was extended or opened again: its report is owed by another day now."""

    period: str
    reason: str
    obligation: Obligation


ReportFact = ReportSubmitted | ReportDueMoved
REPORT_NAMES: dict[type, str] = {
    ReportSubmitted: "report-submitted",
    ReportDueMoved: "report-due-moved",
}
