"""What people read of what they were told, and what operators see of what was sent."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from events.engine import make_engine, write_transaction
from service import config
from service.db import create_schema
from service.notifications import reading
from service.notifications.channel import Letter, Undeliverable
from service.notifications.channels import EmlFolder, MailServer, open_channel
from service.notifications.deliver import send_due
from service.notifications.notices import Notice, write_notices
from tests.support.delivering import DOMAIN, NOTICE, WRITTEN
from tests.support.processes import environment, run_kawal


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = make_engine(f"sqlite:///{tmp_path / 'kawal.db'}")
    create_schema(made)
    yield made
    made.dispose()


def tell(engine: Engine, *notices: Notice) -> None:
    with write_transaction(engine) as connection:
        write_notices(connection, notices, domain=DOMAIN, now=WRITTEN)


def give_up_all(engine: Engine, directory: Path) -> str:
    """Let every waiting delivery die of an unknown mailbox; the id of the newest."""

    class Unknown(EmlFolder):
        def _write(self, letter: Letter) -> Path:
            raise Undeliverable("550 no such user", permanent=True)

    send_due(engine, Unknown(directory / "mail", "kawal@kawal.example"))
    return reading.deliveries(engine, status="dead")[0].id


def test_a_person_reads_the_notices_of_one_office_newest_first_in_pages(engine: Engine) -> None:
    tell(engine, *(replace(NOTICE, position=n, subject=f"ke-{n}") for n in range(1, 6)))
    tell(engine, replace(NOTICE, office="61.02.bag-organisasi"), replace(NOTICE, person="p2"))
    first = reading.notices_of(engine, office=NOTICE.office, person="p1", limit=3)
    rest = reading.notices_of(engine, office=NOTICE.office, person="p1", limit=3, before=first[-1].id)
    assert [one.subject for one in (*first, *rest)] == ["ke-5", "ke-4", "ke-3", "ke-2", "ke-1"]
    assert first[0].created_at == WRITTEN
    assert first[0].path == NOTICE.path


def test_a_notice_is_read_once_and_by_its_reader_alone(engine: Engine) -> None:
    tell(engine, NOTICE)
    (notice,) = reading.notices_of(engine, office=NOTICE.office, person="p1", unread=True)
    assert not reading.mark_read(engine, notice.id, office=NOTICE.office, person="p2", now=WRITTEN)
    assert not reading.mark_read(engine, notice.id, office="61.sekda", person="p1", now=WRITTEN)
    assert reading.count_unread(engine, office=NOTICE.office, person="p1") == 1
    assert reading.mark_read(engine, notice.id, office=NOTICE.office, person="p1", now=WRITTEN)
    assert reading.mark_read(engine, notice.id, office=NOTICE.office, person="p1", now=WRITTEN + timedelta(days=1))
    assert reading.notices_of(engine, office=NOTICE.office, person="p1")[0].read_at == WRITTEN
    assert reading.notices_of(engine, office=NOTICE.office, person="p1", unread=True) == []
    assert reading.count_unread(engine, office=NOTICE.office, person="p1") == 0


def test_what_is_for_pages_alone_does_not_count_as_unread(engine: Engine) -> None:
    tell(engine, replace(NOTICE, urgency="page"))
    assert reading.count_unread(engine, office=NOTICE.office, person="p1") == 0


def test_kawal_notices_lists_the_dead_and_retries_them(engine: Engine, tmp_path: Path) -> None:
    tell(engine, NOTICE)
    dead = give_up_all(engine, tmp_path)
    shown = run_kawal(["notices", "--dead"], data_dir=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert dead in shown.stdout
    assert "550 no such user" in shown.stdout
    assert "Mohon putusan [2]" in shown.stdout
    assert f"files: {tmp_path / 'mail'}" in shown.stdout

    retried = run_kawal(["notices", "--retry", dead, "--json"], data_dir=tmp_path)
    assert retried.returncode == 0, retried.stderr
    printed = json.loads(retried.stdout)
    assert printed["retried"] == [dead]
    assert printed["counts"] == {"waiting": 1, "claimed": 0, "sent": 0, "dead": 0, "dropped": 0}
    assert printed["deliveries"][0]["address"] == NOTICE.address


def test_kawal_notices_fails_on_an_id_that_is_no_dead_delivery(engine: Engine, tmp_path: Path) -> None:
    refused = run_kawal(["notices", "--retry", "unknown"], data_dir=tmp_path)
    assert refused.returncode == 1
    assert "no dead delivery unknown" in refused.stderr


def test_the_configuration_says_where_mail_goes(tmp_path: Path) -> None:
    plain = environment(tmp_path, 8000)
    assert isinstance(open_channel(config.load(plain)), EmlFolder)
    served = open_channel(config.load({**plain, "KAWAL_SMTP_URL": "smtp://kawal:r%40hasia@mail.example:2525"}))
    assert isinstance(served, MailServer)
    assert (served.server.host, served.server.port) == ("mail.example", 2525)
    assert (served.server.user, served.server.password) == ("kawal", "r@hasia")
