"""The inbox, the matrix, notices, histories and the feed."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from service.advice import LONGEST
from service.api.fields import AskedWhole, Day, LongText, Moment, Name, YesNo, nothing
from service.api.schemas.commitments import SAMPLE, AsOf, Page, PastQuery
from service.api.schemas.parts import Label, Named
from service.read_models.matrix import DIMENSIONS

KINDS = (
    "decision",
    "preparation",
    "opinion",
    "revision",
    "verification",
    "repair",
    "evidence",
    "answer",
    "reply",
    "task",
    "report",
)


class InboxQuery(Page):
    """Which things that wait."""

    kind = fields.String(load_default=nothing, validate=validate.OneOf(KINDS))


class Waiting(Schema):
    """One thing that the office can do now. key: the request, claim or obligation."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    key = fields.String(required=True)
    commitment = fields.String(required=True)
    reference = fields.String(required=True)
    programme = fields.String(required=True)
    sample = fields.Boolean(required=True, metadata={"description": SAMPLE})
    party = fields.String(required=True)
    subject = fields.String(required=True)
    state = fields.String(required=True)
    move = fields.String(allow_none=True)
    step = fields.String(allow_none=True)
    item = fields.Integer(allow_none=True)
    asked_by = fields.String(allow_none=True)
    since = Moment(required=True)
    due_on = Day(allow_none=True)
    due_at = Moment(allow_none=True)
    on_behalf_of = fields.String(
        allow_none=True, metadata={"description": "whose authority it needs, where that isn't the own office's"}
    )
    delegated_to = fields.String(
        allow_none=True, metadata={"description": "the office that may do it in its place, by a delegation"}
    )
    delegated_until = Day(allow_none=True)
    star = fields.Boolean(required=True, metadata={"description": "sorted to the front by the office or an assistant"})
    advice = fields.String(allow_none=True, metadata={"description": "one line, of the office or an assistant"})
    advised_by = fields.String(allow_none=True)


class Inbox(Schema):
    """One page of what waits for the office, the most pressing first."""

    office = fields.String(required=True)
    total = fields.Integer(required=True)
    waiting = fields.List(fields.Nested(Waiting), required=True)
    next = fields.String(allow_none=True)


class AdviceBody(Schema):
    """A note beside something that waits: as the inbox names it. text: one line."""

    commitment = Name(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    key = Name(required=True)
    star = fields.Boolean(load_default=False, truthy={True}, falsy={False})
    text = LongText(load_default="", most=LONGEST)


class AdviceReply(Schema):
    """The note as it is now. advised_by: the own office of who wrote it."""

    office = fields.String(required=True)
    commitment = fields.String(required=True)
    kind = fields.String(required=True)
    key = fields.String(required=True)
    star = fields.Boolean(required=True)
    advice = fields.String(allow_none=True)
    advised_by = fields.String(allow_none=True)


class MatrixQuery(PastQuery):
    """Which matrix."""

    rows = fields.String(load_default="party", validate=validate.OneOf(DIMENSIONS))
    cols = fields.String(load_default="subject", validate=validate.OneOf(DIMENSIONS))
    programme = Name(load_default=nothing)
    party = Name(load_default=nothing)
    subject = Name(load_default=nothing)
    state = Name(load_default=nothing)


class Cell(Schema):
    """The commitments of one row and column.

    state and label: of all of them, where they stand in one; commitment: the only one; signed, open, overdue: how many,
    null in a past view. open_move, open_step, open_office: what waits of the one that was drafted last.
    """

    row = fields.String(required=True)
    col = fields.String(required=True)
    count = fields.Integer(required=True)
    states = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    state = fields.String(allow_none=True)
    label = fields.Nested(Label, allow_none=True)
    commitment = fields.String(allow_none=True)
    signed = fields.Integer(allow_none=True)
    open = fields.Integer(allow_none=True)
    overdue = fields.Integer(allow_none=True)
    findings = fields.Integer(allow_none=True, metadata={"description": "how many are open; null in a past view"})
    held = fields.Integer(allow_none=True, metadata={"description": "how many are on hold; null in a past view"})
    open_move = fields.String(allow_none=True)
    open_step = fields.String(allow_none=True)
    open_office = fields.String(allow_none=True)


class Matrix(Schema):
    """Two dimensions against each other; cells without commitments aren't listed."""

    rows = fields.List(fields.Nested(Named), required=True)
    cols = fields.List(fields.Nested(Named), required=True)
    cells = fields.List(fields.Nested(Cell), required=True)
    sample = fields.Boolean(required=True, metadata={"description": "of some of what is counted, the data is made up"})
    totals = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    as_of = fields.Nested(AsOf, allow_none=True)


class NoticeQuery(Page):
    """Which notices."""

    unread = YesNo(load_default=nothing)


class Notice(Schema):
    """Something that the person was told in this office. read_at: null until it was opened."""

    id = fields.String(required=True)
    commitment = fields.String(
        allow_none=True, metadata={"description": "null where it is about an office: a delegation, an appointment"}
    )
    position = fields.Integer(required=True)
    fact = fields.String(required=True)
    why = fields.String(required=True)
    urgency = fields.String(required=True)
    action = fields.Boolean(required=True)
    language = fields.String(required=True)
    subject = fields.String(required=True)
    body = fields.String(required=True)
    path = fields.String(required=True)
    created_at = Moment(required=True)
    read_at = Moment(allow_none=True)


class Notices(Schema):
    """One page of notices, the newest first."""

    unread = fields.Integer(required=True)
    notices = fields.List(fields.Nested(Notice), required=True)
    next = fields.String(allow_none=True)


class NoticeRead(Schema):
    """A notice that was opened."""

    id = fields.String(required=True)


class Happened(Schema):
    """One fact of a commitment's history, in a sentence of the caller's language.

    recorded_at: when the log learnt it; valid_at: when it was true.
    """

    version = fields.Integer(required=True)
    position = fields.Integer(required=True)
    fact = fields.String(required=True)
    sentence = fields.String(required=True)
    office = fields.Nested(Named, required=True)
    capacity = fields.String(required=True)
    on_behalf_of = fields.String(allow_none=True)
    recorded_at = Moment(required=True)
    valid_at = Moment(required=True)


class History(Schema):
    """One page of a commitment's history, oldest first."""

    commitment = fields.String(required=True)
    history = fields.List(fields.Nested(Happened), required=True)
    next = fields.String(allow_none=True)


class FeedQuery(Schema):
    """From where the log is read.

    leaf_hash: of the event at `after`, as the last batch gave it: the answer is 409 if the log holds another one there.
    """

    after = AskedWhole(least=0, most=10**15 - 1, load_default=0)
    limit = AskedWhole(least=1, most=1_000, load_default=200)
    leaf_hash = fields.String(load_default=nothing, validate=validate.Length(max=64))


class FedEvent(Schema):
    """An event as it was recorded: a CloudEvents 1.0 envelope, with its place in the log.

    reduced: own fields of the workflow that the office doesn't see were left out, so leaf_hash isn't of this body.
    """

    position = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)
    known_at = Moment(required=True)
    event = fields.Dict(required=True)
    reduced = fields.Boolean(required=True)


class Feed(Schema):
    """One batch of the log, in order: every event up to `complete_to` that the office may see."""

    events = fields.List(fields.Nested(FedEvent), required=True)
    complete_to = fields.Integer(required=True)
    leaf_hash = fields.String(required=True)
    next_after = fields.Integer(required=True)
