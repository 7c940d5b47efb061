"""Which past a page is asked for by its address, and how that is said above it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from service import formats
from service.problems import ProblemError, coded
from service.replaying import AsOf, moment
from service.web.visit import Visit

FIELDS = ("as_known_on", "as_true_on", "at_position")
FURTHEST_POSITION = 2**53


@dataclass(frozen=True, slots=True)
class PastShown:
    """A past in words, what its form has in it, and the query that leads to other pages of the same past."""

    known_on: str
    true_on: str
    position: str
    fields: Mapping[str, str]
    query: str


def past_asked(query: Mapping[str, str], zone: str) -> AsOf:
    """The past that an address names; a bare date is the end of that day in the zone. Raises ProblemError."""
    known_on, true_on, position = (query.get(name, "").strip() for name in FIELDS)
    return AsOf(
        position=_position(position) if position else None,
        known_on=_moment(known_on, zone) if known_on else None,
        true_on=_moment(true_on, zone) if true_on else None,
    )


def past_shown(visit: Visit, past: AsOf, query: Mapping[str, str], zone: str) -> PastShown | None:
    """How the past is said; None for the present."""
    if past.is_now:
        return None
    words, fields = visit.words(), {name: query.get(name, "") for name in FIELDS}
    return PastShown(
        known_on=_said(visit, past.known_on, zone),
        true_on=_said(visit, past.true_on, zone),
        position="" if past.position is None else words.number(past.position),
        fields=fields,
        query="?" + urlencode({name: value for name, value in fields.items() if value}),
    )


def _said(visit: Visit, at: datetime | None, zone: str) -> str:
    """A moment in words; the last one of a day is that day."""
    if at is None:
        return ""
    there = at.astimezone(ZoneInfo(zone))
    if there.time() == time.max:
        return formats.weekday(there.date(), visit.language)
    return formats.moment(at, zone, visit.language)


def _position(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > FURTHEST_POSITION:
        raise ProblemError(coded("as_of_malformed", found=text[:40]))
    return int(text)


def _moment(text: str, zone: str) -> datetime:
    try:
        return moment(text, zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ProblemError(coded("as_of_malformed", found=text[:40])) from error
