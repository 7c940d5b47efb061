"""What a form has just recorded: told on the next page from the log itself, so that a second click tells the same."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from flask import request

from service import reading
from service.catalog import COMMITMENT_PREFIX, recorded
from service.errors import NotFound
from service.sentences import told
from service.web.freshness import WAIT_S
from service.web.visit import Visit

PARAMETER = "saved"
MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class Saved:
    """What was recorded, in sentences. shows: this page has it already; else it is catching up

    commitment  whose decision by the visitor may still be taken back on its page; empty where none may
    """

    position: int
    sentences: tuple[str, ...]
    shows: bool
    commitment: str = ""


def saved_of(visit: Visit, *, reads_models: bool) -> Saved | None:
    """What the visitor's form recorded, if this page was opened by one.

    reads_models  the page shows read models: they are waited for, at most a second
    """
    position = request.args.get(PARAMETER, "")
    if not position.isascii() or not position.isdigit() or len(position) > 15:
        return None
    sentences, commitment = _sentences(visit, int(position))
    if not sentences:
        return None
    reached = reading.wait_for(visit.runtime, int(position), within_s=WAIT_S) if reads_models else int(position)
    return Saved(int(position), sentences, reached >= int(position), commitment)


def _sentences(visit: Visit, position: int) -> tuple[tuple[str, ...], str]:
    """What the operation that ends there said, if it was the visitor's own office; whose decision may be taken back."""
    event = visit.runtime.store.event_at(position)
    if event is None or not event.stream.startswith(COMMITMENT_PREFIX) or event.actor.office != visit.principal.office:
        return (), ""
    try:
        _, state = visit.visible(event.stream.removeprefix(COMMITMENT_PREFIX))
    except NotFound:
        return (), ""
    words = visit.words(state)
    lines = (told(recorded(one), words, state) for one in visit.runtime.store.operation_events(event.operation))
    last = state.retractable
    is_last = last is not None and last.decided.operation == event.operation
    return tuple(islice(lines, MOST_SENTENCES)), state.id if is_last else ""
