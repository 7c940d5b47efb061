"""Questions that suppose commands, and their answers."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import Day, Moment, Name
from service.api.schemas.commitments import StepReached
from service.api.schemas.parts import Blocker, Label, State
from service.what_if import MOST_COMMANDS, MOST_COMMITMENTS


class SupposedCommand(Schema):
    """A command as its own endpoint takes it, and the office that would act."""

    office = Name(required=True)
    path = Name(
        required=True,
        most=500,
        metadata={
            "description": "the endpoint's path below /api/v1; a request that an earlier command opens counts on"
        },
    )
    body = fields.Dict(keys=fields.String(), load_default=dict, metadata={"description": "as the endpoint takes it"})


class WhatIfBody(Schema):
    """Commands to suppose, one after the other."""

    commands = fields.List(
        fields.Nested(SupposedCommand),
        required=True,
        validate=validate.Length(min=1, max=MOST_COMMANDS),
        metadata={"description": f"on {MOST_COMMITMENTS} commitments at most"},
    )


class SupposedTold(Schema):
    """An office that would hear of a fact. urgency: now, daily, weekly or page; action: it would be its turn."""

    office = fields.String(required=True)
    name = fields.String(required=True)
    urgency = fields.String(required=True)
    why = fields.String(required=True)
    action = fields.Boolean(required=True)


class SupposedFact(Schema):
    """A fact that would be recorded."""

    fact = fields.String(required=True)
    sentence = fields.Nested(Label, required=True)
    valid_at = Moment(required=True)
    told = fields.List(fields.Nested(SupposedTold), required=True)


class SupposedLevel(Schema):
    """A moment of an obligation's ladder."""

    level = fields.Integer(required=True)
    at = Moment(required=True)


class SupposedOwed(Schema):
    """Something that would be owed, with its moments."""

    obligation = fields.String(required=True)
    kind = fields.String(required=True)
    office = fields.String(required=True)
    name = fields.String(required=True)
    due_on = Day(required=True)
    due_at = Moment(required=True)
    ladder = fields.String(required=True)
    levels = fields.List(fields.Nested(SupposedLevel), required=True)


class SupposedEnded(Schema):
    """Something that would be owed no more. status: met or closed."""

    obligation = fields.String(required=True)
    office = fields.String(required=True)
    status = fields.String(required=True)


class SupposedEffect(Schema):
    """What a command would do to one commitment."""

    commitment = fields.String(required=True)
    state = fields.Nested(State, required=True)
    waits_for = fields.List(fields.Nested(StepReached), required=True)
    request = fields.String(allow_none=True)
    facts = fields.List(fields.Nested(SupposedFact), required=True)
    owed = fields.List(fields.Nested(SupposedOwed), required=True)
    ended = fields.List(fields.Nested(SupposedEnded), required=True)


class SupposedLeftOut(Schema):
    """A commitment that a command wouldn't reach, and why."""

    commitment = fields.String(required=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)


class SupposedStep(Schema):
    """One command supposed. refused: the rules forbid it, and nothing after it was supposed."""

    number = fields.Integer(required=True)
    office = fields.String(required=True)
    refused = fields.Boolean(required=True)
    effects = fields.List(fields.Nested(SupposedEffect), required=True)
    left_out = fields.List(fields.Nested(SupposedLeftOut), required=True)


class SupposedCommitment(Schema):
    """A commitment as it is and as it would be. etag: of what was supposed upon."""

    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    etag = fields.String(required=True)
    state = fields.Nested(State, required=True)
    would_be = fields.Nested(State, required=True)


class WhatIf(Schema):
    """What would happen; nothing of it was written."""

    written = fields.Boolean(required=True, metadata={"description": "always false"})
    note = fields.Nested(Label, required=True)
    now = Moment(required=True)
    steps = fields.List(fields.Nested(SupposedStep), required=True)
    commitments = fields.List(fields.Nested(SupposedCommitment), required=True)
