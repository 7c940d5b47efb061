"""What waits for whom: one row for each thing that an office can do now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from sqlalchemy import Column, Date, Index, Integer, String, Table

from events.tables import UtcTime
from service.db import metadata
from service.read_models.model import History, Row, Rows
from workflows.commitment import Claim, Commitment, Request

inbox_table = Table(
    "inbox",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("kind", String, primary_key=True),
    Column("key", String, primary_key=True),
    Column("office", String, primary_key=True),
    Column("programme", String, nullable=False),
    Column("party", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("reference", String, nullable=False),
    Column("move", String),
    Column("step", String),
    Column("item", Integer),
    Column("asked_by", String),
    Column("since", UtcTime, nullable=False),
    Column("due_on", Date),
    Column("due_at", UtcTime),
    Index("ix_inbox_office", "office", "due_at"),
)


class Inbox:
    """The read model `inbox`.

    kind  decision, preparation, opinion, revision, verification, repair, evidence, answer, reply, task, report
    """

    name = "inbox"
    version = 1
    tables = (inbox_table,)

    def rows(self, history: History) -> Rows:
        """Everything of one commitment that waits for an office."""
        state = history.state
        return {
            inbox_table: [
                *_decisions(state),
                *_revisions(state),
                *_claims(state),
                *_matters(state),
                *_tasks(state),
                *_reports(state),
            ]
        }


def _row(
    state: Commitment,
    kind: str,
    key: str,
    office: str,
    since: datetime,
    *,
    move: str | None = None,
    step: str | None = None,
    item: int | None = None,
    asked_by: str | None = None,
    due: tuple[date, datetime] | None = None,
) -> Row:
    drafted = state.drafted
    return {
        "commitment": state.id,
        "kind": kind,
        "key": key,
        "office": office,
        "programme": drafted.programme,
        "party": drafted.party,
        "subject": drafted.subject,
        "reference": drafted.reference,
        "move": move,
        "step": step,
        "item": item,
        "asked_by": asked_by,
        "since": since,
        "due_on": due[0] if due else None,
        "due_at": due[1] if due else None,
    }


def _decisions(state: Commitment) -> Iterator[Row]:
    request = state.open_request
    if request is None:
        return
    opened = request.opened
    for reached in request.reached:
        owed = state.owed[reached.obligation.obligation]
        yield _row(
            state,
            "decision",
            opened.request,
            reached.office,
            owed.arisen_at,
            move=opened.move,
            step=reached.step,
            asked_by=opened.asked_by,
            due=(reached.obligation.due_on, reached.obligation.due_at),
        )
    yield from _preparations(state, request)
    heard = {opinion.office for opinion in request.opinions}
    for invited in request.invited:
        if invited.office not in heard:
            due = (invited.due_on, invited.due_at)
            since = request.opened_at
            yield _row(
                state,
                "opinion",
                opened.request,
                invited.office,
                since,
                move=opened.move,
                asked_by=opened.asked_by,
                due=due,
            )


def _preparations(state: Commitment, request: Request) -> Iterator[Row]:
    due = {(one.step, one.office): one.obligation for one in request.reached}
    for one in request.preparing:
        forwarded = one.forwarded
        owed = due[forwarded.step, forwarded.by]
        yield _row(
            state,
            "preparation",
            request.opened.request,
            forwarded.office,
            one.at,
            move=request.opened.move,
            step=forwarded.step,
            asked_by=forwarded.by,
            due=(owed.due_on, owed.due_at),
        )


def _revisions(state: Commitment) -> Iterator[Row]:
    latest: dict[str, Request] = {request.opened.move: request for request in state.requests.values()}
    for request in latest.values():
        opened = request.opened
        if (
            request.status in ("returned", "void")
            and state.state == request.from_state
            and request.closed_at is not None
        ):
            yield _row(state, "revision", opened.request, opened.asked_by, request.closed_at, move=opened.move)


def _claims(state: Commitment) -> Iterator[Row]:
    """Claims that somebody is to look at, those sent back, and those whose promised evidence hasn't come."""
    latest: dict[int, Claim] = {claim.made.item: claim for claim in state.claims.values()}
    for claim in state.claims.values():
        made, looks = claim.made, claim.waits_for
        if looks is not None and claim.evidence:
            since = claim.checked_at or claim.made_at
            due = _look_due(state, made.number)
            yield _row(state, "verification", made.claim, looks, since, item=made.item, asked_by=made.office, due=due)
        elif looks is not None:
            for office in _claimants(state, claim):
                yield _row(state, "evidence", made.claim, office, claim.made_at, item=made.item)
        elif claim.status in ("returned", "revoked") and claim.decided_at is not None and latest[made.item] is claim:
            for office in _claimants(state, claim):
                yield _row(state, "repair", made.claim, office, claim.decided_at, item=made.item)


def _look_due(state: Commitment, claim: int) -> tuple[date, datetime] | None:
    """Until when the look at a claim is owed; None where no limit holds."""
    owed = state.look_owed(claim)
    return None if owed is None else (owed.due_on, owed.due_at)


def _claimants(state: Commitment, claim: Claim) -> tuple[str, ...]:
    """The office that claimed and, in a report, the one that prepared it and the PIC, who does the work."""
    report = None if claim.made.report is None else state.reports[claim.made.report].submitted
    prepared = () if report is None else (report.prepared_by, state.pic)
    return tuple(dict.fromkeys((claim.made.office, *prepared)))


def _reports(state: Commitment) -> Iterator[Row]:
    """The report that is due next: for whoever prepares it and for the agency that submits it."""
    owed = [one for one in state.owed.values() if one.is_open and one.obligation.kind == "report"]
    if not owed:
        return
    following = min(owed, key=lambda one: one.obligation.due_at)
    one = following.obligation
    for office in dict.fromkeys((one.office, state.pic, state.agency)):
        due = (one.due_on, one.due_at)
        yield _row(state, "report", one.obligation, office, following.arisen_at, due=due)


def _matters(state: Commitment) -> Iterator[Row]:
    """An answer for whom a matter is addressed to, and once there is one, for who raised it to judge."""
    for matter in state.matters.values():
        if matter.addressee is None or matter.obligation is None:
            continue
        owed = state.owed[matter.obligation]
        if matter.status == "open":
            due = (owed.obligation.due_on, owed.obligation.due_at) if owed.is_open else None
            since, by = owed.arisen_at, matter.office
            yield _row(state, "answer", matter.id, matter.addressee, since, item=matter.item, asked_by=by, due=due)
        elif matter.status == "answered":
            since, by = matter.answers[-1].at, matter.addressee
            yield _row(state, "reply", matter.id, matter.office, since, item=matter.item, asked_by=by)


def _tasks(state: Commitment) -> Iterator[Row]:
    for owed in state.owed.values():
        one = owed.obligation
        if owed.is_open and one.kind in ("item", "duty"):
            yield _row(
                state,
                "task",
                one.obligation,
                one.office,
                owed.arisen_at,
                item=int(one.subject) if one.kind == "item" else None,
                due=(one.due_on, one.due_at),
            )
