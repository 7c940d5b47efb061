"""What of a commitment is published, and how long its records are kept."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.labels import Label

RECORD_KINDS = ("commitment", "request", "claim", "evidence", "notice")


@dataclass(frozen=True, slots=True)
class Publication:
    """What may be shown to everybody; whatever isn't named here isn't published.

    states  a commitment is published while it is in one of them
    fields  names of own fields, as commitment.<name>, item.<name>, claim.<name> or request.<move>.<name>
    facts   stored names of facts that its public story tells
    """

    states: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Retention:
    """How long records of a kind are kept after their commitment has closed.

    kind         one of RECORD_KINDS
    placeholder  the years are an assumption until the organisation's own schedule is known
    """

    kind: str
    label: Label
    years: int
    placeholder: bool = False


@dataclass(frozen=True, slots=True)
class ScaleLevel:
    """One level of completion: it holds from so many per cent on, until the next one's."""

    name: str
    label: Label
    from_percent: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The levels of completion, the lowest (from 0 per cent) first; `label` is what the scale measures."""

    label: Label
    levels: tuple[ScaleLevel, ...]

    def level_at(self, percent: int) -> ScaleLevel:
        """The level of a completion of 0..100 per cent."""
        return [level for level in self.levels if level.from_percent <= percent][-1]
