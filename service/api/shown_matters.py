"""Matters and notes as answers show them."""

from __future__ import annotations

from service.api.shown import Shown
from workflows.commitment import Commitment, Matter, Note


def shown_matter(state: Commitment, matter: Matter) -> Shown:
    """A matter and how far it has come."""
    owed = None if matter.obligation is None else state.owed[matter.obligation].obligation
    fields = {name: getattr(matter, name) for name in matter.__slots__}
    return {**fields, "commitment": state.id, "due_on": None if owed is None else owed.due_on}


def shown_note(note: Note) -> Shown:
    """A note."""
    return {name: getattr(note, name) for name in note.__slots__}
