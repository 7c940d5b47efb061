"""Endpoints: sittings, in which sheets are signed or requests decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import url_for
from uuid6 import uuid7

from service.api.bodies import evidence_of
from service.api.changes import outcome_reply
from service.api.door import Door, Reply
from service.api.endpoints import Endpoints
from service.api.naming import known_programme
from service.api.schemas import sittings as schemas
from service.api.shown import Shown
from service.catalog import SITTING_PREFIX, sitting_stream
from service.dispatch import Outcome
from service.given_files import given_file
from service.sittings import acts_in, closing, sittings_of, visible_sitting
from workflows.commands import CloseSitting, CorrectSitting, OpenSitting, Present, RecordAttendance, SittingCommand
from workflows.facts import Evidence
from workflows.sittings import Sitting

endpoints = Endpoints("sittings", "Occasions where sheets are signed or requests decided, with attendance and minutes.")


@endpoints.get("/sittings", schemas.Sittings, query=schemas.SittingFilter)
def list_sittings(door: Door, query: Mapping[str, Any]) -> Reply:
    """List the sittings that the office reads, the latest first"""
    found = sittings_of(door.basis, door.office, programme=query["programme"], programmes=door.principal.programmes)
    return Reply({"sittings": [shown_sitting(one) for one in found]})


@endpoints.get("/sittings/<string:sitting>", schemas.SittingReply, reads_models=True)
def read_sitting(door: Door, sitting: str) -> Reply:
    """Read a sitting, with what was decided and signed in it"""
    found = _visible(door, sitting)
    return Reply({**shown_sitting(found), "acts": acts_in(door.runtime, found, door.scope)})


@endpoints.download("/sittings/<string:sitting>/files/<string:digest>")
def download_minutes(door: Door, sitting: str, digest: str) -> Reply:
    """Download a file that the minutes are in, or were in before a correction"""
    return Reply(given_file(door.runtime, _visible(door, sitting).files, digest))


@endpoints.post("/sittings", schemas.SittingAnswer, body=schemas.OpenSittingBody)
def open_sitting(door: Door, body: Mapping[str, Any]) -> Reply:
    """Open the record of a sitting

    While it lasts or afterwards: it is true from `held_at`.
    """
    known_programme(door, body["programme"])
    door.about.programme = body["programme"]
    command = OpenSitting(sitting=str(uuid7()), **body)
    outcome = door.record(command, sitting_stream(command.sitting), leave_out=("sitting",))
    return _answer(door, outcome)


@endpoints.post("/sittings/<string:sitting>/attendance", schemas.SittingAnswer, body=schemas.SittingAttendanceBody)
def record_attendance(door: Door, body: Mapping[str, Any], sitting: str) -> Reply:
    """Say which offices were there, each once"""
    return _kept(door, RecordAttendance(sitting, tuple(Present(**one) for one in body["present"])))


@endpoints.post("/sittings/<string:sitting>/corrections", schemas.SittingAnswer, body=schemas.SittingCorrectionBody)
def correct_sitting(door: Door, body: Mapping[str, Any], sitting: str) -> Reply:
    """Put the record of a sitting right

    What was said before stays in the log. The moment stays: what was decided in the sitting rests on it.
    """
    fields = {**body, "file": _file(door, body["file"]), "struck": tuple(body["struck"])}
    return _kept(door, CorrectSitting(sitting, **fields))


@endpoints.post("/sittings/<string:sitting>/closure", schemas.SittingAnswer, body=schemas.SittingClosureBody)
def close_sitting(door: Door, body: Mapping[str, Any], sitting: str) -> Reply:
    """Close the record with its minutes

    Nothing is decided or signed in the sitting from then on.
    """
    command = CloseSitting(sitting, **{**body, "file": _file(door, body["file"])})
    command = closing(door.runtime, _visible(door, sitting), command)
    return _answer(door, door.record(command, sitting_stream(sitting), leave_out=("last_made_at",)))


def shown_sitting(sitting: Sitting) -> Shown:
    """A sitting as its record says now; persons stay out of it."""
    opened, closed = sitting.opened, sitting.closed
    return {
        "id": sitting.id,
        "programme": opened.programme,
        "title": sitting.title,
        "mode": sitting.mode,
        "place": sitting.place,
        "held_at": sitting.held_at,
        "zone": opened.zone,
        "opened_by": opened.opened_by,
        "attendees": sitting.attendees,
        "minutes": sitting.minutes,
        "file": sitting.file,
        "ended_at": None if closed is None else closed.ended_at,
        "is_closed": closed is not None,
        "corrections": sitting.corrections,
    }


def _visible(door: Door, sitting: str) -> Sitting:
    found = visible_sitting(door.basis, door.office, sitting, programmes=door.principal.programmes)
    door.about.programme = found.opened.programme
    return found


def _kept(door: Door, command: SittingCommand) -> Reply:
    _visible(door, command.sitting)
    return _answer(door, door.record(command, sitting_stream(command.sitting)))


def _file(door: Door, digest: str | None) -> Evidence | None:
    return evidence_of(door, [digest])[0] if digest else None


def _answer(door: Door, outcome: Outcome) -> Reply:
    sitting = door.runtime.basis(fresh=True).sittings[outcome.stream.removeprefix(SITTING_PREFIX)]
    body = {
        "sitting": shown_sitting(sitting),
        "version": outcome.version,
        "etag": outcome.etag,
        "position": outcome.position,
        "leaf_hash": outcome.leaf_hash.hex(),
    }
    return outcome_reply(body, outcome, url_for("sittings.read_sitting", sitting=sitting.id))
