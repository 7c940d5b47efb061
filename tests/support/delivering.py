"""A database with notices on their way, for tests of telling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, select

from events.engine import make_engine, write_transaction
from service.db import create_schema
from service.notifications import reading
from service.notifications.notices import Notice, write_notices
from service.notifications.tables import delivery
from tests.support.databases import fresh_database

DOMAIN = "kawal.example"
WRITTEN = datetime(2022, 4, 14, 1, 0, tzinfo=UTC)
NOTICE = Notice(
    commitment="0190c0de",
    position=1,
    version=1,
    fact="step-reached",
    office="61.02.sekda",
    person="p1",
    why="approver",
    urgency="now",
    action=True,
    language="id",
    subject="Mohon putusan [2]: Mulai replikasi, e-OPen, Kabupaten Mempawah",
    body="Yth. Bapak/Ibu,\n\nPerubahan: Ditandatangani → Dalam replikasi\n",
    path="/commitments/0190c0de#r2",
    created_at=WRITTEN,
    address="kantor1@mempawah.example",
)


@dataclass(frozen=True, slots=True)
class World:
    """One database with deliveries in it."""

    url: str
    engine: Engine

    def tell(self, count: int = 1, **changes: object) -> None:
        """Write so many notices to as many addresses, changed alike."""
        numbered = (replace(NOTICE, position=n, address=f"kantor{n}@mempawah.example") for n in range(1, count + 1))
        self.write(*(replace(one, **changes) for one in numbered))  # type: ignore[arg-type]  # fields by name

    def write(self, *notices: Notice) -> int:
        """Write these; returns how many are new."""
        with write_transaction(self.engine) as connection:
            return write_notices(connection, notices, domain=DOMAIN, now=WRITTEN)

    def statuses(self) -> dict[str, int]:
        """How many deliveries there are of each status that occurs."""
        return {status: count for status, count in reading.counts(self.engine).items() if count}

    def rows(self) -> list[tuple[str, int, str]]:
        """Status, attempts and Message-ID of every delivery, oldest first."""
        with self.engine.connect() as connection:
            columns = select(delivery.c.status, delivery.c.attempts, delivery.c.message_id).order_by(delivery.c.id)
            return [(row.status, row.attempts, row.message_id) for row in connection.execute(columns)]


@contextmanager
def world_on(kind: str, directory: Path) -> Iterator[World]:
    """A world in a fresh database of that engine."""
    with fresh_database(kind, directory) as url:
        engine = make_engine(url)
        create_schema(engine)
        yield World(url, engine)
        engine.dispose()


def later(delay: timedelta) -> datetime:
    """The machine's time after a delay from now."""
    return datetime.now(UTC) + delay
