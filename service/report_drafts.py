"""A report while it is being prepared: kept beside the log, changed at will, until it is submitted (ADR 0036).

Text comes first and files follow one by one, so that a line which drops loses nothing. One row a commitment and period;
it is older than a report that was submitted after it, and then nobody is shown it again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import msgspec
from sqlalchemy import Column, Connection, Engine, Integer, String, Table, Text, insert, select, update
from sqlalchemy.exc import IntegrityError

from events.engine import answering, write_transaction
from events.tables import UtcTime
from service.db import metadata
from workflows.commands import MakeClaim, SubmitReport
from workflows.commitment import Commitment
from workflows.facts import Evidence, Nihil

report_draft_table = Table(
    "report_draft",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("period", String, primary_key=True),
    Column("reports_before", Integer, nullable=False),
    Column("saved", Integer, nullable=False),
    Column("saved_at", UtcTime, nullable=False),
    Column("office", String, nullable=False),
    Column("person", String, nullable=False),
    Column("content", Text, nullable=False),
)
"""saved: how often; who saves next must have seen that number. office, person: who prepared it last."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """What is prepared of one item; nihil: the reason why there is nothing to report."""

    item: int
    value: Decimal | None = None
    note: str = ""
    reason: str = ""
    nihil: str = ""
    promised: bool = False
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """What is prepared of a report."""

    lines: tuple[DraftLine, ...] = ()
    nihil_rest: str = ""
    note: str = ""

    def line(self, item: int) -> DraftLine:
        """The line of an item, empty where nothing is prepared."""
        return next((line for line in self.lines if line.item == item), DraftLine(item))


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A draft as it was saved last."""

    content: Content
    saved: int
    saved_at: datetime
    office: str
    person: str


class DraftMoved(Exception):
    """Somebody saved the draft since it was read; nothing was written. draft: what stands now"""

    def __init__(self, draft: ReportDraft) -> None:
        super().__init__(f"saved {draft.saved} times")
        self.draft = draft


def read_draft(engine: Engine, commitment: Commitment, period: str) -> ReportDraft | None:
    """The draft of a period's next report; None where none was saved since the last one was submitted."""
    with answering(), engine.connect() as connection:
        found = _row(connection, commitment.id, period)
    return None if found is None or found[0] < len(commitment.reports_of(period)) else found[1]


def save_draft(
    engine: Engine,
    commitment: Commitment,
    period: str,
    content: Content,
    *,
    seen: int,
    office: str,
    person: str,
    now: datetime,
) -> ReportDraft:
    """Keep the draft. seen: how often it was saved when it was read, 0 for a new one

    raises  DraftMoved where somebody else saved it meanwhile
    """
    current = read_draft(engine, commitment, period)
    saved = 0 if current is None else current.saved
    if seen != saved and current is not None:
        raise DraftMoved(current)
    draft = ReportDraft(content, saved + 1, now, office, person)
    if not _written(engine, commitment, period, draft, is_current=current is not None):
        moved = read_draft(engine, commitment, period)
        raise DraftMoved(draft if moved is None else moved)
    return draft


def command_of(period: str, content: Content, *, prepared_by: tuple[str, str]) -> SubmitReport:
    """The command that submits the content. prepared_by: office and person; empty: whoever submits it"""
    claims = tuple(
        MakeClaim(
            item=line.item,
            value=line.value,
            evidence=line.evidence,
            note=line.note,
            promised=line.promised,
            reason=line.reason,
        )
        for line in content.lines
        if line.value is not None
    )
    nihil = tuple(Nihil(line.item, line.nihil) for line in content.lines if line.nihil)
    return SubmitReport(period, claims, nihil, content.nihil_rest, content.note, *prepared_by)


def _row(connection: Connection, commitment: str, period: str) -> tuple[int, ReportDraft] | None:
    table = report_draft_table.c
    row = connection.execute(
        select(table.reports_before, table.content, table.saved, table.saved_at, table.office, table.person).where(
            table.commitment == commitment, table.period == period
        )
    ).one_or_none()
    if row is None:
        return None
    before, content, *rest = row
    return before, ReportDraft(msgspec.json.decode(content, type=Content), *rest)


def _written(engine: Engine, commitment: Commitment, period: str, draft: ReportDraft, *, is_current: bool) -> bool:
    """Whether it was written: not where another's save came in between."""
    before = len(commitment.reports_of(period))
    values = {
        "reports_before": before,
        "saved": draft.saved,
        "saved_at": draft.saved_at,
        "office": draft.office,
        "person": draft.person,
        "content": msgspec.json.encode(draft.content).decode(),
    }
    table = report_draft_table.c
    mine = (table.commitment == commitment.id) & (table.period == period)
    unmoved = (table.reports_before == before) & (table.saved == draft.saved - 1)
    change = update(report_draft_table).where(mine & (unmoved if is_current else table.reports_before < before))
    try:
        with write_transaction(engine) as connection:
            if connection.execute(change.values(values)).rowcount:
                return True
            if is_current:
                return False
            connection.execute(insert(report_draft_table).values(commitment=commitment.id, period=period, **values))
    except IntegrityError:
        return False
    return True
