"""The fact of the stream `clock`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ClockCorrected:
    """An operator accepted a clock that stood before the log's head or long past its last heartbeat."""

    before: datetime
    after: datetime
    text: str


CLOCK_NAMES: dict[type, str] = {
    ClockCorrected: "clock-corrected",
}
