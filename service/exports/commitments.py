"""Commitments as a table that a spreadsheet opens: one row each, with the fields of their workflows' own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from service.read_models.commitment_queries import Filters, ListedCommitment, list_commitments
from service.read_models.own_fields import values_of
from service.read_models.scope import Scope
from service.sentences import Vocabulary
from workflows.definition import Field
from workflows.facts import FieldValue

PAGE = 500
BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
FORMULA = re.compile(r"(^|[;\t\r\n])(?=[ ]*[=+\-@\t\r])")
"""Where a formula could begin: at the start, and behind what another locale's spreadsheet takes for a cell's end."""
OWN = "field."
COLUMNS = (
    "reference",
    "programme",
    "sample",
    "party",
    "party_name",
    "subject",
    "subject_name",
    "fiscal_year",
    "state",
    "state_name",
    "agency",
    "pic",
    "revision",
    "items",
    "items_claimed",
    "items_complete",
    "waits_for_move",
    "waits_for_office",
    "signed_at",
    "next_due_at",
)
"""The columns that every workflow has, by the names that the API gives them."""


def commitments_csv(
    connection: Connection,
    scope: Scope,
    filters: Filters,
    *,
    words: Mapping[str, Vocabulary],
    own: Mapping[tuple[str, int], Mapping[str, Field]],
    sample: frozenset[str],
) -> Iterator[str]:
    """The commitments that a scope sees, by reference, as CSV in pieces: UTF-8 with a byte-order mark, ended by CRLF.

    words   by programme: names for ids
    own     by workflow and version: the fields of its own that the reader sees
    sample  programmes whose data is made up
    cost    two queries for every PAGE rows; memory for one page
    """
    names = tuple(dict.fromkeys(name for fields in own.values() for name in fields))
    yield BOM + _line((*COLUMNS, *(OWN + name for name in names)))
    after = ""
    while rows := list_commitments(connection, scope, filters, after=after, limit=PAGE):
        values = values_of(connection, [row.commitment for row in rows]) if names else {}
        for row in rows:
            seen = own.get((row.definition, row.definition_version), {})
            said = _said(values.get(row.commitment, ()), seen)
            is_sample = row.programme in sample
            yield _line((*_cells(row, words[row.programme], is_sample), *(said.get(name, "") for name in names)))
        after = rows[-1].reference


def _cells(row: ListedCommitment, words: Vocabulary, is_sample: bool) -> Sequence[str]:
    named = words.at(row.definition_version)
    return (
        row.reference,
        row.programme,
        "data contoh" if is_sample else "",
        row.party,
        words.organisation(row.party),
        row.subject,
        words.subject(row.subject),
        str(row.fiscal_year),
        row.state,
        named.state(row.state),
        row.agency,
        row.pic,
        str(row.revision),
        str(row.items),
        str(row.items_claimed),
        str(row.items_complete),
        row.open_move or "",
        row.open_office or "",
        _moment(row.signed_at, words.zone),
        _moment(row.next_due_at, words.zone),
    )


def _said(values: Sequence[FieldValue], seen: Mapping[str, Field]) -> Mapping[str, str]:
    return {one.name: one.value for one in values if one.name in seen}


def _moment(at: datetime | None, zone: str) -> str:
    return "" if at is None else at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def _line(cells: Sequence[str]) -> str:
    written = io.StringIO()
    csv.writer(written, lineterminator="\r\n").writerow([_harmless(one) for one in cells])
    return written.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: what somebody typed must not act in another's hands."""
    return FORMULA.sub(r"\1'", cell)
