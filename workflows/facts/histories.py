"""Facts of a commitment's stream about what happened to it elsewhere, brought by a file, and how others call it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HistoryImported:
    """A file brought the commitment's history from elsewhere; its states follow, each true at its own time.

    title   what the file calls the commitment
    file    the file's name; `digest` the SHA-256 of its content in hex
    """

    title: str
    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class StateImported:
    """By an imported history the commitment was in `to_state` from `true_at` on; nobody asked or approved that here.

    from_state  None: the history begins with it
    move        the move of the workflow that leads there, where there is just one
    source      where the file has it from; note: what it says beside
    closes      the state is closed: whatever was owed is owed no more
    """

    from_state: str | None
    to_state: str
    move: str | None
    true_at: datetime
    source: str
    note: str
    closes: bool


@dataclass(frozen=True, slots=True)
class StateCorrected:
    """As `StateImported`, by a move that the workflow doesn't know; recorded as a correction, for a reason."""

    from_state: str
    to_state: str
    true_at: datetime
    reason: str
    source: str
    note: str
    closes: bool


@dataclass(frozen=True, slots=True)
class ExternalIdGiven:
    """Another system calls the commitment, or one item of its plan, by this id. item None: the commitment itself."""

    system: str
    external_id: str
    item: int | None = None


HistoryFact = HistoryImported | StateImported | StateCorrected | ExternalIdGiven
HISTORY_NAMES: dict[type, str] = {
    HistoryImported: "history-imported",
    StateImported: "state-imported",
    StateCorrected: "state-corrected",
    ExternalIdGiven: "external-id-given",
}


def history_valid_at(fact: HistoryFact) -> datetime | None:
    """When the fact was true; None: from its recording."""
    return fact.true_at if isinstance(fact, StateImported | StateCorrected) else None
