"""A fact as something that happened: with who acted and when it was recorded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.commitment import Recorded
from workflows.facts import Fact


@dataclass(frozen=True, slots=True)
class Happening:
    """What a sentence is told from: a fact of any stream and the actor of its event."""

    fact: Fact
    recorded_at: datetime
    office: str
    capacity: str = "definitive"
    on_behalf_of: str | None = None


def happening(recorded: Recorded, capacity: str | None = None) -> Happening:
    """A recorded fact of a commitment as a happening. capacity: None for the one that it was recorded with"""
    held = capacity or recorded.capacity
    return Happening(recorded.fact, recorded.recorded_at, recorded.office, held, recorded.on_behalf_of)
