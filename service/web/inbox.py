"""Pages: the inbox, what waits for the visitor's office."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime

from flask import request
from flask.typing import ResponseReturnValue

from events.engine import answering
from service import reading
from service.advice import Place
from service.read_models.inbox_queries import Place as Behind
from service.read_models.inbox_queries import count_kinds, list_inbox
from service.web.cards import KINDS, Card, card_of
from service.web.chrome import chrome_of
from service.web.forms import text
from service.web.pages import pages as new_pages
from service.web.rendering import go, page
from service.web.saved import saved_of
from service.web.visit import Visit

FEW, MANY = 5, 12
pages = new_pages("inbox")


@dataclass(frozen=True, slots=True)
class Group:
    """What waits of one kind. after: where the next page begins; empty where nothing is left"""

    kind: str
    count: int
    cards: tuple[Card, ...]
    after: str = ""


@pages.get("/")
def read_inbox(visit: Visit) -> ResponseReturnValue:
    """What waits, kind by kind, the most pressing first."""
    saved = saved_of(visit, reads_models=True)
    kind = request.args.get("kind", "")
    with answering(), visit.runtime.engine.connect() as connection:
        counts = count_kinds(connection, reading.desks_of(visit.basis, visit.principal, visit.now))
    kinds = [kind] if kind in KINDS else [one for one in KINDS if counts.get(one)]
    groups = [_group(visit, one, counts.get(one, 0), is_alone=kind in KINDS) for one in kinds]
    return page(visit, "pages/inbox.html", groups=groups, kind=kind, counts=counts, saved=saved, back="/")


@pages.post("/inbox/advice")
def write_inbox_advice(visit: Visit) -> ResponseReturnValue:
    """Note a star and a line of advice beside something that waits; a note, no decision, and nothing for the log."""
    form = request.form
    place = Place(visit.office, text(form, "commitment"), text(form, "kind"), text(form, "item"))
    starred = text(form, "star") == "yes"
    reading.note_beside(
        visit.runtime, visit.basis, visit.principal, place, starred=starred, text=text(form, "text"), now=visit.now
    )
    return go("/")


@pages.get("/loading", to_anybody=True)
def read_loading(visit: Visit) -> ResponseReturnValue:
    """The demo's progress alone, for the page that shows it to ask again."""
    chrome = chrome_of(visit)
    is_over = chrome.loading is None or chrome.loading.seconds is not None
    return page(visit, "parts/loaded.html" if is_over else "parts/loading.html", framed=True)


def _group(visit: Visit, kind: str, count: int, *, is_alone: bool) -> Group:
    limit = MANY if is_alone else FEW
    after = _place(request.args.get("after", "")) if is_alone else None
    desks = reading.desks_of(visit.basis, visit.principal, visit.now)
    with answering(), visit.runtime.engine.connect() as connection:
        rows = list_inbox(connection, desks, kind=kind, after=after, limit=limit + 1)
    notes = reading.notes_of(visit.runtime, rows[:limit])
    cards = (card_of(visit, row, notes.get(reading.place_of(row))) for row in rows[:limit])
    more = _cursor(rows[limit - 1].place) if len(rows) > limit and is_alone else ""
    return Group(kind, count, tuple(card for card in cards if card is not None), more)


def _cursor(place: Behind) -> str:
    fields = [place.due_at.isoformat(), place.commitment, place.kind, place.key, place.office, place.starred]
    return base64.urlsafe_b64encode(json.dumps(fields).encode()).decode().rstrip("=")


def _place(cursor: str) -> Behind | None:
    """Where a page begins; from the start for a cursor that isn't one."""
    try:
        due_at, commitment, kind, key, office, starred = json.loads(
            base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        )
        moment = datetime.fromisoformat(due_at)
        known = moment.tzinfo is not None and moment.astimezone(UTC)
    except (ValueError, TypeError, ArithmeticError, RecursionError, binascii.Error):
        return None
    texts = all(isinstance(one, str) and one.isprintable() for one in (commitment, kind, key, office))
    return Behind(known, commitment, kind, key, office, starred is True) if texts and known else None
