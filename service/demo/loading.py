"""How far the demo has come, as a row: pages and `kawal demo status` show it while another process plays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Column, Engine, Integer, Table, delete, insert, select, update

from events.engine import write_transaction
from events.tables import UtcTime
from service.db import metadata

demo_loading_table = Table(
    "demo_loading",
    metadata,
    Column("one", Integer, primary_key=True),
    Column("steps", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("story_at", UtcTime, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("finished_at", UtcTime),
)


@dataclass(frozen=True, slots=True)
class Loading:
    """The demo's loading: steps of the story, how many are done, the demo time reached; real times of start and end."""

    steps: int
    done: int
    story_at: datetime
    started_at: datetime
    finished_at: datetime | None

    @property
    def took(self) -> timedelta | None:
        """How long it took; None while it goes on."""
        return None if self.finished_at is None else self.finished_at - self.started_at


def loading(engine: Engine) -> Loading | None:
    """What is known of the demo's loading; None where no demo was ever begun."""
    with engine.connect() as connection:
        row = connection.execute(select(demo_loading_table)).one_or_none()
    return None if row is None else Loading(row.steps, row.done, row.story_at, row.started_at, row.finished_at)


def begin(engine: Engine, *, steps: int, story_at: datetime, now: datetime) -> None:
    """Note that loading begins, or begins again after it was stopped."""
    with write_transaction(engine) as connection:
        connection.execute(delete(demo_loading_table))
        connection.execute(
            insert(demo_loading_table).values(one=1, steps=steps, done=0, story_at=story_at, started_at=now)
        )


def note_progress(engine: Engine, *, done: int, story_at: datetime, finished_at: datetime | None = None) -> None:
    """Note how far it has come."""
    with write_transaction(engine) as connection:
        connection.execute(update(demo_loading_table).values(done=done, story_at=story_at, finished_at=finished_at))
