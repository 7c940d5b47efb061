"""What is owed by itself once something happened."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.labels import Label
from workflows.definition.limits import Limit

CLOCK_FACTS = frozenset({"document-received"})
"""Facts with a day of their own, from which a limit may be counted."""


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that an office owes within a limit, from an event on until the commitment is in one of some states.

    begins_in    the state whose beginning starts the clock, or None
    begins_with  the fact (CLOCK_FACTS) from whose day the limit is counted, or None; exactly one of the two is given
    role         who owes it: the commitment's own office of that role, else the nearest from the party upwards
    """

    name: str
    label: Label
    role: str
    limit: Limit
    until: frozenset[str]
    ladder: str
    begins_in: str | None = None
    begins_with: str | None = None
