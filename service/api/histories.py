"""Endpoints: a commitment's history in sentences, and the whole log as a feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from events.envelope import Event
from service.api import cursors
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.feed import read_feed
from service.api.schemas import overviews as schemas
from service.api.schemas.commitments import Page
from service.api.shown import Shown
from service.catalog import commitment_stream, recorded
from service.problems import ProblemError, coded
from service.sentences import Vocabulary, told
from workflows.commitment import Commitment

endpoints = Endpoints("histories", "What happened, in order.")
_HASH_CHARS = 16


@endpoints.get("/commitments/<string:commitment>/history", schemas.History, query=Page)
def read_history(door: Door, query: Mapping[str, Any], commitment: str) -> Reply:
    """Read what happened to a commitment, oldest first, in sentences"""
    _, state = door.visible(commitment)
    stream, limit = commitment_stream(commitment), query["limit"]
    after = 0 if query["cursor"] is None else _after(door, stream, query["cursor"])
    events = door.runtime.store.read_stream(stream, after, limit=limit + 1)
    cursor = _cursor(events[limit - 1]) if len(events) > limit else None
    words = door.words(state)
    body = {"commitment": commitment, "history": [_told(one, words, state) for one in events[:limit]], "next": cursor}
    return Reply(body, headers=cursors.link_next(cursor))


@endpoints.get("/events", schemas.Feed, query=schemas.FeedQuery)
def read_events(door: Door, query: Mapping[str, Any]) -> Reply:
    """Read the log from a position on: every event that the office may see, none skipped

    Ask again with `after` = next_after. What an office may see is judged when it asks: who begins to see a commitment
    reads its earlier events from position 0, or from its history.
    """
    batch = read_feed(door, after=query["after"], limit=query["limit"], leaf_hash=query["leaf_hash"])
    return Reply(batch)


def _told(event: Event, words: Vocabulary, state: Commitment) -> Shown:
    actor, fact = event.actor, recorded(event)
    return {
        "version": event.version,
        "position": event.position,
        "fact": event.type,
        "sentence": told(fact, words, state, capacity=actor.capacity),
        "office": {"id": actor.office, "name": words.office(actor.office)},
        "capacity": actor.capacity,
        "on_behalf_of": actor.on_behalf_of,
        "recorded_at": event.recorded_at,
        "valid_at": event.valid_at,
    }


def _cursor(last: Event) -> str:
    return cursors.encode("history", last.version, last.leaf_hash.hex()[:_HASH_CHARS])


def _after(door: Door, stream: str, cursor: str) -> int:
    """The version behind which a page begins; the log must still hold the event that was seen there."""
    version, digest = cursors.decode(cursor, "history", int, str)
    assert isinstance(version, int), "decoded as one"
    if not 0 < version < 2**31:
        raise ProblemError(coded("cursor_malformed"))
    found = door.runtime.store.read_stream(stream, version - 1, up_to_version=version)
    if not found or found[0].leaf_hash.hex()[:_HASH_CHARS] != digest:
        raise ProblemError(coded("cursor_malformed"))
    return version
