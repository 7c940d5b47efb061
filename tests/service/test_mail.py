"""Letters and their ways out: an SMTP server, or files that mail programs open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from service.notifications import reading
from service.notifications.channels import EmlFolder, MailServer
from service.notifications.channels.mail import parse
from service.notifications.claims import BACK_OFF, LEASE, claim_due
from service.notifications.deliver import Sent, send_due
from service.notifications.letters import letter
from tests.support.delivering import NOTICE, WRITTEN, World, later, world_on
from tests.support.mail import SENDER, Mailbox
from tests.support.processes import free_port

NOW = datetime.now(UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with world_on("sqlite", tmp_path) as made:
        yield made


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


def test_a_mail_arrives_whole_with_the_headers_of_a_machine(world: World, mailbox: Mailbox) -> None:
    world.tell()
    assert send_due(world.engine, mailbox.channel()) == Sent(sent=1)
    (letter,) = mailbox.received
    ((status, attempts, message_id),) = world.rows()
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


@pytest.mark.parametrize("address", ["bukan alamat", "a@b.example\r\nBcc: c@d.example", "", "a@b.example, c@d.example"])
def test_an_address_that_is_none_is_given_up_and_never_sent(world: World, mailbox: Mailbox, address: str) -> None:
    world.tell(1, address=address)
    world.tell(1, position=2)
    assert send_due(world.engine, mailbox.channel()) == Sent(sent=1, dead=1)
    assert [letter["To"] for letter in mailbox.received] == ["kantor1@mempawah.example"]


@pytest.mark.parametrize("length", [30, 71, 78, 150, 400])
@pytest.mark.parametrize("word", ["replikasi ", "réplikasi "])
def test_a_subject_of_any_length_arrives_as_it_was_written(
    world: World, mailbox: Mailbox, length: int, word: str
) -> None:
    subject = (word * 50)[:length].strip()
    world.tell(1, subject=subject)
    assert send_due(world.engine, mailbox.channel()) == Sent(sent=1)
    (letter,) = mailbox.received
    assert letter["Subject"] == subject
    assert max(len(line) for line in letter.as_bytes().splitlines()) <= 998


def test_a_subject_with_line_ends_stays_one_header(world: World, mailbox: Mailbox) -> None:
    world.tell(1, subject="Mohon putusan\r\nBcc: lain@mempawah.example")
    assert send_due(world.engine, mailbox.channel()) == Sent(sent=1)
    (letter,) = mailbox.received
    assert letter["Subject"] == "Mohon putusan Bcc: lain@mempawah.example"
    assert letter["Bcc"] is None


def test_a_mail_server_that_is_away_only_delays(world: World, mailbox: Mailbox) -> None:
    world.tell(3)
    away = MailServer(parse(f"smtp://127.0.0.1:{free_port()}"), SENDER)
    assert send_due(world.engine, away) == Sent(put_off=3)
    assert world.statuses() == {"waiting": 3}
    assert "doesn't take mail" in (reading.deliveries(world.engine)[0].error or "")
    assert send_due(world.engine, mailbox.channel(), now=lambda: later(BACK_OFF[0] * 2)) == Sent(sent=3)


def test_a_connection_that_breaks_in_the_middle_is_opened_again_for_the_next(world: World, mailbox: Mailbox) -> None:
    world.tell(3)
    mailbox.verdict = lambda letter: "421 going down" if len(mailbox.received) == 1 else "250 OK"
    assert send_due(world.engine, mailbox.channel()) == Sent(sent=2, put_off=1)


def test_a_server_without_tls_gets_nothing_where_tls_is_demanded(world: World, mailbox: Mailbox) -> None:
    world.tell()
    for scheme in ("smtp+starttls", "smtps"):
        strict = MailServer(parse(mailbox.url.replace("smtp", scheme)), SENDER)
        send_due(world.engine, strict, now=lambda: later(timedelta(hours=1)))
    assert mailbox.received == []
    assert world.statuses() == {"waiting": 1}


def test_a_wrong_password_is_no_reason_to_give_up(world: World) -> None:
    with Mailbox(login=("kawal", "rahasia/1")) as box:
        world.tell()
        wrong = MailServer(parse(f"smtp://kawal:salah@127.0.0.1:{box.port}"), SENDER)
        assert send_due(world.engine, wrong) == Sent(put_off=1)
        right = MailServer(parse(f"smtp://kawal:rahasia%2F1@127.0.0.1:{box.port}"), SENDER)
        assert send_due(world.engine, right, now=lambda: later(timedelta(hours=1))) == Sent(sent=1)


def test_without_a_mail_server_mail_is_a_file_that_mail_programs_open(world: World, tmp_path: Path) -> None:
    world.tell(2)
    folder = EmlFolder(tmp_path / "mail", SENDER)
    assert send_due(world.engine, folder) == Sent(sent=2)
    files = sorted((tmp_path / "mail").rglob("*"))
    assert [path.name for path in files if path.is_dir()] == ["2022-04-14"]
    letters = [path for path in files if path.is_file()]
    assert all(path.name.startswith("010000-61.02.sekda-") and path.suffix == ".eml" for path in letters)
    read = [message_from_bytes(path.read_bytes(), policy=default) for path in letters]
    assert {letter["Message-ID"] for letter in read} == {message_id for _, _, message_id in world.rows()}
    assert isinstance(read[0], EmailMessage)
    assert read[0].get_content().splitlines() == NOTICE.body.splitlines()


def test_a_file_that_is_written_again_replaces_itself(world: World, tmp_path: Path) -> None:
    world.tell()
    folder = EmlFolder(tmp_path / "mail", SENDER)
    (claimed,) = claim_due(world.engine, "email", now=NOW, limit=1, worker="dying")
    with folder.session() as send:
        send(letter(claimed, SENDER))
    assert send_due(world.engine, folder, now=lambda: NOW + LEASE) == Sent(sent=1)
    assert len([path for path in (tmp_path / "mail").rglob("*") if path.is_file()]) == 1


def test_a_folder_that_cannot_be_written_only_delays(world: World, tmp_path: Path) -> None:
    world.tell(2)
    (tmp_path / "mail").write_text("a file where the folder should be")
    assert send_due(world.engine, EmlFolder(tmp_path / "mail", SENDER)) == Sent(put_off=2)
    assert world.statuses() == {"waiting": 2}
    (tmp_path / "mail").unlink()
    due = later(BACK_OFF[0] * 2)
    assert send_due(world.engine, EmlFolder(tmp_path / "mail", SENDER), now=lambda: due) == Sent(sent=2)
