"""What an office may do with a commitment."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import AskedWhole, Name, nothing
from service.api.schemas.commitments import AsOf
from service.api.schemas.parts import Blocker


class Possible(Schema):
    """One thing that might be done.

    act: ask, approve, sign, return, reject, retract_decision, withdraw_request, give_opinion, edit_draft, witness,
    claim, prepare_report, submit_report, attach_evidence, check_claim, revoke_verification, record_finding,
    give_direction, report_obstacle, ask_help, note_visit, note, answer, send_back, close, share (one more approver, or
    forwarding) or note_preparation.
    on: the move, the request, the item, the period, the claim or the matter.
    """

    act = fields.String(required=True)
    on = fields.String(required=True)
    may = fields.Boolean(required=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)


class Question(Schema):
    """What is asked: for which office, about which act or move, as known when."""

    office = Name(load_default=nothing, metadata={"description": "another office than the asking one"})
    act = Name(load_default=nothing, metadata={"description": "this act alone, also where the state doesn't offer it"})
    move = Name(load_default=nothing, metadata={"description": "the asking for this move alone"})
    at_position = AskedWhole(least=0, most=10**15 - 1, load_default=nothing)
    as_known_on = Name(most=40, load_default=nothing)


class Overview(Schema):
    """What an office might do with a commitment, and what stands in the way."""

    commitment = fields.String(required=True)
    office = fields.String(required=True)
    state = fields.String(required=True)
    etag = fields.String(allow_none=True, metadata={"description": "null in a past view"})
    as_of = fields.Nested(AsOf, allow_none=True)
    possible = fields.List(fields.Nested(Possible), required=True)
