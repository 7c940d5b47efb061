"""Several requests decided in one act."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates

from service.api.fields import LongText, Name
from service.api.schemas.asked import SittingBody
from service.api.schemas.commitments import Answer
from service.api.schemas.parts import Blocker, Label
from service.decisions import MOST_AT_ONCE, commitment_of


class SeenRequest(Schema):
    """A request, with the ETag of its commitment as it was seen."""

    request = Name(required=True)
    etag = Name(required=True, most=100)


class ApprovalsBody(SittingBody):
    """Requests to approve, of each commitment one at most."""

    requests = fields.List(fields.Nested(SeenRequest), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))
    note = LongText(load_default="")

    @validates("requests")
    def one_of_each_commitment(self, value: list[dict[str, Any]], **_: Any) -> None:
        """The key of each append names its commitment's stream."""
        commitments = [commitment_of(one["request"]) for one in value if "request" in one]
        if len(set(commitments)) < len(commitments):
            raise ValidationError("Given more than once.")


class ReturnsBody(ApprovalsBody):
    """Requests to send back, of each commitment one at most, for one reason."""

    class Meta:
        """A return has a reason in place of a note."""

        exclude = ("note",)

    reason = Name(required=True)
    text = LongText(load_default="")


class RejectionsBody(ReturnsBody):
    """Requests to reject, of each commitment one at most, for one reason."""


class DecidedRequest(Schema):
    """What became of one request. status: done (with the answer), stale (with the ETag in force) or refused."""

    request = fields.String(required=True)
    commitment = fields.String(required=True)
    status = fields.String(required=True)
    answer = fields.Nested(Answer)
    code = fields.String()
    sentence = fields.Nested(Label)
    blockers = fields.List(fields.Nested(Blocker))
    etag = fields.String(allow_none=True)


class Decided(Schema):
    """What became of each request, in the order asked. A repeat under the same key gives the same."""

    results = fields.List(fields.Nested(DecidedRequest), required=True)
