"""Commands that bring what happened elsewhere, and how others call a commitment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class PastState:
    """A state that a file says the commitment was in, from a moment on."""

    state: str
    true_at: datetime
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ImportHistory:
    """Record what a file says of one commitment's past; begins the commitment where there is none.

    correction   why moves that the workflow doesn't know are recorded all the same; None: they are refused
    system, external_id   how the file's system calls it; empty: it is called by its reference
    """

    commitment: str
    reference: str
    programme: str
    party: str
    subject: str
    title: str
    past: tuple[PastState, ...]
    file: str
    digest: str
    correction: str | None = None
    system: str = ""
    external_id: str = ""
    agency: str = ""
    pic: str = ""


@dataclass(frozen=True, slots=True)
class GiveExternalId:
    """Another system calls the commitment, or an item of its plan, by this id."""

    system: str
    external_id: str
    item: int | None = None
