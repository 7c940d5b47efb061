"""The shipped workflow with its claims made by reports alone, and half of them drawn by lot."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache

from tests.support.world import HEAD, PHOTO, PIC, SIGNED, Story, World, given, holder_of, item
from workflows.commands import MakeClaim, SubmitReport
from workflows.context import Acting, Context
from workflows.definition import Definition
from workflows.definition_yaml import parse, shipped
from workflows.facts import PeriodFact, SampleDrawn

PATH = (
    ("may: [claim, prepare_report, report_obstacle", "may: [prepare_report, report_obstacle"),
    ("sample_permille: 200", "sample_permille: 500"),
)
IN_B03 = datetime(2022, 3, 28, 3, tzinfo=UTC)
LATE_B03 = datetime(2022, 4, 18, 3, tzinfo=UTC)
AFTER_B03 = datetime(2022, 5, 30, 3, tzinfo=UTC)
IN_B06 = datetime(2022, 6, 29, 3, tzinfo=UTC)
PLAN = (item(1), item(2), item(3, value="per_period"), item(4, budget_idr=100_000_001))


def text(*changes: tuple[str, str]) -> str:
    """The text of the workflow with the long path; `changes` replaces further parts of it."""
    written = shipped("replikasi-inovasi")
    for old, new in (*PATH, *changes):
        assert old in written, old
        written = written.replace(old, new, 1)
    return written


@lru_cache
def long_path() -> Definition:
    """The workflow with the long path."""
    return parse(text())


@dataclass(frozen=True)
class ReportingWorld(World):
    """A world of the long path, with what its programme said about its periods."""

    definition: Definition = field(default_factory=long_path)
    period_changes: tuple[PeriodFact, ...] = ()
    samples: tuple[SampleDrawn, ...] = ()

    def context(self, office: str, person: str, now: datetime, on_behalf_of: str | None = None) -> Context:
        by = Acting(office, person, on_behalf_of=on_behalf_of)
        told = super().context(office, person, now, on_behalf_of)
        return replace(told, by=by, period_changes=self.period_changes, samples=self.samples)


def signed(*, world: ReportingWorld | None = None) -> Story:
    """A signed commitment with a plan of four items in that world."""
    acts = list(SIGNED)
    first = acts[0].command
    acts[0] = replace(acts[0], command=replace(first, items=PLAN))  # type: ignore[arg-type]  # it is a draft
    return given(*acts, world=world or ReportingWorld())


def claim(number: int, value: int, **changed: object) -> MakeClaim:
    """A sound claim of a report."""
    return replace(MakeClaim(number, Decimal(value), PHOTO), **changed)  # type: ignore[arg-type]  # fields by name


def report(*claims: MakeClaim, period: str = "B03", rest: str = "Belum dimulai", **changed: object) -> SubmitReport:
    """A report of these claims, nihil for the rest, prepared by the PIC."""
    sound = SubmitReport(period, claims, nihil_rest=rest, prepared_by=PIC, prepared_by_person=holder_of(PIC))
    return replace(sound, **changed)  # type: ignore[arg-type]  # fields by name


def reported(*claims: MakeClaim, at: datetime = IN_B03) -> Story:
    """A signed commitment that reported these claims."""
    return signed().when(HEAD, report(*claims), at=at).done
