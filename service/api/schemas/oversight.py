"""Findings, directions, obstacles, calls for help and notes as they go over the wire."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates

from service.api.fields import Day, LongText, Moment, Name, Whole
from service.api.schemas.commitments import Answer
from service.api.schemas.parts import Blocker, EvidenceFile, Label
from service.directions import MOST_AT_ONCE


class Said(Schema):
    """Something said on a matter."""

    office = fields.String(required=True)
    text = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)
    at = Moment(required=True)


class Matter(Schema):
    """Something that one office raised. kind: finding, direction, obstacle or help.

    status: open, answered, closed or lapsed (with its commitment). addressee: who owes the answer, by due_on.
    """

    id = fields.String(required=True)
    commitment = fields.String(required=True)
    kind = fields.String(required=True)
    number = fields.Integer(required=True)
    status = fields.String(required=True)
    office = fields.String(required=True)
    addressee = fields.String(allow_none=True)
    due_on = Day(allow_none=True)
    item = fields.Integer(allow_none=True)
    category = fields.String(allow_none=True)
    text = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)
    raised_at = Moment(required=True)
    answers = fields.List(fields.Nested(Said), required=True)
    returned = fields.Nested(Said, allow_none=True)
    closing = fields.Nested(Said, allow_none=True)


class Matters(Schema):
    """A commitment's matters, oldest first."""

    matters = fields.List(fields.Nested(Matter), required=True)


class MatterAnswer(Answer):
    """What a command on a matter did."""

    matter = fields.Nested(Matter, required=True)


class Note(Schema):
    """What an office noted; of a visit with its day and place."""

    id = fields.String(required=True)
    number = fields.Integer(required=True)
    office = fields.String(required=True)
    text = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)
    noted_at = Moment(required=True)
    visited_on = Day(allow_none=True)
    place = fields.String(required=True)


class Notes(Schema):
    """A commitment's notes, oldest first."""

    notes = fields.List(fields.Nested(Note), required=True)


class NoteAnswer(Answer):
    """What a note did."""

    note = fields.Nested(Note, required=True)


def _evidence() -> fields.Field[Any]:
    return fields.List(Name(most=64), load_default=list, validate=validate.Length(max=50))


class FindingBody(Schema):
    """What was found wrong, with evidence: digests of uploaded files. item: null for the commitment as a whole."""

    addressee = Name(required=True)
    due_on = Day(required=True)
    text = LongText(required=True)
    evidence = _evidence()
    item = Whole(least=1, most=1_000_000, load_default=None, allow_none=True)


class DirectionBody(Schema):
    """What an office below should do, and by when it says how it was done."""

    addressee = Name(required=True)
    due_on = Day(required=True)
    text = LongText(required=True)
    evidence = _evidence()


class ObstacleBody(Schema):
    """What stands in the way. category: a reason of the workflow's catalogue `obstacle`."""

    category = Name(required=True)
    text = LongText(required=True)
    evidence = _evidence()
    item = Whole(least=1, most=1_000_000, load_default=None, allow_none=True)


class SaidBody(Schema):
    """Words, with files where they need some."""

    text = LongText(required=True)
    evidence = _evidence()


class OutcomeBody(Schema):
    """Why an answer is sent back, or how a matter ended."""

    text = LongText(required=True)


class VisitBody(Schema):
    """What was seen, on which day and where."""

    visited_on = Day(required=True)
    place = LongText(required=True, most=200)
    text = LongText(required=True)
    evidence = _evidence()


class DirectionsBody(DirectionBody):
    """One direction on several commitments, each named once."""

    commitments = fields.List(Name(most=64), required=True, validate=validate.Length(min=1, max=MOST_AT_ONCE))

    @validates("commitments")
    def each_once(self, value: list[str], **_: Any) -> None:
        """The key of each append names its commitment's stream."""
        if len(set(value)) < len(value):
            raise ValidationError("Given more than once.")


class DirectedCommitment(Schema):
    """What became of a direction on one commitment. status: done (with the answer) or refused."""

    commitment = fields.String(required=True)
    status = fields.String(required=True)
    answer = fields.Nested(MatterAnswer)
    code = fields.String()
    sentence = fields.Nested(Label)
    blockers = fields.List(fields.Nested(Blocker))


class DirectionsAnswer(Schema):
    """What became of a direction on each commitment, in the order asked. A repeat under the same key gives the same."""

    results = fields.List(fields.Nested(DirectedCommitment), required=True)
