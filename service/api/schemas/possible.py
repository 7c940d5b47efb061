"""What an office may do with a commitment."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.schemas.parts import Blocker


class Possible(Schema):
    """One thing that might be done.

    act: ask, approve, sign, return, reject, withdraw_request, give_opinion, edit_draft, witness, claim or check_claim.
    on: the move, the request, the item or the claim.
    """

    act = fields.String(required=True)
    on = fields.String(required=True)
    may = fields.Boolean(required=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)


class Overview(Schema):
    """Everything that might be done with a commitment in its state, and what stands in the way."""

    commitment = fields.String(required=True)
    state = fields.String(required=True)
    etag = fields.String(required=True)
    possible = fields.List(fields.Nested(Possible), required=True)
