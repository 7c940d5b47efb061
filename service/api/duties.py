"""Endpoints: what duties are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for

from service.api.bodies import evidence_of
from service.api.changes import after, outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.schemas import asked
from service.api.schemas import commitments as schemas
from service.api.shown import shown_answer
from workflows.commands import ReceiveDocument

endpoints = Endpoints("duties", "Duties that arise by themselves, and the document that they are counted from.")


@endpoints.post("/commitments/<string:commitment>/receipt", schemas.Answer, body=asked.ReceiptBody)
def receive_document(door: Door, body: Mapping[str, Any], commitment: str) -> Reply:
    """Record that the party got a document

    Limits that begin with it are counted from `received_at`, not from the recording.
    """
    door.visible(commitment)
    command = ReceiveDocument(body["letter"], body["received_at"], evidence_of(door, body["evidence"]))
    outcome = door.dispatch(command, commitment)
    folded, state = after(door, outcome)
    where = url_for("commitments.read_commitment", commitment=state.id)
    return outcome_reply(shown_answer(folded, state, outcome.etag), outcome, where)
