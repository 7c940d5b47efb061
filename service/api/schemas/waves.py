"""A new wave: a plan spread to further parties."""

from __future__ import annotations

from collections.abc import Sequence

from marshmallow import Schema, ValidationError, fields, validate

from service.api.fields import Day, Name
from service.api.schemas.parts import Blocker, Named


class AdopterBody(Schema):
    """A further party, the agency of it that promises, and its person in charge, if known."""

    party = Name(required=True)
    agency = Name(required=True)
    pic = Name(load_default="")


def _each_once(parties: Sequence[dict[str, str]]) -> None:
    if len({one["party"] for one in parties}) < len(parties):
        raise ValidationError("A party is named once.")


class WaveBody(Schema):
    """What is spread to whom. like: the reference commitment's id.

    start_on: the day that the first item starts on, all others at their distance; left out or null: the same days of
    the programme's year.
    """

    like = Name(required=True)
    parties = fields.List(
        fields.Nested(AdopterBody), required=True, validate=[validate.Length(min=1, max=200), _each_once]
    )
    start_on = Day(load_default=None, allow_none=True)


class Spread(Schema):
    """What became of one party, or would. what: new, same (it stands so already) or refused, with every reason."""

    party = fields.Nested(Named, required=True)
    reference = fields.String(required=True)
    commitment = fields.String(allow_none=True)
    what = fields.String(required=True)
    items = fields.Integer(required=True)
    starts_on = Day(allow_none=True)
    ends_on = Day(allow_none=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)


class WaveAnswer(Schema):
    """A wave, party by party. position: of the last draft that it wrote, 0 where none was."""

    programme = fields.String(required=True)
    like = fields.String(required=True)
    position = fields.Integer(required=True)
    drafts = fields.List(fields.Nested(Spread), required=True)
