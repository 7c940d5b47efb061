"""Sittings as they go over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import LongText, Moment, Name, nothing
from service.api.schemas.parts import EvidenceFile

MOST_PRESENT = 200


class SittingFilter(Schema):
    """Which sittings; left out: of every programme."""

    programme = Name(load_default=nothing)


class OpenSittingBody(Schema):
    """An occasion, when it was held. mode: in_person, online or wet_ink; zone: the programme's if left out"""

    programme = Name(required=True)
    title = Name(required=True)
    mode = Name(required=True)
    place = Name(required=True)
    held_at = Moment(required=True)
    zone = Name(load_default=None, allow_none=True)


class PresentBody(Schema):
    """An office that was there. capacity: which of its holders of that day; left out: the one that it had"""

    office = Name(required=True)
    presence = Name(required=True, metadata={"description": "in_person or online"})
    capacity = Name(load_default=None, allow_none=True)


class SittingAttendanceBody(Schema):
    """Who was there."""

    present = fields.List(fields.Nested(PresentBody), required=True, validate=validate.Length(max=MOST_PRESENT))


class SittingCorrectionBody(Schema):
    """What the record should say; what is left out stays. struck: offices that were not there; file: an uploaded one"""

    reason = LongText(required=True, most=1_000)
    title = Name(load_default=None, allow_none=True)
    mode = Name(load_default=None, allow_none=True)
    place = Name(load_default=None, allow_none=True)
    minutes = LongText(load_default=None, allow_none=True)
    file = Name(most=64, load_default=None, allow_none=True)
    struck = fields.List(Name(), load_default=list, validate=validate.Length(max=MOST_PRESENT))


class SittingClosureBody(Schema):
    """How the record ends: minutes as text, as an uploaded file's digest, or both."""

    ended_at = Moment(required=True)
    minutes = LongText(load_default="")
    file = Name(most=64, load_default=None, allow_none=True)


class Attendee(Schema):
    """An office that was there, by which of its holders, and how."""

    office = fields.String(required=True)
    capacity = fields.String(required=True)
    presence = fields.String(required=True)


class SittingCorrection(Schema):
    """What was put right; null: that stayed."""

    title = fields.String(allow_none=True)
    mode = fields.String(allow_none=True)
    place = fields.String(allow_none=True)
    minutes = fields.String(allow_none=True)
    file = fields.Nested(EvidenceFile, allow_none=True)
    struck = fields.List(fields.String(), required=True)
    reason = fields.String(required=True)
    by = fields.String(required=True)


class Sitting(Schema):
    """An occasion as its record says now. minutes and file: as written when it was closed, or corrected since."""

    id = fields.String(required=True)
    programme = fields.String(required=True)
    title = fields.String(required=True)
    mode = fields.String(required=True)
    place = fields.String(required=True)
    held_at = Moment(required=True)
    zone = fields.String(required=True)
    opened_by = fields.String(required=True)
    attendees = fields.List(fields.Nested(Attendee), required=True)
    minutes = fields.String(required=True)
    file = fields.Nested(EvidenceFile, allow_none=True)
    ended_at = Moment(allow_none=True)
    is_closed = fields.Boolean(required=True)
    corrections = fields.List(fields.Nested(SittingCorrection), required=True)


class SittingRetraction(Schema):
    """That a decision was taken back: by whom, when it was recorded, and why."""

    position = fields.Integer(required=True)
    office = fields.String(required=True)
    on_behalf_of = fields.String(allow_none=True)
    capacity = fields.String(required=True)
    at = Moment(required=True)
    text = fields.String(required=True)


class SittingAct(Schema):
    """What was decided or signed in it. fact: the stored name; at: when it was true; retracted: null where it stands"""

    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    party = fields.String(required=True)
    subject = fields.String(required=True)
    position = fields.Integer(required=True)
    fact = fields.String(required=True)
    office = fields.String(required=True)
    on_behalf_of = fields.String(allow_none=True)
    capacity = fields.String(required=True)
    at = Moment(required=True)
    retracted = fields.Nested(SittingRetraction, required=True, allow_none=True)


class SittingReply(Sitting):
    """A sitting with what was decided and signed in it, as far as the office sees that."""

    acts = fields.List(fields.Nested(SittingAct), required=True)


class Sittings(Schema):
    """Sittings, the latest first."""

    sittings = fields.List(fields.Nested(Sitting), required=True)


class SittingAnswer(Schema):
    """What a command did: the sitting as it is. A repeat under the same key gives the same place in the log."""

    sitting = fields.Nested(Sitting, required=True)
    version = fields.Integer(required=True)
    etag = fields.String(required=True)
    position = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)
