"""What leaves the state as it is, as it goes over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import Day


class Terms(Schema):
    """What a request asks for beside a plan. until: the last day of a hold."""

    until = Day(load_default=None, allow_none=True)


class Hold(Schema):
    """The latest hold: its first and last day; ended_on where work went on earlier."""

    request = fields.String(required=True)
    begins_on = Day(required=True)
    ends_on = Day(required=True)
    working_days = fields.Integer(required=True)
    ended_on = Day(allow_none=True)
