"""The one shape of every error: RFC 9457, application/problem+json."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.schemas.parts import Blocker


class ChangedSince(Schema):
    """One fact that came between what the caller saw and now."""

    version = fields.Integer(required=True)
    position = fields.Integer(required=True)
    fact = fields.String(required=True)
    sentence = fields.String(required=True)
    office = fields.String(required=True)


class Problem(Schema):
    """An error. `type` is a relative address that describes the code; `code` is stable."""

    type = fields.String(required=True)
    title = fields.String(required=True, metadata={"description": "one sentence, in the language of Accept-Language"})
    status = fields.Integer(required=True)
    code = fields.String(required=True)
    detail = fields.String()
    errors = fields.Dict(metadata={"description": "by field, what is wrong with it"})
    blockers = fields.List(fields.Nested(Blocker))
    retry_after = fields.Integer(metadata={"description": "seconds"})
    etag = fields.String(metadata={"description": "the version in force, where the caller's is stale"})
    changes = fields.List(fields.Nested(ChangedSince))
