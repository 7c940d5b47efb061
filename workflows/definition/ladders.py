"""Who hears when something isn't done in time."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.definition.labels import Label


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who hears of a ladder's level.

    kind   obliged: the obliged office · role: the office with that role, from the party upwards · next_up: the nearest
           office above the obliged one with one of `roles` · coordinator: the nearest office with one of `roles` in the
           obliged one's organisation or above · superior: who the obliged office reports to · giver: who it is owed to
    never_above   a role at which the climb ends
    """

    kind: str
    roles: tuple[str, ...] = ()
    never_above: str | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a ladder: days (working) from the due day, and how it is told: message | list | digest."""

    number: int
    offset_days: int
    recipients: tuple[Recipient, ...]
    style: str = "message"
    offers_delegation: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """An escalation ladder: its levels, earliest first; it ends after the last."""

    name: str
    label: Label
    levels: tuple[Level, ...]
