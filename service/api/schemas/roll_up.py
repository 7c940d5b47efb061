"""Figures rolled up by parents."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import Name, nothing
from service.api.schemas.parts import Label


class RollUpQuery(Schema):
    """Down to which parent; left out: the innermost one."""

    level = Name(load_default=nothing)


class Level(Schema):
    """A kind of parent: a field of the workflow's own."""

    name = fields.String(required=True)
    label = fields.Nested(Label, required=True)


class StateCount(Schema):
    """How many commitments stand in a state."""

    state = fields.String(required=True)
    label = fields.Nested(Label, required=True)
    meaning = fields.String(required=True)
    commitments = fields.Integer(required=True)


class Money(Schema):
    """Whole rupiah; remaining: what is still to be proven of what was established."""

    established_idr = fields.Integer(required=True)
    paid_idr = fields.Integer(required=True)
    proven_idr = fields.Integer(required=True)
    remaining_idr = fields.Integer(required=True)


class Parent(Schema):
    """What hangs under one parent. path: its value and those above it, the outermost first."""

    path = fields.List(fields.String(), required=True)
    commitments = fields.Integer(required=True)
    states = fields.List(fields.Nested(StateCount), required=True)
    items = fields.Integer(required=True)
    items_complete = fields.Integer(required=True)
    claimed_permille = fields.Integer(required=True, metadata={"description": "the mean over the commitments"})
    checked_permille = fields.Integer(required=True)
    verified_permille = fields.Integer(required=True)
    money = fields.Nested(Money, allow_none=True, metadata={"description": "null where the workflow keeps none"})


class RollUp(Schema):
    """A programme rolled up by the parents of its commitments."""

    programme = fields.String(required=True)
    levels = fields.List(fields.Nested(Level), required=True, metadata={"description": "from the top down"})
    parents = fields.List(fields.Nested(Parent), required=True)
    sample = fields.Boolean(required=True)
