"""Handovers as they go over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import Day
from service.api.schemas.delegations import Delegation
from service.api.schemas.directory import Holder
from service.api.schemas.overviews import Waiting


class OpenMatter(Waiting):
    """Something that is open. held_by: who held the office when it fell due, else who holds it now."""

    class Meta:
        """Without what only an inbox says."""

        exclude = ("on_behalf_of", "delegated_to", "delegated_until", "star", "advice", "advised_by")

    office = fields.String(required=True, metadata={"description": "for whom it waits"})
    late = fields.Boolean(required=True)
    held_by = fields.List(fields.Nested(Holder), required=True)


class Handover(Schema):
    """An office's open matters; at most 500 of each kind, the most pressing first."""

    office = fields.String(required=True)
    on = Day(required=True)
    holders = fields.List(fields.Nested(Holder), required=True, metadata={"description": "ever, the latest first"})
    open = fields.List(fields.Nested(OpenMatter), required=True)
    asked = fields.List(
        fields.Nested(OpenMatter), required=True, metadata={"description": "what it asked for and waits for others"}
    )
    late = fields.Integer(required=True, metadata={"description": "how many of the open ones"})
    given = fields.List(fields.Nested(Delegation), required=True)
    received = fields.List(fields.Nested(Delegation), required=True)
