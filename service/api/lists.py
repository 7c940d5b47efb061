"""From a list's query to one page of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from events.engine import answering
from service import reading
from service.api import as_of, cursors
from service.api.door import Door
from service.problems import Problem, ProblemError, coded
from service.read_models.commitment_queries import (
    Filters,
    ListedCommitment,
    PastCommitment,
    list_commitments,
    list_past_commitments,
)
from service.replaying import AsOf

_ONLY_NOW = ("agency", "office", "signed", "overdue")
_KIND = "commitments"


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page begins; None: this was the last."""

    rows: Sequence[ListedCommitment | PastCommitment]
    cursor: str | None


def commitments(door: Door, query: Mapping[str, Any]) -> Page:
    """One page of the commitments that the office sees. Raises ProblemError for a value that nothing has."""
    refuse_unknown(door, query)
    limit = query["limit"]
    past = as_of.asked(query, as_of.zone_of(door, query["programme"]))
    rows = _rows(door, query, past, limit + 1)
    more = len(rows) > limit
    cursor = cursors.encode(_KIND, rows[limit - 1].reference) if more else None
    return Page(rows[:limit], cursor)


def filters_of(door: Door, query: Mapping[str, Any]) -> Filters:
    """A query's filters, with the ids that its text names."""
    text = query.get("q")
    programmes = door.basis.programmes.values()
    return Filters(
        programme=query.get("programme"),
        party=query.get("party"),
        subject=query.get("subject"),
        state=query.get("state"),
        agency=query.get("agency"),
        office=query.get("office"),
        signed=None if query.get("signed") is None else query["signed"] == "yes",
        overdue_at=door.now if query.get("overdue") == "yes" else None,
        text=text,
        parties_like=_like(text, {one.organisation: one.name for one in door.basis.directory.organisations.values()}),
        subjects_like=_like(text, {one.subject: one.name for opened in programmes for one in opened.subjects}),
    )


def _rows(door: Door, query: Mapping[str, Any], past: AsOf, limit: int) -> Sequence[ListedCommitment | PastCommitment]:
    after = "" if query["cursor"] is None else str(cursors.decode(query["cursor"], _KIND, str)[0])
    filters = filters_of(door, query)
    with answering(), door.runtime.engine.connect() as connection:
        if past.is_now:
            return list_commitments(connection, door.scope, filters, after=after, limit=limit)
        refuse_without_past(query)
        asked = reading.past_of(door.runtime, past)
        return list_past_commitments(connection, door.scope, asked, filters, after=after, limit=limit)


def refuse_without_past(query: Mapping[str, Any]) -> None:
    """Raise ProblemError for filters that have no past."""
    wrong = [name for name in _ONLY_NOW if query.get(name) is not None]
    if wrong:
        raise ProblemError(coded("as_of_filter_unknown", fields=", ".join(wrong)))


def refuse_unknown(door: Door, query: Mapping[str, Any]) -> None:
    """Raise ProblemError for a value that nothing has: an empty list by a slip would say that nothing is there."""
    directory, programmes = door.basis.directory, door.basis.programmes
    subjects = {one.subject for opened in programmes.values() for one in opened.subjects}
    unknown: dict[str, object] = {}
    for name, known in (
        ("programme", programmes),
        ("party", directory.organisations),
        ("subject", subjects),
        ("state", _states(door)),
        ("agency", directory.offices),
        ("office", directory.offices),
    ):
        value = query.get(name)
        if value is not None and value not in known:
            unknown[name] = [f"unknown: {value}"]
    if unknown:
        problem = coded("input_invalid", fields=", ".join(unknown))
        raise ProblemError(Problem(problem.code, problem.status, facts=problem.facts, errors=unknown))


def _states(door: Door) -> frozenset[str]:
    installed = door.basis.installed.definitions
    return frozenset(
        state
        for name, versions in installed.items()
        for one in versions
        for state in door.basis.definition(name, one.version).states
    )


def _like(text: str | None, names: Mapping[str, str]) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(one for one, name in names.items() if text.casefold() in name.casefold())
