"""Commitments, requests and claims as they go over the wire."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import AskedWhole, Day, Moment, Name, OwnValues, Quantity, YesNo, nothing
from service.api.schemas.external_ids import ExternalId, ImportedState
from service.api.schemas.modification import Hold, Terms
from service.api.schemas.parts import EvidenceFile, Label, Named, PlanItem, Skipped, State

SAMPLE = "the programme's data is made up"


class StepReached(Schema):
    """A step that a request waits at, and the office that decides it."""

    step = fields.String(required=True)
    label = fields.Nested(Label)
    role = fields.String(required=True)
    office = fields.String(required=True)
    member = fields.Integer(required=True, metadata={"description": "which of the step's members, from 1"})
    due_on = Day(required=True)
    due_at = Moment(required=True)
    skipped = fields.List(fields.Nested(Skipped), required=True)


class Quorum(Schema):
    """How many members of a step must approve, counted when the request opened. kind of its members: role, office."""

    step = fields.String(required=True)
    kind = fields.String(required=True)
    members = fields.List(fields.String(), required=True)
    needed = fields.Integer(required=True)


class Extra(Schema):
    """A further approval that an office of the chain asked for. place: before or after the step `beside`."""

    step = fields.String(required=True)
    beside = fields.String(required=True)
    place = fields.String(required=True)
    by = fields.String(required=True)
    office = fields.String(required=True)
    text = fields.String(required=True)


class Forward(Schema):
    """The preparation of a verdict in the hands of an office below, with what that said, oldest first."""

    step = fields.String(required=True)
    by = fields.String(required=True)
    office = fields.String(required=True)
    instruction = fields.String(required=True)
    at = Moment(required=True)
    handed_back = fields.Boolean(required=True)
    notes = fields.List(fields.String(), required=True)


class Act(Schema):
    """Who acted in a request's chain. kind: asked, approved or rejected (one of several offices of a step)."""

    kind = fields.String(required=True)
    office = fields.String(required=True, metadata={"description": "whose authority was used"})
    delegate = fields.String(
        allow_none=True, metadata={"description": "the own office of whoever used another's authority"}
    )
    step = fields.String(allow_none=True)
    at = Moment(required=True)


class Invited(Schema):
    """An office whose opinion was asked for, with what it said; body: the outside body whose opinion it enters."""

    office = fields.String(required=True)
    role = fields.String(required=True)
    body = fields.String(allow_none=True)
    due_on = Day(required=True)
    opinion = fields.String(allow_none=True)
    letter = fields.String(allow_none=True)
    letter_on = Day(allow_none=True)
    evidence = fields.List(fields.Nested(EvidenceFile))


class PlanChange(Schema):
    """One difference between two plans. kind: added, dropped or changed; field, old and new: of a changed one."""

    item = fields.Integer(required=True)
    kind = fields.String(required=True)
    field = fields.String(required=True)
    old = fields.String(required=True)
    new = fields.String(required=True)


class PlanDifference(Schema):
    """What a new plan changes in the one that it is to replace. revision: what it becomes once it is approved."""

    based_on_revision = fields.Integer(required=True)
    revision = fields.Integer(required=True)
    changes = fields.List(fields.Nested(PlanChange), required=True)


class Request(Schema):
    """A request and how far it has come. status: open, approved, returned, rejected, withdrawn, void
    or closed; lost_ground: of a void one, what held no more: guards of the move, terms or substance.
    """

    id = fields.String(required=True)
    commitment = fields.String(required=True)
    number = fields.Integer(required=True)
    move = fields.String(required=True)
    label = fields.Nested(Label)
    status = fields.String(required=True)
    from_state = fields.String(required=True)
    to_state = fields.String(required=True)
    asked_by = fields.String(required=True)
    opened_at = Moment(required=True)
    closed_at = Moment(allow_none=True)
    substance = fields.String(required=True, metadata={"description": "SHA-256 of what is asked to be approved"})
    reason = fields.String(allow_none=True)
    text = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)
    items = fields.List(fields.Nested(PlanItem), allow_none=True)
    plan = fields.Nested(PlanDifference, allow_none=True)
    quorums = fields.List(fields.Nested(Quorum), required=True)
    own = OwnValues(required=True)
    terms = fields.Nested(Terms, allow_none=True)
    waits_for = fields.List(fields.Nested(StepReached), required=True)
    extras = fields.List(fields.Nested(Extra), required=True)
    forwards = fields.List(fields.Nested(Forward), required=True)
    passed = fields.List(fields.String(), required=True)
    acts = fields.List(fields.Nested(Act), required=True)
    invited = fields.List(fields.Nested(Invited), required=True)
    closing_reason = fields.String(allow_none=True)
    closing_text = fields.String(allow_none=True)
    lost_ground = fields.List(fields.String())


class RequestReply(Request):
    """A request with the ETag of its commitment: what a verdict's If-Match names."""

    etag = fields.String(required=True)


class Claim(Schema):
    """A claim of progress and its fate. status: claimed, checked, verified, returned, superseded or revoked.

    waits_for: the office that is to look at it now; due_at: until when it owes that, null where no limit holds.
    why: what asks a second office to verify it: completion, money, outside_period, checked_late or sample.
    evidence: those that came later too; none while they are promised.
    """

    id = fields.String(required=True)
    commitment = fields.String(required=True)
    number = fields.Integer(required=True)
    item = fields.Integer(required=True)
    status = fields.String(required=True)
    office = fields.String(required=True)
    verifier = fields.String(required=True)
    value = Quantity(required=True)
    note = fields.String(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)
    own = OwnValues(required=True)
    made_at = Moment(required=True)
    late = fields.Boolean(required=True)
    report = fields.String(allow_none=True)
    period = fields.String(allow_none=True)
    fall_reason = fields.String(required=True)
    checked_at = Moment(allow_none=True)
    checked_by = fields.String(allow_none=True)
    waits_for = fields.String(allow_none=True)
    due_at = Moment(allow_none=True)
    why = fields.List(fields.String(), required=True)
    decided_at = Moment(allow_none=True)
    reason = fields.String(allow_none=True)
    text = fields.String(allow_none=True)


class Claims(Schema):
    """A commitment's claims, oldest first."""

    claims = fields.List(fields.Nested(Claim), required=True)


class Signature(Schema):
    """A party's signature."""

    sheet = fields.String(required=True)
    office = fields.String(required=True)
    mode = fields.String(required=True)
    place = fields.String(required=True)
    signed_at = Moment(required=True)
    digest = fields.String(required=True)
    scan = fields.Nested(EvidenceFile, allow_none=True)
    sitting = fields.String(allow_none=True)
    kind = fields.String(required=True)


class Witness(Schema):
    """An office that saw the party sign."""

    office = fields.String(required=True)
    mode = fields.String(required=True)
    place = fields.String(required=True)
    witnessed_at = Moment(required=True)
    sitting = fields.String(allow_none=True)


class Owed(Schema):
    """Something owed. status: open, met or closed; raised: how many levels of its ladder were taken."""

    obligation = fields.String(required=True)
    round = fields.Integer(required=True)
    kind = fields.String(required=True)
    office = fields.String(required=True)
    due_on = Day(required=True)
    due_at = Moment(required=True)
    status = fields.String(required=True)
    raised = fields.Integer(required=True)
    before_go_live = fields.Boolean(required=True, metadata={"description": "so due that it fires nothing"})


class Receipt(Schema):
    """That the party got the document from which its duties are counted."""

    office = fields.String(required=True)
    letter = fields.String(required=True)
    received_at = Moment(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)


class AsOf(Schema):
    """Which past is shown."""

    position = fields.Integer(allow_none=True)
    known_on = Moment(allow_none=True)
    true_on = Moment(allow_none=True)


class Commitment(Schema):
    """A commitment, whole but for its plan items, claims and history."""

    id = fields.String(required=True)
    reference = fields.String(required=True)
    follows = fields.String(
        required=True, allow_none=True, metadata={"description": "the id of the party's ended commitment to the same"}
    )
    title = fields.String(required=True, metadata={"description": "what an imported history calls it; often empty"})
    external_ids = fields.List(fields.Nested(ExternalId), required=True)
    imported = fields.List(fields.Nested(ImportedState), required=True)
    programme = fields.String(required=True)
    sample = fields.Boolean(required=True, metadata={"description": SAMPLE})
    definition = fields.String(required=True)
    definition_version = fields.Integer(required=True)
    party = fields.Nested(Named, required=True)
    subject = fields.Nested(Named, required=True)
    fiscal_year = fields.Integer(required=True)
    replication_scope = fields.String(required=True)
    agency = fields.String(required=True)
    pic = fields.String(required=True)
    own = OwnValues(required=True)
    state = fields.Nested(State, required=True)
    revision = fields.Integer(required=True)
    items = fields.Integer(required=True)
    items_complete = fields.Integer(required=True)
    items_as_signed = fields.Integer(required=True)
    items_as_signed_complete = fields.Integer(required=True)
    open_request = fields.Nested(Request, allow_none=True)
    signature = fields.Nested(Signature, allow_none=True)
    later_signatures = fields.List(fields.Nested(Signature))
    witnesses = fields.List(fields.Nested(Witness), required=True)
    owed = fields.List(fields.Nested(Owed), required=True)
    hold = fields.Nested(Hold, allow_none=True)
    received = fields.Nested(Receipt, allow_none=True)
    drafted_at = Moment(required=True)
    changed_at = Moment(required=True)
    version = fields.Integer(required=True)
    position = fields.Integer(required=True)
    etag = fields.String(allow_none=True, metadata={"description": "null in a past view"})
    as_of = fields.Nested(AsOf, allow_none=True)


class Listed(Schema):
    """A commitment in a list. In a past view only what never changes, and the state then."""

    id = fields.String(required=True, attribute="commitment")
    reference = fields.String(required=True)
    programme = fields.String(required=True)
    sample = fields.Boolean(required=True, metadata={"description": SAMPLE})
    party = fields.String(required=True)
    subject = fields.String(required=True)
    fiscal_year = fields.Integer(required=True)
    state = fields.String(required=True)
    replication_scope = fields.String()
    agency = fields.String()
    pic = fields.String()
    own = OwnValues()
    revision = fields.Integer()
    items = fields.Integer()
    items_claimed = fields.Integer()
    items_complete = fields.Integer()
    open_request = fields.String(allow_none=True)
    open_move = fields.String(allow_none=True)
    open_step = fields.String(allow_none=True)
    open_office = fields.String(allow_none=True)
    signed = fields.Boolean()
    signed_at = Moment(allow_none=True)
    next_due_at = Moment(allow_none=True)
    changed_at = Moment()
    version = fields.Integer()


class CommitmentPage(Schema):
    """One page of a list, by reference."""

    commitments = fields.List(fields.Nested(Listed), required=True)
    next = fields.String(allow_none=True)


class Page(Schema):
    """Which page of a list."""

    limit = AskedWhole(least=1, most=200, load_default=50)
    cursor = fields.String(load_default=nothing, validate=validate.Length(max=2_000))


class PastQuery(Schema):
    """Which past is asked for: a date (its end, in the programme's zone) or an RFC 3339 time."""

    at_position = AskedWhole(least=0, most=10**15 - 1, load_default=nothing)
    as_known_on = Name(most=40, load_default=nothing)
    as_true_on = Name(most=40, load_default=nothing)


class CommitmentFilter(Page, PastQuery):
    """What a list is narrowed to; `field.<name>` beside these."""

    takes_own_fields = True

    programme = Name(load_default=nothing)
    party = Name(load_default=nothing)
    subject = Name(load_default=nothing)
    state = Name(load_default=nothing)
    agency = Name(load_default=nothing)
    office = Name(load_default=nothing, metadata={"description": "the office that the open step waits for"})
    overdue = YesNo(load_default=nothing)
    signed = YesNo(load_default=nothing)
    q = Name(load_default=nothing, most=100, metadata={"description": "part of a reference, party or subject"})


class Answer(Schema):
    """What a command did: the commitment right after it. A repeat under the same key gives the same."""

    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    state = fields.String(required=True)
    version = fields.Integer(required=True)
    etag = fields.String(required=True)
    position = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)
    request = fields.Nested(Request, allow_none=True)
    claim = fields.Nested(Claim, allow_none=True)
