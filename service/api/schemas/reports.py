"""Reports by period, the periods themselves, and the roll-up of progress."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.api.fields import Day, LongText, Moment, Name, OwnValues, Quantity, Whole, YesNo, nothing
from service.api.schemas.commitments import SAMPLE, Answer, Claim
from service.api.schemas.parts import Blocker, EvidenceFile, Label, Named

MOST_ITEMS = 200
MOST_FILES = 50
GROUPS = ("programme", "party", "subject", "commitment")


class Nihil(Schema):
    """An item of which there is nothing to report, and why."""

    item = fields.Integer(required=True)
    reason = fields.String(required=True)


class Report(Schema):
    """A report as it was submitted. late: after the due day and the grace; receipt: what the submitter keeps."""

    id = fields.String(required=True)
    commitment = fields.String(required=True)
    receipt = fields.String(required=True)
    period = fields.String(required=True)
    number = fields.Integer(required=True)
    office = fields.String(required=True)
    prepared_by = fields.String(required=True)
    submitted_at = Moment(required=True)
    due_on = Day(required=True)
    late = fields.Boolean(required=True)
    note = fields.String(required=True)
    nihil = fields.List(fields.Nested(Nihil), required=True)
    claims = fields.List(fields.Nested(Claim), required=True)


class Window(Schema):
    """When a period takes reports of the party, all days included. stands: coming, open, closed, or unknown.

    The days are null where the working calendar doesn't reach them yet.
    """

    period = fields.String(required=True)
    label = fields.Nested(Label, required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    opens_on = Day(allow_none=True)
    due_on = Day(allow_none=True)
    closes_on = Day(allow_none=True)
    stands = fields.String(required=True)


class Reports(Schema):
    """A commitment's periods, and its reports, oldest first."""

    periods = fields.List(fields.Nested(Window), required=True)
    reports = fields.List(fields.Nested(Report), required=True)


class NihilBody(Schema):
    """An item of which there is nothing to report, and why."""

    item = Whole(least=1, most=1_000_000, required=True)
    reason = LongText(required=True, most=1_000)


class ReportClaimBody(Schema):
    """An item's progress in a report. promised: evidence follows; reason: why a cumulative value falls."""

    item = Whole(least=1, most=1_000_000, required=True)
    value = Quantity(required=True)
    evidence = fields.List(Name(most=64), load_default=list, validate=validate.Length(max=MOST_FILES))
    note = LongText(load_default="")
    own = OwnValues(load_default=())
    promised = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    reason = LongText(load_default="", most=1_000)


class ReportBody(Schema):
    """A period's report, whole. nihil_rest: why there is nothing to report of every other running item."""

    period = Name(most=20, required=True)
    claims = fields.List(fields.Nested(ReportClaimBody), load_default=list, validate=validate.Length(max=MOST_ITEMS))
    nihil = fields.List(fields.Nested(NihilBody), load_default=list, validate=validate.Length(max=MOST_ITEMS))
    nihil_rest = LongText(load_default="", most=1_000)
    note = LongText(load_default="")


class ReportDraftLine(Schema):
    """What is prepared of one item; all of it may be empty still."""

    item = Whole(least=1, most=1_000_000, required=True)
    value = Quantity(load_default=None, allow_none=True)
    note = LongText(load_default="")
    reason = LongText(load_default="", most=1_000)
    nihil = LongText(load_default="", most=1_000)
    promised = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    evidence = fields.List(Name(most=64), load_default=list, validate=validate.Length(max=MOST_FILES))


class ReportDraftBody(Schema):
    """A report that is being prepared. saved: how often it was saved when it was read, 0 for a new one."""

    saved = Whole(least=0, most=1_000_000, required=True)
    lines = fields.List(fields.Nested(ReportDraftLine), load_default=list, validate=validate.Length(max=MOST_ITEMS))
    nihil_rest = LongText(load_default="", most=1_000)
    note = LongText(load_default="")


class PreparedLine(Schema):
    """What is prepared of one item, with its files."""

    item = fields.Integer(required=True)
    value = Quantity(allow_none=True)
    note = fields.String(required=True)
    reason = fields.String(required=True)
    nihil = fields.String(required=True)
    promised = fields.Boolean(required=True)
    evidence = fields.List(fields.Nested(EvidenceFile), required=True)


class ReportDraft(Schema):
    """A report that is being prepared. office: who saved it last."""

    commitment = fields.String(required=True)
    period = fields.String(required=True)
    saved = fields.Integer(required=True)
    saved_at = Moment(allow_none=True)
    office = fields.String(allow_none=True)
    lines = fields.List(fields.Nested(PreparedLine), required=True)
    nihil_rest = fields.String(required=True)
    note = fields.String(required=True)


class ReportAnswer(Answer):
    """What submitting a report did, with its receipt."""

    report = fields.Nested(Report, required=True)


class AttachedBody(Schema):
    """Files to be added to a claim: digests of uploaded ones."""

    evidence = fields.List(Name(most=64), required=True, validate=validate.Length(min=1, max=MOST_FILES))


class PeriodsQuery(Schema):
    """Whose windows are asked for; left out: those of all parties."""

    party = Name(load_default=nothing)


class PeriodChange(Schema):
    """What was said about a period. fact: period-extended, period-closed or period-reopened."""

    fact = fields.String(required=True)
    period = fields.String(required=True)
    parties = fields.List(fields.String(), required=True)
    reason = fields.String(required=True)
    due_on = Day(allow_none=True)
    closes_on = Day(allow_none=True)


class Sample(Schema):
    """The lot of a period. Drawn is a claim whose SHA-256("<seed>/<claim>") begins below permille/1000."""

    period = fields.String(required=True)
    seed = fields.String(required=True)
    permille = fields.Integer(required=True)


class Periods(Schema):
    """A programme's periods with their windows, what was changed about them, and the lots that were drawn."""

    programme = fields.String(required=True)
    periods = fields.List(fields.Nested(Window), required=True)
    changes = fields.List(fields.Nested(PeriodChange), required=True)
    samples = fields.List(fields.Nested(Sample), required=True)


class _Parties(Schema):
    parties = fields.List(Name(), load_default=list, validate=validate.Length(max=1_000))
    reason = LongText(required=True, most=1_000)


class ExtensionBody(_Parties):
    """A longer period. parties: for whom; none: for all."""

    due_on = Day(required=True)
    closes_on = Day(required=True)


class ClosureBody(_Parties):
    """A period that takes no more reports from now on. parties: of whom; none: of anybody."""


class ReopeningBody(_Parties):
    """A closed period that takes reports again until a day. parties: of whom; none: of all."""

    closes_on = Day(required=True)


class Behind(Schema):
    """A commitment that couldn't follow, and why."""

    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    code = fields.String(required=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)


class PeriodAnswer(Schema):
    """What a change of a period did. moved: the commitments of which something was recorded with it."""

    programme = fields.String(required=True)
    period = fields.String(required=True)
    position = fields.Integer(required=True)
    moved = fields.List(fields.String(), required=True)
    left = fields.List(fields.Nested(Behind), required=True)


class ProgressQuery(Schema):
    """How progress is rolled up."""

    by = fields.String(load_default="party", validate=validate.OneOf(GROUPS))
    programme = Name(load_default=nothing)
    party = Name(load_default=nothing)
    subject = Name(load_default=nothing)
    signed = YesNo(load_default="yes")


class ProgressRow(Schema):
    """Progress of a group: the mean over its commitments of how much of the plan's weight is reached, in per mille.

    items are those of the plans in force, items_as_signed those of the plans as first signed.
    claimed rests on what the working offices say, checked on a first office's check, verified on the verification.
    Money that parties owe is summed, in whole rupiah.
    """

    group = fields.Nested(Named, required=True)
    commitments = fields.Integer(required=True)
    items = fields.Integer(required=True)
    items_complete = fields.Integer(required=True)
    items_as_signed = fields.Integer(required=True)
    items_as_signed_complete = fields.Integer(required=True)
    claimed_permille = fields.Integer(required=True)
    checked_permille = fields.Integer(required=True)
    verified_permille = fields.Integer(required=True)
    reports = fields.Integer(required=True)
    reports_late = fields.Integer(required=True)
    reports_overdue = fields.Integer(required=True)
    established_idr = fields.Integer(required=True)
    paid_idr = fields.Integer(required=True)
    proven_idr = fields.Integer(required=True)
    remaining_idr = fields.Integer(required=True)


class Progress(Schema):
    """Progress rolled up, computed from rows and never typed in."""

    by = fields.String(required=True)
    rows = fields.List(fields.Nested(ProgressRow), required=True)
    total = fields.Nested(ProgressRow, allow_none=True)
    sample = fields.Boolean(required=True, metadata={"description": SAMPLE})
