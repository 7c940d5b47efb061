"""When the clock last looked, and whether a start may believe the machine's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Column, Engine, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from events.engine import answering, write_transaction
from events.reader import Reader
from events.tables import UtcTime
from service.db import metadata

TICKING = "tick"
STREAM = "clock"
BEHIND_BY = timedelta(seconds=5)
SILENT_FOR = timedelta(days=1)

heartbeat_table = Table(
    "heartbeat",
    metadata,
    Column("name", String, primary_key=True),
    Column("looked_at", UtcTime, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why the clock can't be believed without an operator's word.

    why     behind: it stands before what the log knows already · silent: nobody looked for over a day
    since   the moment it is measured with: the log's head, or the last heartbeat
    """

    why: Literal["behind", "silent"]
    since: datetime
    now: datetime


def beat(engine: Engine, now: datetime, name: str = TICKING) -> None:
    """Note that somebody looked at `now`, by the log's clock."""
    make = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    statement = make(heartbeat_table).values(name=name, looked_at=now)
    with write_transaction(engine) as connection:
        connection.execute(
            statement.on_conflict_do_update(index_elements=["name"], set_={"looked_at": statement.excluded.looked_at})
        )


def last_beat(engine: Engine, name: str = TICKING) -> datetime | None:
    """When somebody last looked, by the log's clock; None if nobody ever did."""
    statement = select(heartbeat_table.c.looked_at).where(heartbeat_table.c.name == name)
    with answering(), engine.connect() as connection:
        return connection.execute(statement).scalar_one_or_none()


def doubt(engine: Engine, reader: Reader) -> Doubt | None:
    """What speaks against this machine's time; None in a demo log, whose clock stands while it isn't played."""
    head = reader.log_head()
    if reader.kind == "demo" or head is None:
        return None
    now = reader.now()
    if now < head.known_at - BEHIND_BY and not is_accepted(reader, head.known_at, now):
        return Doubt("behind", head.known_at, now)
    looked_at = last_beat(engine)
    if looked_at is not None and now - looked_at > SILENT_FOR:
        return Doubt("silent", looked_at, now)
    return None


def is_accepted(reader: Reader, bar: datetime, now: datetime) -> bool:
    """Whether an operator said of this very bar, or a later one, that an earlier time than now is right."""
    corrections = (event.data for event in reader.read_stream(STREAM))
    return any(
        datetime.fromisoformat(str(said["before"])) >= bar
        and now >= datetime.fromisoformat(str(said["after"])) - BEHIND_BY
        for said in corrections
    )
