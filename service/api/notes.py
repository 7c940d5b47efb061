"""Endpoints: notes of who oversees or mentors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from service.api import as_of
from service.api.bodies import evidence_of
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import oversight as schemas
from service.api.shown import shown_answer
from service.api.shown_matters import shown_note
from workflows.commands import MakeNote, NoteVisit, NotingCommand

endpoints = Endpoints("notes", "What offices saw on visits, and what they think; nothing hangs on it.")


@endpoints.get("/commitments/<string:commitment>/notes", schemas.Notes)
def list_notes(door: Door, commitment: str) -> Reply:
    """List a commitment's notes, oldest first"""
    folded, state = door.visible(commitment)
    return Reply({"notes": [shown_note(one) for one in state.notes]}, headers={"ETag": as_of.etag_of(folded)})


@endpoints.post("/commitments/<string:commitment>/notes", schemas.NoteAnswer, body=schemas.SaidBody, supposable=True)
def make_note(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Note what the office thinks"""
    return _noted(door, MakeNote, body, commitment)


@endpoints.post("/commitments/<string:commitment>/visits", schemas.NoteAnswer, body=schemas.VisitBody, supposable=True)
def note_visit(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Note a visit"""
    return _noted(door, NoteVisit, body, commitment)


def _noted(door: Door, kind: type[NotingCommand], body: Mapping[str, Any], commitment: str) -> Reply:
    door.visible(commitment)
    outcome = door.dispatch(kind(**{**body, "evidence": evidence_of(door, body["evidence"])}), commitment)
    folded, state = after(door, outcome)
    return outcome_reply({**shown_answer(folded, state, outcome.etag), "note": shown_note(state.notes[-1])}, outcome)
