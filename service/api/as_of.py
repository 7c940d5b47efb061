"""Which past a query asks for, and ETags."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from events.envelope import etag
from service.api.door import Door
from service.problems import ProblemError, coded
from service.replaying import AsOf, moment
from service.runtime import Folded


def asked(query: Mapping[str, Any], zone: str) -> AsOf:
    """The past that a query names; a bare date is the end of that day in the zone. Raises ProblemError."""
    return AsOf(
        position=query["at_position"],
        known_on=None if query["as_known_on"] is None else _moment(query["as_known_on"], zone),
        true_on=None if query["as_true_on"] is None else _moment(query["as_true_on"], zone),
    )


def zone_of(door: Door, programme: str | None) -> str:
    """The programme's zone; without one the zone of the office."""
    opened = door.basis.programmes.get(programme) if programme else None
    return door.basis.directory.zone_of(door.office) if opened is None else opened.zone


def etag_of(folded: Folded) -> str:
    """A commitment's ETag."""
    return etag(folded.head)


def _moment(text: str, zone: str) -> datetime:
    try:
        return moment(text, zone).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ProblemError(coded("as_of_malformed", found=text)) from error
