"""Which commitments an office sees, as a condition of SQL: what `Directory.sees` answers, for all rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, not_, or_, select, tuple_

from service.read_models.commitments import commitment_named_table, commitment_table
from workflows.offices import Directory, is_in_force

PrivateState = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Scope:
    """What one office sees on one day.

    parties, subjects, commitments   any of them opens a row
    own       the rows that name `office` are open too
    invited   the rows that ask `office` for its opinion or verdict are open too
    granted   what is open is so by grants
    programmes  the only ones of which anything is open; empty: all
    private   states as (definition, version, state) that neither a grant nor an invitation opens
    """

    office: str
    parties: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    commitments: frozenset[str] = frozenset()
    own: bool = False
    invited: bool = False
    granted: bool = False
    private: frozenset[PrivateState] = frozenset()
    programmes: frozenset[str] = frozenset()


def scope_of(directory: Directory, office: str, *, on: date, private: Iterable[PrivateState]) -> Scope:
    """What the office sees on that day; nothing for an unknown one.

    private  every private state of every installed definition
    """
    known = directory.office(office)
    if known is None:
        return Scope(office)
    if known.scope == "organisation":
        return Scope(office, parties=_below(directory, {known.organisation}), invited=True, private=frozenset(private))
    if known.scope == "own":
        return Scope(office, own=True, invited=True, private=frozenset(private))
    grants = [one for one in directory.grants.values() if one.office == office and is_in_force(one, on)]
    return Scope(
        office,
        parties=_below(directory, {one.organisation for one in grants if one.organisation is not None}),
        subjects=frozenset(one.subject for one in grants if one.organisation is None and one.subject is not None),
        commitments=frozenset(
            one.commitment for one in grants if one.organisation is None and one.commitment is not None
        ),
        invited=True,
        granted=True,
        private=frozenset(private),
    )


def sees(scope: Scope) -> ColumnElement[bool]:
    """The condition on `commitment_table` that a row is seen."""
    if scope.programmes:
        return and_(_sees(scope), commitment_table.c.programme.in_(sorted(scope.programmes)))
    return _sees(scope)


def _sees(scope: Scope) -> ColumnElement[bool]:
    row = commitment_table.c
    opened: list[ColumnElement[bool]] = []
    if scope.parties:
        opened.append(row.party.in_(sorted(scope.parties)))
    if scope.subjects:
        opened.append(row.subject.in_(sorted(scope.subjects)))
    if scope.commitments:
        opened.append(row.commitment.in_(sorted(scope.commitments)))
    if scope.own:
        opened.append(_stands_in(commitment_named_table.c.named, scope.office))
    by_scope = or_(false(), *opened)
    invited = _stands_in(commitment_named_table.c.invited, scope.office) if scope.invited else false()
    if not scope.private:
        return or_(by_scope, invited)
    public = not_(tuple_(row.definition, row.definition_version, row.state).in_(sorted(scope.private)))
    return or_(and_(by_scope, public) if scope.granted else by_scope, and_(invited, public))


def _stands_in(column: ColumnElement[bool], office: str) -> ColumnElement[bool]:
    """Whether the row's commitment names or invites the office, as the column says."""
    named = commitment_named_table.c
    mine = and_(named.commitment == commitment_table.c.commitment, named.office == office, column)
    return exists(select(named.office).where(mine))


def _below(directory: Directory, organisations: Iterable[str]) -> frozenset[str]:
    wanted = set(organisations)
    return frozenset(one for one in directory.organisations if wanted.intersection(directory.path(one)))
