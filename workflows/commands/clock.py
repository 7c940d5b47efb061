"""The command on the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CorrectClock:
    """Accept the machine's time although it stands before the log's head, or long past the last look at it."""

    before: datetime
    after: datetime
    text: str
