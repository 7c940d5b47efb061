"""What callers send on commitments, requests and claims."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from service.api.fields import Day, LongText, Moment, Name, OwnValues, Quantity, Whole
from service.api.schemas.modification import Terms
from service.api.schemas.parts import PeriodTarget


class PlanItemBody(Schema):
    """One line of an action plan, as written."""

    number = Whole(least=1, most=1_000, required=True)
    stage = Name(required=True)
    activity = LongText(required=True, most=1_000)
    output = LongText(load_default="", most=1_000)
    indicator = LongText(load_default="", most=1_000)
    unit = LongText(load_default="", most=100)
    target = Quantity(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    agency = Name(required=True)
    budget_idr = Whole(least=-(2**53) + 1, most=2**53 - 1, required=True)
    fund = Name(required=True)
    evidence_required = LongText(load_default="", most=1_000)
    component = Name(load_default=None, allow_none=True)
    value = Name(load_default="cumulative")
    depends_on = fields.List(Whole(least=1, most=1_000), load_default=list, validate=validate.Length(max=50))
    weight = Quantity(load_default=None, allow_none=True)
    targets = fields.List(fields.Nested(PeriodTarget), load_default=list, validate=validate.Length(max=50))
    own = OwnValues(load_default=())


def _items(**kwargs: Any) -> fields.Field[Any]:
    return fields.List(fields.Nested(PlanItemBody), validate=validate.Length(max=200), **kwargs)


class DraftBody(Schema):
    """A commitment to be drafted.

    follows: the id of the party's commitment to the same that was withdrawn or cancelled.
    """

    programme = Name(required=True)
    party = Name(required=True)
    subject = Name(required=True)
    fiscal_year = Whole(least=2000, most=2100, required=True)
    replication_scope = Name(required=True)
    agency = Name(required=True)
    pic = Name(required=True)
    items = _items(load_default=list)
    own = OwnValues(load_default=())
    follows = Name(load_default=None, allow_none=True)


class EditBody(Schema):
    """What to change in a draft; `items` replaces the whole plan, `fields` those that it names."""

    replication_scope = Name()
    agency = Name()
    pic = Name()
    items = _items()
    own = OwnValues()


class OpenRequestBody(Schema):
    """A move that is asked for. evidence: digests of uploaded files; terms: for a move that needs any.

    based_on_revision: that of the plan from which `items` was written; another one in force refuses it as stale.
    """

    move = Name(required=True)
    reason = Name(load_default=None, allow_none=True)
    text = LongText(load_default="")
    evidence = fields.List(Name(most=64), load_default=list, validate=validate.Length(max=50))
    items = _items(load_default=None, allow_none=True)
    own = OwnValues(load_default=())
    terms = fields.Nested(Terms, load_default=None, allow_none=True)
    based_on_revision = Whole(least=0, most=1_000, load_default=None, allow_none=True)


class SittingBody(Schema):
    """A verdict in a sitting that the office attended, and when it was given there: both, or neither."""

    sitting = Name(load_default=None, allow_none=True)
    decided_at = Moment(load_default=None, allow_none=True)

    @validates_schema
    def decided_somewhere(self, data: dict[str, Any], **_: Any) -> None:
        """A repeat must ask for the same: no moment is made up here."""
        if (data.get("decided_at") is None) != (data.get("sitting") is None):
            raise ValidationError("A decision in a sitting needs both the sitting and its time.", "decided_at")


class ApprovalBody(SittingBody):
    """An approval. substance: what was seen, if the caller wants it checked beside the ETag."""

    note = LongText(load_default="")
    substance = Name(most=64, load_default=None, allow_none=True)


class ReasonedBody(Schema):
    """A reason from the workflow's catalogue, with free text."""

    reason = Name(required=True)
    text = LongText(load_default="")


class VerdictBody(ReasonedBody, SittingBody):
    """A reason from the workflow's catalogue, with free text, for what is returned or rejected."""


class ApproverBody(Schema):
    """One more office to approve. place: before or after the office that asks."""

    office = Name(required=True)
    place = Name(required=True)
    text = LongText(load_default="")


class ForwardBody(Schema):
    """An office below that is to prepare the verdict, and what for."""

    office = Name(required=True)
    instruction = LongText(required=True)


class PreparationBody(Schema):
    """What an office notes that prepares a verdict. hands_back: and it is done."""

    text = LongText(required=True)
    hands_back = fields.Boolean(load_default=False)


class WhyBody(Schema):
    """Why, in free text."""

    text = LongText(required=True)


class TextBody(Schema):
    """Free text, which may be empty."""

    text = LongText(load_default="")


class OpinionBody(Schema):
    """What an invited office thinks; what an outside body wrote needs its letter too.

    letter: its number; evidence: digests of uploaded files
    """

    text = LongText(required=True)
    letter = LongText(load_default="", most=200)
    letter_on = Day(load_default=None, allow_none=True)
    evidence = fields.List(Name(most=64), load_default=list, validate=validate.Length(max=50))


class ReceiptBody(Schema):
    """That a document was received. letter: the receipt's number; evidence: digests of uploaded files."""

    letter = Name(required=True, most=200)
    received_at = Moment(required=True)
    evidence = fields.List(Name(most=64), load_default=list, validate=validate.Length(max=50))


class ClaimBody(Schema):
    """Progress of a plan item. evidence: digests of uploaded files; promised: they follow.

    reason: why a cumulative value is below the last one
    """

    item = Whole(least=1, most=1_000_000, required=True)
    value = Quantity(required=True)
    evidence = fields.List(Name(most=64), load_default=list, validate=validate.Length(max=50))
    note = LongText(load_default="")
    own = OwnValues(load_default=())
    promised = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    reason = LongText(load_default="", most=1_000)


class NoteBody(Schema):
    """A note, which may be empty."""

    note = LongText(load_default="")
