"""Money that a party owes, as it goes over the wire. Amounts are whole rupiah."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import Day, LongText, Moment, Name, Whole
from service.api.schemas.parts import EvidenceFile

MOST_IDR = 2**53 - 1


class Payment(Schema):
    """A payment and its fate. status: recorded, proven or returned."""

    id = fields.String(required=True)
    number = fields.Integer(required=True)
    status = fields.String(required=True)
    office = fields.String(required=True)
    prover = fields.String(required=True)
    amount_idr = fields.Integer(required=True)
    paid_on = Day(required=True)
    note = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)
    recorded_at = Moment(required=True)
    decided_at = Moment(allow_none=True)
    reason = fields.String(allow_none=True)
    text = fields.String(allow_none=True)


class Ledger(Schema):
    """What is owed in all, what the party says it paid, what is proven of it, and what remains to be proven."""

    commitment = fields.String(required=True)
    established_idr = fields.Integer(required=True)
    paid_idr = fields.Integer(required=True)
    proven_idr = fields.Integer(required=True)
    remaining_idr = fields.Integer(required=True)
    letter = fields.String(allow_none=True, metadata={"description": "of the amount; null until one is established"})
    payments = fields.List(fields.Nested(Payment), required=True)


class AmountBody(Schema):
    """How much is owed in all, and the letter that says so."""

    amount_idr = Whole(least=1, most=MOST_IDR, required=True)
    letter = Name(required=True, most=200)
    text = LongText(load_default="")


class PaymentBody(Schema):
    """A payment. evidence: digests of uploaded files."""

    amount_idr = Whole(least=1, most=MOST_IDR, required=True)
    paid_on = Day(required=True)
    evidence = fields.List(Name(most=64), load_default=list, validate=validate.Length(max=50))
    note = LongText(load_default="")
