"""Workers are killed wherever it hurts most: in a batch, in a tick, while sending; and two of them work at once."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import text

from events.engine import write_transaction
from service import process, timers, verification
from tests.support.live import Live, Prepared, crowded_draft, running
from tests.support.mail import Mailbox
from tests.support.persistent import AtWork, Persistent, approvals, assert_kept
from tests.support.processes import eventually
from tests.support.world import HEAD, REGION

pytestmark = pytest.mark.serial
WORKERS = ("worker-1", "worker-2")
SEED = 20221018
DELIVERIES = text("SELECT message_id FROM delivery JOIN notice ON notice.id = notice WHERE position > :begin")
IN_THE_MIDST_S = 0.004
"""A heartbeat is written faster; a batch takes longer."""


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Mailbox]:
    """The mail server that kawal sends to."""
    with Mailbox() as box:
        yield box


@pytest.fixture(scope="module")
def crew(made: Prepared, mailbox: Mailbox, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A kawal with two workers and a mail server."""
    env = {"KAWAL_WORKERS": "2", "KAWAL_SMTP_URL": mailbox.url}
    with running(made.copied(tmp_path_factory.mktemp("crew") / "data"), made, env=env) as live:
        live.caught_up()
        yield live


def test_two_workers_that_are_killed_in_turn_tell_and_fold_everything_once(crew: Live, mailbox: Mailbox) -> None:
    chance, client = random.Random(SEED), Persistent(crew.wire)
    mailbox.verdict = lambda letter: "250 OK"
    kills, dead = 3, set[int]()
    work = AtWork(client, lambda: approvals(client, range(80, 110)), lambda: approvals(client, range(115, 145)))
    for number in range(kills):
        work.wait(chance.randint(3, 8))
        name = WORKERS[number % 2]
        pid = crew.up.kill(name)
        crew.up.wait_replaced(name, pid)
        dead.add(pid)
    work.wait(4)
    work.finish()
    assert_kept(crew, client)
    crew.caught_up()
    crew.verify()
    end_leases(crew, dead)
    eventually(lambda: not unsent(crew), 30, f"the letters (seed {SEED})")
    with crew.runtime.engine.connect() as connection:
        told = list(connection.execute(text("SELECT position, office, person FROM notice")))
        names = set(connection.execute(DELIVERIES, {"begin": crew.begins_at}).scalars())
    assert len(told) == len(set(told))
    came = Counter(mailbox.ids)
    assert set(came) == names
    assert sum(came.values()) - len(came) <= kills + 1, "a letter comes twice only where its sender was killed"


def test_a_worker_killed_between_sending_and_recording_sends_the_same_letter_again(
    crew: Live, mailbox: Mailbox
) -> None:
    killed: list[tuple[str, int]] = []

    def kill_the_sender(letter: EmailMessage) -> str:
        if not killed:
            pid = sender_of(crew, letter["Message-ID"])
            killed.append((letter["Message-ID"], pid))
            os.kill(pid, signal.SIGKILL)
        return "250 OK"

    came_before = len(mailbox.ids)
    mailbox.verdict = kill_the_sender
    for number in range(2):
        ask_to_sign(crew, number)
    message_id, pid = eventually(lambda: killed and killed[0], 40, f"a letter:\n{crew.up.output[-3000:]}")
    assert process.wait_gone(pid, within_s=10)
    assert status_of(crew, message_id) == "claimed"
    end_leases(crew, {pid})
    eventually(lambda: not unsent(crew), 30, "the letters")
    came = Counter(mailbox.ids[came_before:])
    assert came.pop(message_id) == 2
    assert set(came.values()) <= {1}


def test_a_worker_killed_in_a_batch_leaves_all_of_it_or_nothing(crew: Live) -> None:
    struck = False
    for attempt in range(3):
        with crew.paused("worker-1"):
            with crew.paused("worker-2"):
                for number in range(10 + 15 * attempt, 25 + 15 * attempt):
                    ask_to_sign(crew, number)
                before = checkpoint(crew)
            kill_in_the_midst(crew, "worker-2")
            after = checkpoint(crew)
            assert verification.verify(crew.runtime).agrees
        crew.caught_up()
        struck = struck or after == before
        if struck:
            break
    assert struck, "no kill came before a commit"
    crew.verify()


def test_a_worker_killed_in_a_tick_leaves_the_rest_to_the_next_and_nothing_is_raised_twice(crew: Live) -> None:
    for number in range(60, 72):
        ask_to_sign(crew, number)
    crew.caught_up()
    before = len(raised(crew))
    with crew.paused("worker-2"):
        pid = crew.up.pid("worker-1")
        crew.runtime.store.advance_clock(by=timedelta(days=8))
        # Claimed and dispatched in turn: the first is recorded, the others are leased to the process that dies.
        eventually_soon(lambda: len(raised(crew)) > before, "the first level taken")
        os.kill(pid, signal.SIGKILL)
        at_the_kill = len(raised(crew)) - before
    assert process.wait_gone(pid, within_s=10)
    eventually(lambda: not timers.is_owed(crew.runtime.engine, crew.runtime.now()), 40, "every level")
    levels = raised(crew)
    assert len(set(levels)) == len(levels)
    assert 0 < at_the_kill < len(levels) - before, "the kill came too late to leave anything"
    crew.caught_up()
    crew.verify()


def kill_in_the_midst(live: Live, name: str) -> None:
    """SIGKILL a worker while it holds the write queue for longer than a heartbeat does."""
    pid, lock = live.up.pid(name), live.data_dir / "kawal.db.lock"
    until, since = time.monotonic() + 30, 0.0
    while True:
        now = time.monotonic()
        assert now < until, "the worker never wrote"
        if pid not in holders_of(lock):
            since = 0.0
        elif since == 0.0:
            since = now
        elif now - since > IN_THE_MIDST_S:
            os.kill(pid, signal.SIGKILL)
            assert process.wait_gone(pid, within_s=10)
            return


def holders_of(lock: Path) -> set[int]:
    """The processes that hold a flock on the file, by the kernel's list."""
    inode = f":{lock.stat().st_ino}"
    rows = (line.split() for line in Path("/proc/locks").read_text().splitlines())
    return {int(row[4]) for row in rows if row[1] == "FLOCK" and row[5].endswith(inode)}


def eventually_soon(question: object, what: str) -> None:
    """Ask without a pause: what is waited for is over in milliseconds."""
    until = time.monotonic() + 20
    while not question():
        assert time.monotonic() < until, what


def ask_to_sign(live: Live, number: int) -> None:
    """Draft a commitment and ask for its signature: the coordinator is told and owes a decision."""
    drafted = live.wire.post(REGION, "/commitments", crowded_draft(number))
    asked = live.wire.post(HEAD, f"/commitments/{drafted.json['commitment']}/requests", {"move": "sign"})
    assert asked.status == 201, asked.body


def checkpoint(live: Live) -> list[tuple[str, int]]:
    """How far every read model is."""
    with live.runtime.engine.connect() as connection:
        return [(row.name, row.position) for row in connection.execute(text("SELECT name, position FROM checkpoint"))]


def raised(live: Live) -> list[tuple[object, ...]]:
    """Every level that was raised."""
    with live.runtime.engine.connect() as connection:
        found = connection.execute(text("SELECT operation FROM event WHERE type = 'escalation-raised'"))
        return [tuple(row) for row in found]


def sender_of(live: Live, message_id: str) -> int:
    """The process that has claimed a letter."""
    statement = text("SELECT claimed_by FROM delivery WHERE message_id = :id AND status = 'claimed'")
    with live.runtime.engine.connect() as connection:
        return sender(str(connection.execute(statement, {"id": message_id}).scalar_one()))


def sender(claimed_by: str) -> int:
    """The process in the name that a claim carries."""
    return int(claimed_by.partition("/")[0].rpartition(".")[2])


def status_of(live: Live, message_id: str) -> str:
    """A delivery's status."""
    statement = text("SELECT status FROM delivery WHERE message_id = :id")
    with live.runtime.engine.connect() as connection:
        return str(connection.execute(statement, {"id": message_id}).scalar_one())


def unsent(live: Live) -> int:
    """How many deliveries aren't sent yet."""
    with live.runtime.engine.connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM delivery WHERE status <> 'sent'")).scalar_one())


def end_leases(live: Live, dead: set[int]) -> None:
    """Stands in for the ten minutes after which a dead sender's claims are free; a living one's stay its own."""
    past = (datetime.now(UTC) - timedelta(seconds=1)).isoformat()
    claimed = text("SELECT message_id, claimed_by FROM delivery WHERE status = 'claimed'")
    ended = text("UPDATE delivery SET claimed_until = :past WHERE message_id = :id AND status = 'claimed'")
    with write_transaction(live.runtime.engine) as connection:
        for message_id, claimed_by in connection.execute(claimed).all():
            if sender(claimed_by) in dead:
                connection.execute(ended, {"past": past, "id": message_id})
