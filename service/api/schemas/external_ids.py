"""How other systems call things, as it goes over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import LongText, Moment, Whole

SYSTEM = "the system that gave the id"


class ExternalIdBody(Schema):
    """An id that another system gave; for an item of the plan with its number."""

    system = LongText(required=True, least=1, most=60)
    id = LongText(required=True, least=1, most=1_000)
    item = Whole(least=1, most=1_000_000, load_default=None, allow_none=True)


class PartOfProgrammeBody(Schema):
    """An id that another system gave to a party or a subject of the programme."""

    kind = fields.String(required=True, validate=validate.OneOf(("party", "subject")))
    name = LongText(required=True, least=1, most=200, metadata={"description": "the party's or subject's id here"})
    system = LongText(required=True, least=1, most=60)
    id = LongText(required=True, least=1, most=1_000)


class ExternalId(Schema):
    """An id that another system gave. item: null where it is the commitment's own."""

    system = fields.String(required=True, metadata={"description": SYSTEM})
    id = fields.String(required=True, attribute="external_id")
    item = fields.Integer(allow_none=True)


class ImportedState(Schema):
    """A state that an imported history brought: nobody asked or approved it here.

    from_state: null where the history begins; reason: of a correction, where the workflow doesn't know the move.
    """

    from_state = fields.String(allow_none=True)
    to_state = fields.String(required=True)
    true_at = Moment(required=True)
    move = fields.String(allow_none=True)
    reason = fields.String(allow_none=True)
    source = fields.String(required=True)
    note = fields.String(required=True)


class CalledElsewhere(Schema):
    """What another system's id means. kind: party, subject, commitment or item."""

    kind = fields.String(required=True)
    programme = fields.String(required=True)
    name = fields.String(required=True, metadata={"description": "the party's, subject's or commitment's id"})
    reference = fields.String(allow_none=True)
    item = fields.Integer(allow_none=True)


class ExternalIdMeanings(Schema):
    """Everything that the id means, as far as the office sees it."""

    system = fields.String(required=True)
    id = fields.String(required=True)
    found = fields.List(fields.Nested(CalledElsewhere), required=True)


class NamedElsewhere(Schema):
    """A party or subject of a programme with an id of another system."""

    programme = fields.String(required=True)
    kind = fields.String(required=True)
    name = fields.String(required=True)
    system = fields.String(required=True)
    id = fields.String(required=True)
