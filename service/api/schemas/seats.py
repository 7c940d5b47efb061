"""Parties' places in a programme."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import Day, LongText, Name
from service.api.schemas.parts import Named


class Seat(Schema):
    """A party's seat. standing: not_invited, invited, no_answer, declined or joined; late: joined after `answer_by`.

    letter and invited_on are those of the last invitation; answer_letter and answered_on those of the answer.
    """

    party = fields.Nested(Named, required=True)
    standing = fields.String(required=True)
    letter = fields.String(allow_none=True)
    invited_on = Day(allow_none=True)
    answer_by = Day(allow_none=True)
    answer_letter = fields.String(allow_none=True)
    answered_on = Day(allow_none=True)
    reason = fields.String(allow_none=True, metadata={"description": "why it declined"})
    late = fields.Boolean(required=True)
    signed = fields.Boolean(required=True, metadata={"description": "any of its commitments, as far as you see"})


class SeatCounts(Schema):
    """How many parties lie in the scope, were invited, gave no answer in time, declined, joined and signed."""

    parties = fields.Integer(required=True)
    invited = fields.Integer(required=True)
    no_answer = fields.Integer(required=True)
    declined = fields.Integer(required=True)
    joined = fields.Integer(required=True)
    signed = fields.Integer(required=True)


class Seats(Schema):
    """The seats of the parties that the office sees."""

    programme = fields.String(required=True)
    counts = fields.Nested(SeatCounts, required=True)
    seats = fields.List(fields.Nested(Seat), required=True)


class InvitationBody(Schema):
    """One letter to several parties. answer_by: the day by which they answer, if it names one."""

    parties = fields.List(Name(), required=True, validate=validate.Length(min=1, max=1_000))
    letter = Name(required=True, most=200)
    invited_on = Day(required=True)
    answer_by = Day(load_default=None, allow_none=True)


class DeclinationBody(Schema):
    """That a party takes no part, and why. letter: its answer's number, if there is one."""

    letter = LongText(load_default="", most=200)
    declined_on = Day(required=True)
    reason = LongText(required=True, most=1000)


class JoiningBody(Schema):
    """From which day a party takes part. letter: its answer's number, if there is one."""

    letter = LongText(load_default="", most=200)
    joined_on = Day(required=True)
