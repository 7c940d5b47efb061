"""What is told arrives: once as a rule, twice with the same Message-ID after a crash, never not at all unnoticed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import chain, repeat
from pathlib import Path

import pytest

from events.engine import write_transaction
from service.notifications import reading
from service.notifications.channels import MailServer
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
from service.notifications.notices import write_notices
from tests.support.databases import ENGINES
from tests.support.delivering import DOMAIN, NOTICE, WRITTEN, World, later, world_on
from tests.support.mail import Mailbox, start_sender

NOW = datetime.now(UTC)


@pytest.fixture(params=ENGINES)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with world_on(request.param, tmp_path) as made:
        yield made


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as box:
        yield box


def test_what_was_sent_is_not_sent_again(world: World, mailbox: Mailbox) -> None:
    world.tell(3)
    send_due(world.engine, mailbox.channel())
    assert send_due(world.engine, mailbox.channel(), now=lambda: later(timedelta(days=30))) == Sent()
    assert len(mailbox.received) == 3


def test_the_same_notice_written_again_is_nothing_new(world: World, mailbox: Mailbox) -> None:
    world.tell()
    with write_transaction(world.engine) as connection:
        again = replace(NOTICE, subject="lain", address="lain@mempawah.example")
        assert write_notices(connection, [again, again], domain=DOMAIN, now=WRITTEN) == 0
        assert write_notices(connection, [replace(NOTICE, person="p2")] * 2, domain=DOMAIN, now=WRITTEN) == 1
    assert world.statuses() == {"waiting": 2}


def test_a_notice_for_pages_or_for_somebody_without_an_address_is_not_sent(world: World, mailbox: Mailbox) -> None:
    world.tell(1, urgency="page")
    world.tell(1, position=2, address=None)
    assert world.statuses() == {}
    assert len(reading.notices_of(world.engine, office=NOTICE.office, person=NOTICE.person)) == 2


def test_a_transaction_that_is_rolled_back_tells_nobody(world: World) -> None:
    def told_then_broken() -> None:
        with write_transaction(world.engine) as connection:
            write_notices(connection, [NOTICE], domain=DOMAIN, now=WRITTEN)
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
