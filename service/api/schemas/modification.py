"""What leaves the state as it is, as it goes over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import Day, LongText, Name, Whole


class Extension(Schema):
    """A plan item that is to end later."""

    item = Whole(least=1, most=1_000_000, required=True)
    ends_on = Day(required=True)
    was = Day(dump_only=True, allow_none=True, metadata={"description": "the end when it was asked for"})


class Correction(Schema):
    """Something that is to be written otherwise.

    field: pic; or activity, output, indicator or evidence_required of an item.
    """

    field = Name(required=True)
    new = LongText(required=True, most=1_000)
    item = Whole(least=1, most=1_000_000, load_default=None, allow_none=True)
    old = fields.String(dump_only=True, allow_none=True, metadata={"description": "what stood there when it was asked"})


class Terms(Schema):
    """What a request asks for beside a plan. until: the last day of a hold."""

    until = Day(load_default=None, allow_none=True)
    extensions = fields.List(fields.Nested(Extension), load_default=list, validate=validate.Length(max=200))
    corrections = fields.List(fields.Nested(Correction), load_default=list, validate=validate.Length(max=200))


class Hold(Schema):
    """The latest hold: its first and last day; ended_on where work went on earlier."""

    request = fields.String(required=True)
    begins_on = Day(required=True)
    ends_on = Day(required=True)
    working_days = fields.Integer(required=True)
    ended_on = Day(allow_none=True)
