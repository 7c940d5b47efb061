"""Commands on a commitment's reports."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.commands.progress import MakeClaim
from workflows.facts import Nihil


@dataclass(frozen=True, slots=True)
class SubmitReport:
    """Submit a period's report, whole and once.

    claims        one for each item with progress
    nihil         items without, each with its reason
    nihil_rest    the reason for every other item that runs in the period; empty: none is left out so
    prepared_by   the office and person that prepared it; empty: the submitter
    """

    period: str
    claims: tuple[MakeClaim, ...] = ()
    nihil: tuple[Nihil, ...] = ()
    nihil_rest: str = ""
    note: str = ""
    prepared_by: str = ""
    prepared_by_person: str = ""


@dataclass(frozen=True, slots=True)
class FollowPeriod:
    """Let what is owed for a period follow its window: a report that isn't owed yet, or by another day."""

    period: str


ReportCommand = SubmitReport | FollowPeriod
