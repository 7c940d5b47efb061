"""Proposed workflow texts and migrations as they go over the wire."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from service.api.fields import AskedWhole, LongText, Name, Whole, nothing
from service.api.schemas.commitments import Page
from service.api.schemas.parts import Blocker

LONGEST_TEXT = 60_000
MOST_COMMITMENTS, MOST_STATES = 500, 100


class WorkflowText(fields.String):
    """A workflow's text as it is: its digest is that of every character."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(validate=validate.Length(min=1, max=LONGEST_TEXT), **kwargs)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t\r" for letter in text):
            raise ValidationError("The text holds characters that aren't allowed.")
        return text


class Hand(Schema):
    """Which office proposed or confirmed, and in which capacity it was held."""

    office = fields.String(required=True)
    capacity = fields.String(required=True)


class ProposalBody(Schema):
    """The text of a workflow's next version, whole."""

    text = WorkflowText(required=True)


class ConfirmationBody(Schema):
    """Nothing: who confirms agrees with all that was proposed."""


class DeclineBody(Schema):
    """Why not."""

    text = LongText(least=1, most=1_000, required=True)


class Proposal(Schema):
    """A proposed version of a workflow. status: open, installed, declined or overtaken."""

    id = fields.String(required=True)
    definition = fields.String(required=True)
    version = fields.Integer(required=True)
    digest = fields.String(required=True)
    by = fields.Nested(Hand, required=True)
    status = fields.String(required=True)
    declined_because = fields.String(allow_none=True)


class ProposalWhole(Proposal):
    """With its text, and the lines that differ from the version before."""

    text = fields.String(required=True)
    difference = fields.List(fields.String(), required=True)


class Proposals(Schema):
    """Every proposed version, oldest first."""

    proposals = fields.List(fields.Nested(Proposal), required=True)


class ProposalAnswer(Schema):
    """What became of a proposal."""

    proposal = fields.Nested(Proposal, required=True)
    version = fields.Integer(required=True)
    etag = fields.String(required=True)
    position = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)


class VersionBody(Schema):
    """The version that new drafts of a programme follow from now on."""

    version = Whole(least=1, most=10**6, required=True)
    letter = Name(required=True, metadata={"description": "the number of the letter that says so"})
    text = LongText(least=1, most=1_000, required=True, metadata={"description": "why"})


class StateMapped(Schema):
    """A state of the old version, and what it is called in the new one."""

    old = Name(required=True)
    new = Name(required=True)


class MigrationBody(Schema):
    """Either `to_version` or `undoes` is given; `commitments` left out: all of the programme."""

    to_version = Whole(least=1, most=10**6, load_default=None, allow_none=True)
    undoes = Name(load_default=None, allow_none=True, metadata={"description": "the migration to take back"})
    states = fields.List(fields.Nested(StateMapped), load_default=list, validate=validate.Length(max=MOST_STATES))
    commitments = fields.List(
        Name(), load_default=None, allow_none=True, validate=validate.Length(min=1, max=MOST_COMMITMENTS)
    )
    letter = Name(required=True, metadata={"description": "the number of the letter that orders it"})
    text = LongText(least=1, most=1_000, required=True, metadata={"description": "why"})


class MigrationQuery(Page):
    """What a migration would be; `states`: old=new, several joined by commas."""

    to_version = AskedWhole(least=1, most=10**6, load_default=nothing)
    undoes = Name(load_default=nothing)
    states = Name(most=2_000, load_default=nothing)


class Migration(Schema):
    """A migration. status: open, confirmed (being carried out), ended or declined; moved, left: once it ended."""

    id = fields.String(required=True)
    programme = fields.String(required=True)
    definition = fields.String(required=True)
    to_version = fields.Integer(allow_none=True)
    undoes = fields.String(allow_none=True)
    states = fields.List(fields.Nested(StateMapped), required=True)
    commitments = fields.List(fields.String(), allow_none=True)
    letter = fields.String(required=True)
    text = fields.String(required=True)
    proposed_by = fields.Nested(Hand, required=True)
    confirmed_by = fields.Nested(Hand, allow_none=True)
    status = fields.String(required=True)
    declined_because = fields.String(allow_none=True)
    moved = fields.Integer(allow_none=True)
    left = fields.Integer(allow_none=True)


class Migrations(Schema):
    """A programme's migrations, oldest first."""

    migrations = fields.List(fields.Nested(Migration), required=True)


class MigrationAnswer(Schema):
    """What became of a migration."""

    migration = fields.Nested(Migration, required=True)
    version = fields.Integer(required=True)
    etag = fields.String(required=True)
    position = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)


class Outlook(Schema):
    """What a migration did to a commitment, or would do.

    status: moved, there (it follows that version already), goes or stays.
    """

    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    from_version = fields.Integer(required=True)
    to_version = fields.Integer(allow_none=True)
    from_state = fields.String(required=True)
    to_state = fields.String(allow_none=True)
    status = fields.String(required=True)
    why_not = fields.List(fields.Nested(Blocker), required=True)


class Outlooks(Schema):
    """What a migration did or would do, commitment by commitment."""

    commitments = fields.List(fields.Nested(Outlook), required=True)
    next = fields.String(allow_none=True)
