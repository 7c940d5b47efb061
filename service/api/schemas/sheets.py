"""Sheets and their signatures."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import LongText, Moment, Name
from service.api.schemas.commitments import Answer, Request, Signature, Witness
from service.api.schemas.parts import Blocker, Label, Named


class SheetPart(Schema):
    """One commitment of a sheet."""

    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    subject = fields.Nested(Named, required=True)
    state = fields.String(required=True)
    etag = fields.String(required=True)
    open_request = fields.Nested(Request, allow_none=True)
    signature = fields.Nested(Signature, allow_none=True)
    later_signatures = fields.List(fields.Nested(Signature))
    witnesses = fields.List(fields.Nested(Witness), required=True)


class Sheet(Schema):
    """All commitments of one party in one programme that the office sees. etag: changes whenever one of them does."""

    id = fields.String(required=True)
    programme = fields.String(required=True)
    party = fields.Nested(Named, required=True)
    etag = fields.String(required=True)
    digest = fields.String(allow_none=True, metadata={"description": "SHA-256 of what was signed, as /content has it"})
    commitments = fields.List(fields.Nested(SheetPart), required=True)


class SignatureBody(Schema):
    """A party's signature of its sheet. mode: in_person, online or wet_ink; scan: an uploaded file, for wet ink.

    kind     internal, scan or certified; left out: as the scan says
    sitting  the one that it was signed in, if its record is kept
    """

    mode = Name(required=True)
    place = LongText(load_default="", most=200)
    signed_at = Moment(required=True)
    scan = Name(most=64, load_default=None, allow_none=True)
    kind = Name(load_default=None, allow_none=True)
    sitting = Name(load_default=None, allow_none=True)


class WitnessBody(Schema):
    """A witness of a signature."""

    mode = Name(required=True)
    place = LongText(load_default="", most=200)
    witnessed_at = Moment(required=True)
    sitting = Name(load_default=None, allow_none=True)


class LeftOut(Schema):
    """A commitment that the act didn't reach, and why."""

    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    code = fields.String(required=True)
    sentence = fields.Nested(Label, required=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)


class SheetAnswer(Schema):
    """What an act on a sheet did, commitment by commitment."""

    sheet = fields.String(required=True)
    done = fields.List(fields.Nested(Answer), required=True)
    left_out = fields.List(fields.Nested(LeftOut), required=True)
