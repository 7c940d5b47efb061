"""Fields of a workflow's own: what it asks for beyond what every workflow asks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType

from workflows.definition.labels import Label

FIELD_TYPES = ("text", "number", "money", "date", "choice", "letter", "office")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a workflow's own.

    type         one of FIELD_TYPES; money is whole rupiah, letter the number and date of an official letter
    required_in  states and moves in which it must be filled
    visible_to   the roles that see and fill it; None: whoever sees the commitment
    choices      of a choice: what may be chosen, by code
    max_chars    of a text: how long it may be
    least, most  of a number or money: its bounds, both included
    """

    name: str
    label: Label
    type: str
    required_in: frozenset[str] = frozenset()
    visible_to: frozenset[str] | None = None
    choices: Mapping[str, Label] = field(default_factory=dict)
    max_chars: int | None = None
    least: Decimal | None = None
    most: Decimal | None = None

    def is_seen_by(self, role: str | None) -> bool:
        """True if an office of that role sees the field."""
        return self.visible_to is None or role in self.visible_to


Fields = Mapping[str, Field]
NO_FIELDS: Fields = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class OwnFields:
    """All fields of a workflow's own, by the object that they belong to; a request's by its move."""

    commitment: Fields = field(default_factory=dict)
    item: Fields = field(default_factory=dict)
    claim: Fields = field(default_factory=dict)
    request: Mapping[str, Fields] = field(default_factory=dict)

    def of_request(self, move: str) -> Fields:
        """The fields of a request for that move."""
        return self.request.get(move, NO_FIELDS)

    def each(self) -> Iterator[tuple[str, Field]]:
        """Every field with its object: commitment, item, claim, or request.<move>."""
        for name, fields in (("commitment", self.commitment), ("item", self.item), ("claim", self.claim)):
            yield from ((name, one) for one in fields.values())
        for move, fields in self.request.items():
            yield from ((f"request.{move}", one) for one in fields.values())

    def hides_from(self, role: str | None) -> bool:
        """True if there is a field that an office of that role doesn't see."""
        return any(not one.is_seen_by(role) for _, one in self.each())
