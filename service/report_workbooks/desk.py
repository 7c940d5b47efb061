"""Who asks for a period's reports in a workbook, and what they ask of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from service import reading
from service.basis import Basis
from service.errors import NotFound
from service.report_drafts import ReportDraft, read_draft
from service.runtime import Runtime
from workflows.commitment import Commitment
from workflows.context import Acting, Context
from workflows.errors import CalendarEnds
from workflows.facts import PlanItem
from workflows.reports import running_items

SAVE, SUBMIT = "save", "submit"
"""What may be done with a workbook: keep it as drafts, or submit its reports."""
MOST_SHEETS = 100


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, and of which programme's period. programmes: what a grant or token keeps the reader to"""

    runtime: Runtime
    basis: Basis
    by: Acting
    now: datetime
    programme: str
    period: str
    programmes: frozenset[str] = field(default_factory=lambda: reading.ALL)

    def context(self, state: Commitment) -> Context:
        """What the rules may know of one commitment."""
        return self.basis.context(state.drafted.programme, state.definition_version, by=self.by, now=self.now)

    def owns(self, state: Commitment) -> bool:
        """Whether the commitment is the acting office's own."""
        seen = reading.may_see(self.basis, self.by.authority, state, self.now, programmes=self.programmes)
        return seen and self.by.authority in (state.agency, state.pic)

    def draft(self, state: Commitment) -> ReportDraft | None:
        """What is prepared of the period's next report."""
        return read_draft(self.runtime.engine, state, self.period)

    def items(self, state: Commitment) -> Sequence[PlanItem]:
        """The items of which the period's report has to speak; none where the calendar doesn't reach it."""
        try:
            return running_items(state, self.context(state).window(self.period, state.drafted.party))
        except CalendarEnds:
            return ()


def desk_of(
    runtime: Runtime,
    basis: Basis,
    by: Acting,
    *,
    now: datetime,
    programme: str,
    period: str,
    programmes: frozenset[str] = reading.ALL,
) -> Desk:
    """The desk of a period that the programme's workflow has. Raises NotFound for an unknown programme or period."""
    opened = basis.programmes.get(programme)
    if opened is None:
        raise NotFound("programme", programme)
    scheme = basis.definition(opened.definition, opened.definition_version).periods
    if scheme is None or period not in scheme.codes:
        raise NotFound("period", period)
    return Desk(runtime, basis, by, now, programme, period, programmes)
