"""Whom a level of a ladder means: the office that a recipient leads to, whether or not somebody holds it today."""

from __future__ import annotations

from workflows.definition import Definition, Level, Recipient
from workflows.offices import Directory

OBLIGED = Recipient("obliged")


def reaches(
    level: Level,
    obliged: str,
    *,
    party: str,
    directory: Directory,
    definition: Definition,
    giver: str | None = None,
) -> bool:
    """True if the level means any office at all; a ladder ends before a level that means none."""
    return any(
        aimed_at(one, obliged, party=party, directory=directory, definition=definition, giver=giver) is not None
        for one in level.recipients
    )


def aimed_at(
    recipient: Recipient,
    obliged: str,
    *,
    party: str,
    directory: Directory,
    definition: Definition,
    giver: str | None = None,
) -> str | None:
    """The office that a recipient means; None where nobody stands there, or only somebody above the ceiling.

    obliged  the office that is late; giver: the office that it is late to, where one gave the duty
    """
    match recipient.kind:
        case "role":
            return directory.nearest(recipient.roles[0], party)
        case "next_up":
            return directory.next_up(obliged, recipient.roles)
        case "coordinator":
            return directory.coordinator(obliged, recipient.roles)
        case "giver":
            return giver
        case "superior":
            ceiling = recipient.never_above or definition.ceiling
            superior = None if directory.offices[obliged].role == ceiling else directory.superior(obliged)
            return None if superior is None else superior.office
        case _:
            return obliged
