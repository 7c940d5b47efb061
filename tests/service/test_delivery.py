"""What is told arrives: once as a rule, twice with the same Message-ID after a crash, never not at all unnoticed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import chain, repeat
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from events.engine import make_engine, write_transaction
from service.db import create_schema
from service.notifications import reading
from service.notifications.channels import EmlFolder, MailServer
from service.notifications.channels.mail import parse
from service.notifications.claims import (
    BACK_OFF,
    ENDED_BEFORE_RECORDING,
    JITTER,
    LEASE,
    MAX_ATTEMPTS,
    back_off,
    claim_due,
    record_failed,
    record_sent,
    release,
)
from service.notifications.deliver import Sent, send_due
from service.notifications.letters import letter
from service.notifications.notices import Notice, write_notices
from service.notifications.tables import delivery
from tests.support.databases import ENGINES, fresh_database
from tests.support.mail import SENDER, Mailbox, start_sender
from tests.support.processes import free_port

NOW = datetime.now(UTC)
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
    subject="Mohon putusan: Mulai replikasi, e-OPen, Kabupaten Mempawah",
    body="Yth. Bapak/Ibu,\n\nPerubahan: Ditandatangani → Dalam replikasi\n",
    path="/commitments/0190c0de#r2",
    created_at=WRITTEN,
    address="sekda@mempawah.example",
)


@dataclass(frozen=True, slots=True)
class World:
    """One database with deliveries in it."""

    url: str
    engine: Engine

    def tell(self, count: int = 1, **changes: object) -> None:
        with write_transaction(self.engine) as connection:
            notices = [replace(NOTICE, position=n, address=f"kantor{n}@mempawah.example") for n in range(1, count + 1)]
            write_notices(connection, [replace(one, **changes) for one in notices], domain="kawal.example")  # type: ignore[arg-type]

    def statuses(self) -> dict[str, int]:
        return {status: count for status, count in reading.counts(self.engine).items() if count}

    def rows(self) -> list[tuple[str, int, str]]:
        with self.engine.connect() as connection:
            columns = select(delivery.c.status, delivery.c.attempts, delivery.c.message_id).order_by(delivery.c.id)
            return [(row.status, row.attempts, row.message_id) for row in connection.execute(columns)]


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with _world(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def one_world(tmp_path: Path) -> Iterator[World]:
    """For what no database can change: letters and the ways out."""
    with _world("sqlite", tmp_path) as made:
        yield made


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


def later(delay: timedelta) -> datetime:
    return datetime.now(UTC) + delay


def test_a_mail_arrives_whole_with_the_headers_of_a_machine(one_world: World, mailbox: Mailbox) -> None:
    one_world.tell()
    assert send_due(one_world.engine, mailbox.channel()) == Sent(sent=1)
    (letter,) = mailbox.received
    ((status, attempts, message_id),) = one_world.rows()
    assert (status, attempts) == ("sent", 1)
    assert letter["Message-ID"] == message_id
    assert message_id.endswith("@kawal.example>")
    assert letter["From"] == f"kawal <{SENDER}>"
    assert letter["To"] == "kantor1@mempawah.example"
    assert letter["Subject"] == NOTICE.subject
    assert letter["Date"].datetime == WRITTEN
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "id"
    assert letter.get_content().splitlines() == NOTICE.body.splitlines()


def test_what_was_sent_is_not_sent_again(world: World, mailbox: Mailbox) -> None:
    world.tell(3)
    send_due(world.engine, mailbox.channel())
    assert send_due(world.engine, mailbox.channel(), now=lambda: later(timedelta(days=30))) == Sent()
    assert len(mailbox.received) == 3


def test_the_same_notice_written_again_is_nothing_new(world: World, mailbox: Mailbox) -> None:
    world.tell()
    with write_transaction(world.engine) as connection:
        again = replace(NOTICE, subject="lain", address="lain@mempawah.example")
        assert write_notices(connection, [again, again], domain="kawal.example") == 0
        assert write_notices(connection, [replace(NOTICE, person="p2")] * 2, domain="kawal.example") == 1
    assert world.statuses() == {"waiting": 2}


def test_a_notice_for_pages_or_for_somebody_without_an_address_is_not_sent(world: World, mailbox: Mailbox) -> None:
    world.tell(1, urgency="page")
    world.tell(1, position=2, address=None)
    assert world.statuses() == {}
    assert len(reading.notices_of(world.engine, office=NOTICE.office, person=NOTICE.person)) == 2


def test_a_transaction_that_is_rolled_back_tells_nobody(world: World) -> None:
    def told_then_broken() -> None:
        with write_transaction(world.engine) as connection:
            write_notices(connection, [NOTICE], domain="kawal.example")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        told_then_broken()
    assert world.statuses() == {}
    assert reading.notices_of(world.engine, office=NOTICE.office, person=NOTICE.person) == []


@pytest.mark.serial
def test_a_sender_killed_between_sending_and_recording_loses_nothing(world: World, mailbox: Mailbox) -> None:
    world.tell(5)
    killed = start_sender(world.url, mailbox)

    def kill_on_third(letter: EmailMessage) -> str:
        if len(mailbox.received) == 3:
            os.kill(killed.pid, signal.SIGKILL)
        return "250 OK"

    mailbox.verdict = kill_on_third
    assert killed.wait(30) == -signal.SIGKILL
    assert len(mailbox.received) == 3
    assert world.statuses() == {"sent": 2, "claimed": 3}

    assert send_due(world.engine, mailbox.channel()) == Sent(), "the lease still runs"
    assert send_due(world.engine, mailbox.channel(), now=lambda: later(LEASE)) == Sent(sent=3)
    ids = mailbox.ids
    assert ids[2] == ids[3], "the one in doubt came again under its own name"
    assert len(ids) == 6
    assert {message_id for _, _, message_id in world.rows()} == set(ids)
    assert [(status, attempts) for status, attempts, _ in world.rows()] == [("sent", n) for n in (1, 1, 2, 2, 2)]


@pytest.mark.serial
def test_two_senders_at_once_never_send_the_same(world: World, mailbox: Mailbox) -> None:
    world.tell(45)
    mailbox.guests = 2
    senders = [start_sender(world.url, mailbox) for _ in range(2)]
    sent = [int(sender.communicate(timeout=60)[0]) for sender in senders]
    assert min(sent) >= MailServer.batch, "both had claimed before either was answered"
    assert sum(sent) == 45
    assert len(mailbox.ids) == len(set(mailbox.ids)) == 45
    assert world.statuses() == {"sent": 45}


def test_a_claim_belongs_to_one_until_its_lease_ends(world: World) -> None:
    world.tell(3)
    first = claim_due(world.engine, "email", now=NOW, limit=2, worker="a")
    second = claim_due(world.engine, "email", now=NOW, limit=2, worker="b")
    assert len(first) == 2
    assert len(second) == 1
    assert not {one.id for one in first} & {one.id for one in second}
    assert claim_due(world.engine, "email", now=NOW + LEASE - timedelta(seconds=1), limit=9, worker="c") == []
    assert len(claim_due(world.engine, "email", now=NOW + LEASE, limit=9, worker="c")) == 3


def test_who_lost_the_lease_records_nothing(world: World) -> None:
    world.tell()
    (mine,) = claim_due(world.engine, "email", now=NOW, limit=1, worker="a")
    (theirs,) = claim_due(world.engine, "email", now=NOW + LEASE, limit=1, worker="a")
    assert theirs.message_id == mine.message_id
    record_failed(world.engine, mine, error="late", permanent=True, now=NOW + LEASE, chance=0.5)
    assert record_sent(world.engine, [mine], now=NOW + LEASE) == 0
    release(world.engine, [mine])
    assert world.statuses() == {"claimed": 1}
    assert record_sent(world.engine, [theirs], now=NOW + LEASE) == 1


def test_a_released_claim_is_as_if_it_had_never_been(world: World) -> None:
    world.tell()
    before = world.rows()
    release(world.engine, claim_due(world.engine, "email", now=NOW, limit=1, worker="a"))
    assert world.rows() == before


def test_a_letter_that_the_server_puts_off_is_tried_with_back_off_until_it_is_dead_and_listed(
    world: World, mailbox: Mailbox
) -> None:
    world.tell()
    mailbox.verdict = lambda letter: "451 try later"

    def sent_at(moment: datetime) -> Sent:
        return send_due(world.engine, mailbox.channel(), now=lambda: moment, chance=lambda: 0.5)

    at, waits = NOW, []
    for attempt in range(1, MAX_ATTEMPTS):
        assert sent_at(at) == Sent(put_off=1)
        (one,) = reading.deliveries(world.engine, status="waiting")
        assert one.next_at is not None
        assert one.attempts == attempt
        assert sent_at(one.next_at - timedelta(seconds=1)) == Sent()
        waits.append(one.next_at - at)
        at = one.next_at
    assert waits == list(BACK_OFF)
    assert sent_at(at) == Sent(dead=1)
    (dead,) = reading.deliveries(world.engine, status="dead")
    assert dead.attempts == MAX_ATTEMPTS
    assert dead.error == "the mail server refused it: 451 try later"
    assert sent_at(at + timedelta(days=365)) == Sent()
    assert len(set(mailbox.ids)) == 1


def test_a_dead_delivery_can_be_retried_under_its_old_name(world: World, mailbox: Mailbox) -> None:
    world.tell()
    mailbox.answers = {"kantor1@mempawah.example": "550 no such user"}
    assert send_due(world.engine, mailbox.channel()) == Sent(dead=1)
    (dead,) = reading.deliveries(world.engine, status="dead")
    ((_, _, name),) = world.rows()
    mailbox.answers = {}
    assert reading.retry(world.engine, [dead.id, "unknown"]) == [dead.id]
    assert reading.retry(world.engine, [dead.id]) == []
    assert send_due(world.engine, mailbox.channel()) == Sent(sent=1)
    assert mailbox.ids == [name]


def test_a_refused_address_is_given_up_at_once_and_the_others_get_theirs(world: World, mailbox: Mailbox) -> None:
    world.tell(3)
    mailbox.answers = {"kantor2@mempawah.example": "550 no such user"}
    assert send_due(world.engine, mailbox.channel()) == Sent(sent=2, dead=1)
    (dead,) = reading.deliveries(world.engine, status="dead")
    assert (dead.address, dead.error) == ("kantor2@mempawah.example", "the mail server refused it: 550 no such user")


@pytest.mark.parametrize("address", ["bukan alamat", "a@b.example\r\nBcc: c@d.example", "", "a@b.example, c@d.example"])
def test_an_address_that_is_none_is_given_up_and_never_sent(one_world: World, mailbox: Mailbox, address: str) -> None:
    one_world.tell(1, address=address)
    one_world.tell(1, position=2)
    assert send_due(one_world.engine, mailbox.channel()) == Sent(sent=1, dead=1)
    assert [letter["To"] for letter in mailbox.received] == ["kantor1@mempawah.example"]


def test_a_subject_with_line_ends_stays_one_header(one_world: World, mailbox: Mailbox) -> None:
    one_world.tell(1, subject="Mohon putusan\r\nBcc: lain@mempawah.example")
    assert send_due(one_world.engine, mailbox.channel()) == Sent(sent=1)
    (letter,) = mailbox.received
    assert letter["Subject"] == "Mohon putusan Bcc: lain@mempawah.example"
    assert letter["Bcc"] is None


def test_a_mail_server_that_is_away_only_delays(one_world: World, mailbox: Mailbox) -> None:
    one_world.tell(3)
    away = MailServer(parse(f"smtp://127.0.0.1:{free_port()}"), SENDER)
    assert send_due(one_world.engine, away) == Sent(put_off=3)
    assert one_world.statuses() == {"waiting": 3}
    assert "doesn't take mail" in (reading.deliveries(one_world.engine)[0].error or "")
    assert send_due(one_world.engine, mailbox.channel(), now=lambda: later(BACK_OFF[0] * 2)) == Sent(sent=3)


def test_a_connection_that_breaks_in_the_middle_is_opened_again_for_the_next(
    one_world: World, mailbox: Mailbox
) -> None:
    one_world.tell(3)
    mailbox.verdict = lambda letter: "421 going down" if len(mailbox.received) == 1 else "250 OK"
    assert send_due(one_world.engine, mailbox.channel()) == Sent(sent=2, put_off=1)


def test_a_server_without_tls_gets_nothing_where_tls_is_demanded(one_world: World, mailbox: Mailbox) -> None:
    one_world.tell()
    for scheme in ("smtp+starttls", "smtps"):
        strict = MailServer(parse(mailbox.url.replace("smtp", scheme)), SENDER)
        send_due(one_world.engine, strict, now=lambda: later(timedelta(hours=1)))
    assert mailbox.received == []
    assert one_world.statuses() == {"waiting": 1}


def test_a_wrong_password_is_no_reason_to_give_up(one_world: World) -> None:
    with Mailbox(login=("kawal", "rahasia/1")) as box:
        one_world.tell()
        wrong = MailServer(parse(f"smtp://kawal:salah@127.0.0.1:{box.port}"), SENDER)
        assert send_due(one_world.engine, wrong) == Sent(put_off=1)
        right = MailServer(parse(f"smtp://kawal:rahasia%2F1@127.0.0.1:{box.port}"), SENDER)
        assert send_due(one_world.engine, right, now=lambda: later(timedelta(hours=1))) == Sent(sent=1)


def test_a_delivery_whose_senders_all_died_is_given_up(world: World, mailbox: Mailbox) -> None:
    world.tell()
    for attempt in range(MAX_ATTEMPTS):
        assert len(claim_due(world.engine, "email", now=NOW + LEASE * attempt, limit=1, worker="dying")) == 1
    assert send_due(world.engine, mailbox.channel(), now=lambda: NOW + LEASE * MAX_ATTEMPTS) == Sent()
    (dead,) = reading.deliveries(world.engine, status="dead")
    assert dead.error == ENDED_BEFORE_RECORDING
    assert mailbox.received == []


def test_a_sender_begins_no_letter_that_its_lease_may_not_outlast(world: World, mailbox: Mailbox) -> None:
    world.tell(2)
    moments = chain([NOW, NOW, NOW], repeat(NOW + LEASE * 0.7))
    assert send_due(world.engine, mailbox.channel(), now=lambda: next(moments), limit=2) == Sent(sent=1)
    assert [(status, attempts) for status, attempts, _ in world.rows()] == [("sent", 1), ("waiting", 0)]


def test_back_off_is_spread_so_that_not_all_come_back_at_once() -> None:
    assert back_off(1, 0.0) == BACK_OFF[0] * (1 - JITTER)
    assert back_off(1, 1.0) == BACK_OFF[0] * (1 + JITTER)
    assert len(BACK_OFF) == MAX_ATTEMPTS - 1


def test_without_a_mail_server_mail_is_a_file_that_mail_programs_open(one_world: World, tmp_path: Path) -> None:
    one_world.tell(2)
    folder = EmlFolder(tmp_path / "mail", SENDER)
    assert send_due(one_world.engine, folder) == Sent(sent=2)
    files = sorted((tmp_path / "mail").rglob("*"))
    assert [path.name for path in files if path.is_dir()] == ["2022-04-14"]
    letters = [path for path in files if path.is_file()]
    assert all(path.name.startswith("010000-61.02.sekda-") and path.suffix == ".eml" for path in letters)
    read = [message_from_bytes(path.read_bytes(), policy=default) for path in letters]
    assert {letter["Message-ID"] for letter in read} == {message_id for _, _, message_id in one_world.rows()}
    assert isinstance(read[0], EmailMessage)
    assert read[0].get_content().splitlines() == NOTICE.body.splitlines()


def test_a_file_that_is_written_again_replaces_itself(one_world: World, tmp_path: Path) -> None:
    one_world.tell()
    folder = EmlFolder(tmp_path / "mail", SENDER)
    (claimed,) = claim_due(one_world.engine, "email", now=NOW, limit=1, worker="dying")
    with folder.session() as send:
        send(letter(claimed, SENDER))
    assert send_due(one_world.engine, folder, now=lambda: NOW + LEASE) == Sent(sent=1)
    assert len([path for path in (tmp_path / "mail").rglob("*") if path.is_file()]) == 1


def test_a_folder_that_cannot_be_written_only_delays(one_world: World, tmp_path: Path) -> None:
    one_world.tell(2)
    (tmp_path / "mail").write_text("a file where the folder should be")
    assert send_due(one_world.engine, EmlFolder(tmp_path / "mail", SENDER)) == Sent(put_off=2)
    assert one_world.statuses() == {"waiting": 2}
    (tmp_path / "mail").unlink()
    due = later(BACK_OFF[0] * 2)
    assert send_due(one_world.engine, EmlFolder(tmp_path / "mail", SENDER), now=lambda: due) == Sent(sent=2)


@contextmanager
def _world(kind: str, directory: Path) -> Iterator[World]:
    with fresh_database(kind, directory) as url:
        engine = make_engine(url)
        create_schema(engine)
        yield World(url, engine)
        engine.dispose()
