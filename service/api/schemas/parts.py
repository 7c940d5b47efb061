"""Parts that several answers are made of."""

from __future__ import annotations

from marshmallow import Schema, fields

from service.api.fields import Day, OwnValues, Quantity


class Label(Schema):
    """A text in both languages."""

    id = fields.String(required=True)
    en = fields.String(required=True)


class Named(Schema):
    """Something by its id, with its name."""

    id = fields.String(required=True)
    name = fields.String(required=True)


class State(Schema):
    """A state of a workflow."""

    name = fields.String(required=True)
    label = fields.Nested(Label, required=True)
    meaning = fields.String(required=True, metadata={"description": "open, working, closed, success or exit"})


class ClearedBy(Schema):
    """An office that can clear a blocker."""

    office = fields.String(required=True)
    name = fields.String(required=True)


class Blocker(Schema):
    """One reason why not, and who can change that."""

    code = fields.String(required=True)
    sentence = fields.Nested(Label, required=True)
    facts = fields.Dict(keys=fields.String(), values=fields.String())
    cleared_by = fields.List(fields.Nested(ClearedBy), required=True)
    until = fields.String(allow_none=True)


class EvidenceFile(Schema):
    """A stored file by its content."""

    digest = fields.String(required=True)
    name = fields.String(required=True)
    media_type = fields.String(required=True)
    size_bytes = fields.Integer(required=True)


class PeriodTarget(Schema):
    """What an item is to reach by a period's end."""

    period = fields.String(required=True)
    target = Quantity(required=True)


class PlanItem(Schema):
    """One line of an action plan. weight: what it counts beside the others; null: as much as any."""

    number = fields.Integer(required=True)
    stage = fields.String(required=True)
    activity = fields.String(required=True)
    output = fields.String(required=True)
    indicator = fields.String(required=True)
    unit = fields.String(required=True)
    target = Quantity(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    agency = fields.String(required=True)
    budget_idr = fields.Integer(required=True)
    fund = fields.String(required=True)
    evidence_required = fields.String(required=True)
    component = fields.String(allow_none=True)
    value = fields.String(required=True, metadata={"description": "cumulative or per_period"})
    own = OwnValues(required=True)
    depends_on = fields.List(fields.Integer(), required=True)
    weight = Quantity(allow_none=True)
    targets = fields.List(fields.Nested(PeriodTarget), required=True)


class Skipped(Schema):
    """An office that was passed over on the way up. why: conflicted, vacant or absent."""

    office = fields.String(required=True)
    why = fields.String(required=True)
