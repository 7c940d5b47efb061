"""Which reports a commitment owes, and until when."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.commitment import Commitment
from workflows.context import Context
from workflows.errors import CalendarEnds
from workflows.facts import Obligation
from workflows.obligations import report_obligation
from workflows.periods import Window
from workflows.rules import obliged, owing, own_offices, role_of, roles_that_may


def reporter(commitment: Commitment, context: Context) -> str:
    """The office that owes the reports: the commitment's own one that may submit them."""
    roles = roles_that_may("submit_report", context)
    submits = (office for office in own_offices(commitment) if role_of(office, context) in roles)
    return next(submits, obliged(commitment, context))


def report_owed(commitment: Commitment, window: Window, context: Context) -> Obligation | None:
    """The next round of a period's report, due as its window says; None where the workflow has no ladder for it.

    Raises CalendarEnds.
    """
    scheme = context.definition.periods
    if scheme is None or scheme.ladder is None:
        return None
    earlier = commitment.owed.get(f"report-{window.period.code}")
    return report_obligation(
        owing(reporter(commitment, context), commitment, context),
        window,
        round=1 if earlier is None else earlier.obligation.round + 1,
        ladder=scheme.ladder,
    )


def reports_arising(commitment: Commitment, context: Context) -> Iterator[Obligation]:
    """The reports that begin to be owed: of every period that is still to be due and isn't owed or reported yet.

    A period that no calendar counts yet is left out, so that nobody's signature waits for the next year's calendar;
    its report is owed once somebody follows the period (ADR 0036).
    """
    scheme = context.definition.periods
    for code in () if scheme is None else scheme.codes:
        if f"report-{code}" in commitment.owed or commitment.reports_of(code):
            continue
        try:
            window = context.window(code, commitment.drafted.party)
            owed = None if window is None else report_owed(commitment, window, context)
        except CalendarEnds:
            continue
        if owed is not None and owed.due_at > context.now:
            yield owed
