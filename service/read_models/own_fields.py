"""What commitments say in their workflows' own fields: to be searched, and to be shown in lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Connection, Index, String, Table, Text, and_, exists, false, or_, select

from service.db import metadata
from service.read_models.model import Row
from workflows.commitment import Commitment
from workflows.facts import FieldValue

commitment_field_table = Table(
    "commitment_field",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
    Index("ix_commitment_field_name", "name"),
)
_F = commitment_field_table.c


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a field of one version of a workflow. contains: as a part of the value, in any case"""

    definition: str
    version: int
    value: str
    contains: bool


@dataclass(frozen=True, slots=True)
class OwnFilter:
    """A field by name, and what is looked for in it; only in the versions of workflows that are named."""

    name: str
    sought: tuple[Sought, ...]


def field_rows(state: Commitment) -> list[Row]:
    """One row a filled field of the commitment."""
    return [{"commitment": state.id, "name": one.name, "value": one.value} for one in state.fields]


def says(wanted: OwnFilter, commitment_table: Table) -> ColumnElement[bool]:
    """The condition on `commitment_table` that a row's field says what is looked for."""
    row = commitment_table.c
    any_of = [
        and_(
            row.definition == one.definition,
            row.definition_version == one.version,
            _F.value.icontains(one.value, autoescape=True) if one.contains else _F.value == one.value,
        )
        for one in wanted.sought
    ]
    mine = and_(_F.commitment == row.commitment, _F.name == wanted.name, or_(false(), *any_of))
    return exists(select(_F.name).where(mine))


def values_of(connection: Connection, commitments: Iterable[str]) -> Mapping[str, tuple[FieldValue, ...]]:
    """The filled fields of these commitments, by name."""
    query = select(_F.commitment, _F.name, _F.value).where(_F.commitment.in_(list(commitments)))
    found: dict[str, tuple[FieldValue, ...]] = {}
    for commitment, name, value in connection.execute(query.order_by(_F.commitment, _F.name)):
        found[commitment] = (*found.get(commitment, ()), FieldValue(name, value))
    return found
