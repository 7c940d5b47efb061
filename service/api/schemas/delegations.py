"""Delegations as they go over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import Day, LongText, Moment, Name, nothing
from workflows.delegation_rules import CAPACITIES


class DelegationFilter(Schema):
    """Whose delegations; left out: the acting office's."""

    office = Name(load_default=nothing)


class GiveDelegationBody(Schema):
    """Authority for another office: from a day until another, both included; of some programmes and moves, or all."""

    to = Name(required=True, metadata={"description": "the office that receives it"})
    capacity = fields.String(required=True, validate=validate.OneOf(CAPACITIES))
    letter = Name(required=True, metadata={"description": "the number of the letter"})
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    programmes = fields.List(Name(), load_default=list, validate=validate.Length(max=50))
    moves = fields.List(Name(), load_default=list, validate=validate.Length(max=50))
    may_redelegate = fields.Boolean(load_default=False, truthy={True}, falsy={False})


class RevocationBody(Schema):
    """Why a delegation ends before its time."""

    reason = LongText(load_default="", most=500)


class Delegation(Schema):
    """A delegation. standing: in_force, not_begun, ended or revoked."""

    id = fields.String(required=True)
    office = fields.String(required=True, metadata={"description": "whose authority it is"})
    given_by = fields.String(required=True)
    to = fields.String(required=True)
    capacity = fields.String(required=True, metadata={"description": "an, plh or plt: how acts under it are signed"})
    letter = fields.String(required=True)
    given_on = Day(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    programmes = fields.List(fields.String(), required=True, metadata={"description": "empty: all"})
    moves = fields.List(fields.String(), required=True, metadata={"description": "empty: all, and acts that are none"})
    may_redelegate = fields.Boolean(required=True)
    parent = fields.String(allow_none=True, metadata={"description": "the delegation that it was passed on from"})
    standing = fields.String(required=True)
    revoked_at = Moment(allow_none=True)


class Delegations(Schema):
    """What an office gave and received, oldest first."""

    office = fields.String(required=True)
    given = fields.List(fields.Nested(Delegation), required=True)
    received = fields.List(fields.Nested(Delegation), required=True)


class DelegationAnswer(Schema):
    """What a command did: the delegation as it is. A repeat under the same key gives the same place in the log."""

    delegation = fields.Nested(Delegation, required=True)
    version = fields.Integer(required=True)
    etag = fields.String(required=True)
    position = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)
