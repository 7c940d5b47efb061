"""Escalation by the clock: due levels are rows, claimed with a lease, dispatched through the same door as people."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Integer,
    Select,
    String,
    Table,
    and_,
    case,
    delete,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from events.engine import answering, write_transaction
from events.envelope import Json
from events.tables import UtcTime
from service.catalog import commitment_stream
from service.db import metadata
from service.dispatch import Ask, Caller, dispatch
from service.read_models.obligations import obligation_table
from service.runtime import Runtime
from workflows.commands import Escalate
from workflows.context import Acting
from workflows.errors import Refused

CLOCK = Caller(Acting(office="clock", person="clock"), signin="clock:")
LEASE = timedelta(seconds=5)
CLAIMED_AT_ONCE = 50

_log = logging.getLogger("kawal.timers")

timer_table = Table(
    "timer",
    metadata,
    Column("commitment", String, primary_key=True),
    Column("obligation", String, primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("level", Integer, primary_key=True),
    Column("not_before", UtcTime, nullable=False),
    Column("outcome", String),
)


_Columns: TypeAlias = tuple[str, str, int, int, int, datetime]


@dataclass(frozen=True, slots=True)
class DueLevel:
    """One level of one obligation whose moment has come."""

    commitment: str
    obligation: str
    round: int
    ladder_version: int
    level: int
    at: datetime

    @property
    def operation(self) -> str:
        """The operation key: however often a level is taken, it is taken once."""
        return f"timer:{self.commitment}/{self.obligation}:{self.ladder_version}:{self.level}:{self.round}"


def tick(runtime: Runtime) -> int:
    """Take every level that is due and not in another worker's hands; returns how many.

    After an outage an obligation fires once, whatever it missed: each pass offers its next level alone, and the rules
    keep a full interval between two.
    """
    now = runtime.now()
    due = claim(runtime.engine, now)
    for level in due:
        _take(runtime, level, now)
    return len(due)


def claim(engine: Engine, now: datetime) -> list[DueLevel]:
    """Lease the levels that are due, oldest first; two workers never hold the same one."""
    if not _due(engine, now):
        return []
    with write_transaction(engine) as connection:
        rows = connection.execute(_due_statement(now).with_for_update(skip_locked=True, of=obligation_table))
        due = [DueLevel(*cast("_Columns", tuple(row))) for row in rows.all()]
        return [level for level in due if _lease(connection, level, now)]


def is_owed(engine: Engine, now: datetime) -> bool:
    """Whether any level's moment has come that was neither taken nor put off by the rules."""
    statement = _awaited(now, or_(timer_table.c.outcome.is_(None), timer_table.c.not_before <= now)).limit(1)
    with answering(), engine.connect() as connection:
        return connection.execute(statement).first() is not None


def next_moment(engine: Engine) -> datetime | None:
    """When the next level of any obligation is to be taken; None if nothing is owed.

    A level that the rules put off counts from the moment that they named, not from the one that it missed.
    """
    owed, timer = obligation_table.c, timer_table.c
    statement = (
        select(func.min(case((timer.not_before > owed.next_at, timer.not_before), else_=owed.next_at)))
        .select_from(obligation_table.outerjoin(timer_table, _same()))
        .where(owed.status == "open", owed.next_at.is_not(None))
    )
    with answering(), engine.connect() as connection:
        found: datetime | None = connection.execute(statement).scalar_one()
    return found


def _lease(connection: Connection, level: DueLevel, now: datetime) -> bool:
    """Whether it is this worker's now: another may have leased it after the rows were read."""
    make = sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert
    lease = make(timer_table).values(_row(level, now + LEASE, None))
    statement = lease.on_conflict_do_update(
        index_elements=list(timer_table.primary_key.columns),
        set_={"not_before": lease.excluded.not_before, "outcome": None},
        where=timer_table.c.not_before <= now,
    ).returning(timer_table.c.level)
    return connection.execute(statement).first() is not None


def _due(engine: Engine, now: datetime) -> bool:
    with answering(), engine.connect() as connection:
        return connection.execute(_due_statement(now).limit(1)).first() is not None


def _due_statement(now: datetime) -> Select[_Columns]:
    free = or_(timer_table.c.not_before.is_(None), timer_table.c.not_before <= now)
    owed = obligation_table.c
    return _awaited(now, free).order_by(owed.next_at, owed.commitment, owed.obligation).limit(CLAIMED_AT_ONCE)


def _awaited(now: datetime, condition: ColumnElement[bool]) -> Select[_Columns]:
    owed = obligation_table.c
    return (
        select(owed.commitment, owed.obligation, owed.round, owed.ladder_version, owed.next_level, owed.next_at)
        .select_from(obligation_table.outerjoin(timer_table, _same()))
        .where(owed.status == "open", owed.next_at <= now, condition)
    )


def _same() -> ColumnElement[bool]:
    owed, timer = obligation_table.c, timer_table.c
    return and_(
        timer.commitment == owed.commitment,
        timer.obligation == owed.obligation,
        timer.round == owed.round,
        timer.level == owed.next_level,
    )


def _take(runtime: Runtime, level: DueLevel, now: datetime) -> None:
    command = Escalate(level.obligation, level.round, level.ladder_version, level.level)
    request: dict[str, Json] = {"obligation": level.obligation, "round": level.round, "level": level.level}
    ask = Ask(command, commitment_stream(level.commitment), CLOCK, level.operation, request)
    try:
        dispatch(runtime, ask)
    except Refused as refused:
        # The read model was behind (just approved), or an outage moved the level: the rules say until when.
        until = refused.blockers[0].until or now + LEASE
        _put_off(runtime.engine, level, until, refused.code)
        _log.info("%s not taken: %s until %s", level.operation, refused.code, until.isoformat())


def _put_off(engine: Engine, level: DueLevel, until: datetime, outcome: str) -> None:
    with write_transaction(engine) as connection:
        connection.execute(delete(timer_table).where(_is(level)))
        connection.execute(insert(timer_table).values(_row(level, until, outcome)))


def _is(level: DueLevel) -> ColumnElement[bool]:
    timer = timer_table.c
    return and_(
        timer.commitment == level.commitment,
        timer.obligation == level.obligation,
        timer.round == level.round,
        timer.level == level.level,
    )


def _row(level: DueLevel, not_before: datetime, outcome: str | None) -> dict[str, object]:
    return {
        "commitment": level.commitment,
        "obligation": level.obligation,
        "round": level.round,
        "level": level.level,
        "not_before": not_before,
        "outcome": outcome,
    }
