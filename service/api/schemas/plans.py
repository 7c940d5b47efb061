"""Action plans as they go over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import Day, Moment, Quantity
from service.api.schemas.parts import PlanItem


class Ground(Schema):
    """The claim that a figure rests on, and the office whose word makes it that figure."""

    claim = fields.String(required=True)
    office = fields.String(required=True)
    at = Moment(required=True)


class RestsOn(Schema):
    """What each figure of an item rests on."""

    claimed = fields.Nested(Ground, allow_none=True)
    checked = fields.Nested(Ground, allow_none=True)
    verified = fields.Nested(Ground, allow_none=True)


class ItemProgress(PlanItem):
    """A plan item with how far it has come, in its unit. owed: open, met, closed, or null where it isn't owed yet.

    rests_on: the claim that each of the three figures rests on, and the office that said so; null for zero.
    """

    claimed_value = Quantity(required=True)
    checked_value = Quantity(required=True)
    verified_value = Quantity(required=True)
    complete = fields.Boolean(required=True)
    rests_on = fields.Nested(RestsOn, required=True)
    first_ends_on = Day(required=True)
    owed = fields.String(allow_none=True)
    due_at = Moment(allow_none=True)


class PlanItems(Schema):
    """A commitment's action plan in force."""

    commitment = fields.String(required=True)
    revision = fields.Integer(required=True)
    items = fields.List(fields.Nested(ItemProgress), required=True)
