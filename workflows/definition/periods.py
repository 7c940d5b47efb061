"""When progress is reported."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.labels import Label


@dataclass(frozen=True, slots=True)
class PeriodEnd:
    """A period of every fiscal year, by its last day; it starts where the one before ends.

    day  of `month`; None: the month's last
    """

    code: str
    label: Label
    month: int
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Periods:
    """The period scheme: its periods in order, and the window of each in working days around its end.

    opens_days before the end; due_days and closes_days after it. A report up to grace_days after its due day isn't
    marked late.
    ladder  that a report which isn't there climbs; None: reports are taken, but owed by nobody
    """

    ends: tuple[PeriodEnd, ...]
    opens_days: int
    due_days: int
    closes_days: int
    grace_days: int = 0
    ladder: str | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The periods' codes, in order."""
        return tuple(end.code for end in self.ends)
