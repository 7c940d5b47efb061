"""Endpoints: sheets, which a party signs in one act."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from events.envelope import etag
from service import sheets
from service.api.bodies import evidence_of
from service.api.changes import after
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.refusals import in_both, shown_blocker, title
from service.api.schemas import sheets as schemas
from service.api.shown import Shown, party_name, shown_answer, shown_request, subject_name
from service.errors import NotFound
from service.sheet_content import content_of
from service.sheets import LeftOut, Part, Sheet, SheetCommand, Written
from service.signatures import provided
from workflows.commands import SignCommitment, WitnessCommitment

endpoints = Endpoints("sheets", "All commitments of one party in one programme: signed in one act.")


@endpoints.get("/sheets/<string:sheet>", schemas.Sheet)
def read_sheet(door: Door, sheet: str) -> Reply:
    """Read a sheet"""
    found = _sheet(door, sheet)
    signed = content_of(door.runtime, found, door.basis, door.office)
    body = {
        "id": found.id,
        "programme": found.programme,
        "party": {"id": found.party, "name": party_name(door.basis, found.party)},
        "etag": found.etag,
        "digest": None if signed is None else signed.digest,
        "commitments": [_part(door, part) for part in found.parts],
    }
    return Reply(body, headers={"ETag": found.etag})


@endpoints.download("/sheets/<string:sheet>/content")
def read_sheet_content(door: Door, sheet: str) -> Reply:
    """Download what was signed, in the exact bytes that its digest is of

    RFC 8785 JSON: the sheet's `digest` is the SHA-256 of these bytes. Of the commitments that the office sees.
    """
    signed = content_of(door.runtime, _sheet(door, sheet), door.basis, door.office)
    if signed is None:
        raise NotFound("content", sheet)
    response = Response(signed.body, mimetype="application/json")
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.set_etag(signed.digest)
    return Reply(response)


@endpoints.post(
    "/sheets/<string:sheet>/signatures", schemas.SheetAnswer, body=schemas.SignatureBody, match=True, supposable=True
)
def sign_sheet(door: Door, body: Mapping[str, Any], sheet: str) -> Reply:
    """Sign a sheet

    Every commitment that is ready is signed; what isn't is listed with the reason.
    """
    scan = evidence_of(door, [body["scan"]])[0] if body["scan"] else None
    made = provided(body["kind"], scan)
    return _written(door, sheet, SignCommitment(**{**body, "sheet": sheet, "scan": made.file, "kind": made.kind}))


@endpoints.post(
    "/sheets/<string:sheet>/witnesses", schemas.SheetAnswer, body=schemas.WitnessBody, match=True, supposable=True
)
def witness_sheet(door: Door, body: Mapping[str, Any], sheet: str) -> Reply:
    """Witness a party's signature of its sheet"""
    return _written(door, sheet, WitnessCommitment(**body, sheet=sheet))


def _sheet(door: Door, name: str) -> Sheet:
    return sheets.read_sheet(
        door.runtime, door.basis, door.office, name=name, now=door.now, programmes=door.principal.programmes
    )


def _written(door: Door, name: str, command: SheetCommand) -> Reply:
    sheet = _sheet(door, name)
    door.about.programme = sheet.programme
    written = door.write_sheet(sheet, command)
    return Reply(_shown(door, sheet, written), headers=_headers(door, name, written))


def _headers(door: Door, name: str, written: Written) -> Mapping[str, str]:
    position = max(outcome.position for outcome in written.done)
    headers = {"ETag": _sheet(door, name).etag, "X-Kawal-Position": str(position)}
    return headers | ({"Idempotency-Replayed": "true"} if written.repeated else {})


def _shown(door: Door, sheet: Sheet, written: Written) -> Shown:
    done = []
    for outcome in written.done:
        folded, state = after(door, outcome)
        done.append(shown_answer(folded, state, outcome.etag))
    return {"sheet": sheet.id, "done": done, "left_out": [_left_out(door, one) for one in written.left_out]}


def _left_out(door: Door, one: LeftOut) -> Shown:
    words, reference = door.words(one.commitment), one.commitment.drafted.reference
    return {
        "commitment": one.commitment.id,
        "reference": reference,
        "code": one.problem.code,
        "sentence": in_both(words, lambda each: title(one.problem, each, reference=reference)),
        "blockers": [shown_blocker(blocker, words, reference=reference) for blocker in one.problem.blockers],
    }


def _part(door: Door, part: Part) -> Shown:
    state = door.seen(part.commitment)
    drafted, waiting = state.drafted, state.open_request
    return {
        "commitment": state.id,
        "reference": drafted.reference,
        "subject": {"id": drafted.subject, "name": subject_name(door.basis, drafted.programme, drafted.subject)},
        "state": state.state,
        "etag": etag(part.head),
        "open_request": shown_request(door.basis, state, waiting) if waiting else None,
        "signature": state.signature,
        "later_signatures": state.later_signatures,
        "witnesses": state.witnesses,
    }
