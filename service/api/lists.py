"""From a list's query to one page of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from events.engine import answering
from service import reading
from service.api import as_of, cursors
from service.api.door import Door
from service.api.parsing import OWN_FIELD, invalid
from service.problems import Problem, ProblemError, coded
from service.read_models.commitment_queries import (
    Filters,
    ListedCommitment,
    PastCommitment,
    list_commitments,
    list_past_commitments,
)
from service.read_models.own_fields import OwnFilter, Sought, values_of
from service.replaying import AsOf
from workflows.definition import Definition, Field
from workflows.facts import FieldValue
from workflows.fields import canonical

_ONLY_NOW = ("agency", "office", "signed", "overdue")
_KIND = "commitments"


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows, and where the next page begins; None: this was the last.

    fields  by commitment, what the office sees of the workflow's own fields; nothing in a past view
    """

    rows: Sequence[ListedCommitment | PastCommitment]
    cursor: str | None
    fields: Mapping[str, tuple[FieldValue, ...]]


def commitments(door: Door, query: Mapping[str, Any]) -> Page:
    """One page of the commitments that the office sees. Raises ProblemError for a value that nothing has."""
    refuse_unknown(door, query)
    limit = query["limit"]
    past = as_of.asked(query, as_of.zone_of(door, query["programme"]))
    rows = _rows(door, query, past, limit + 1)
    more = len(rows) > limit
    cursor = cursors.encode(_KIND, rows[limit - 1].reference) if more else None
    return Page(rows[:limit], cursor, _own_values(door, rows[:limit]) if past.is_now else {})


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
            filters = replace(filters, own=own_filters(door, request.args))
            return list_commitments(connection, door.scope, filters, after=after, limit=limit)
        refuse_without_past(query)
        asked = reading.past_of(door.runtime, past)
        return list_past_commitments(connection, door.scope, asked, filters, after=after, limit=limit)


def own_filters(door: Door, query: Mapping[str, str]) -> tuple[OwnFilter, ...]:
    """What the query asks of own fields. Raises ProblemError for a field that no workflow has for the office."""
    asked = {name.removeprefix(OWN_FIELD): value for name, value in query.items() if name.startswith(OWN_FIELD)}
    declared = _declared(door) if asked else []
    unknown = set(asked) - {field.name for _, field in declared}
    if unknown:
        raise ProblemError(invalid({f"{OWN_FIELD}{name}": [f"unknown: {name}"] for name in sorted(unknown)}))
    return tuple(
        OwnFilter(
            name,
            tuple(_sought(definition, field, value) for definition, field in declared if field.name == name),
        )
        for name, value in asked.items()
    )


def _sought(definition: Definition, field: Field, value: str) -> Sought:
    is_text = field.type == "text"
    wanted = value.strip() if is_text else canonical(field, value) or value
    return Sought(definition.name, definition.version, wanted, contains=is_text)


def _declared(door: Door) -> list[tuple[Definition, Field]]:
    """The fields of commitments that the office sees, of every installed version."""
    known = door.basis.directory.office(door.office)
    role = None if known is None else known.role
    return [
        (definition, field)
        for definition in _definitions(door)
        for field in definition.fields.commitment.values()
        if field.is_seen_by(role)
    ]


def _own_values(door: Door, rows: Sequence[ListedCommitment | PastCommitment]) -> Mapping[str, tuple[FieldValue, ...]]:
    declared = _declared(door)
    if not declared:
        return {row.commitment: () for row in rows}
    with answering(), door.runtime.engine.connect() as connection:
        values = values_of(connection, [row.commitment for row in rows])
    shown = {(definition.name, definition.version, field.name) for definition, field in declared}
    return {
        row.commitment: tuple(
            one for one in values.get(row.commitment, ()) if (row.definition, row.definition_version, one.name) in shown
        )
        for row in rows
    }


def refuse_without_past(query: Mapping[str, Any]) -> None:
    """Raise ProblemError for filters that have no past."""
    wrong = [name for name in _ONLY_NOW if query.get(name) is not None]
    wrong += [name for name in request.args if name.startswith(OWN_FIELD)]
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
    return frozenset(state for definition in _definitions(door) for state in definition.states)


def _definitions(door: Door) -> Iterator[Definition]:
    for name, versions in door.basis.installed.definitions.items():
        yield from (door.basis.definition(name, one.version) for one in versions)


def _like(text: str | None, names: Mapping[str, str]) -> tuple[str, ...]:
    if not text:
        return ()
    return tuple(one for one, name in names.items() if text.casefold() in name.casefold())
