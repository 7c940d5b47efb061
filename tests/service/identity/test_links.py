"""One-time sign-in links."""

from __future__ import annotations

import threading
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from service import identity
from service.identity import tables
from tests.support.identity import LATER, NOW, SECRETARY, appointed, directory


def test_a_link_opens_one_session_and_only_one(engine: Engine, holder: identity.Person) -> None:
    secret = _link(engine, holder)
    opened = _use(engine, secret, holder)
    assert (opened.person, opened.office, opened.method) == (holder.id, SECRETARY, "link")
    with pytest.raises(identity.NotSignedIn) as refused:
        _use(engine, secret, holder)
    assert refused.value.code == "link_used"


def test_looking_at_a_link_does_not_use_it_up(engine: Engine, holder: identity.Person) -> None:
    secret = _link(engine, holder)
    for _ in range(3):
        assert identity.link_of(engine, secret, now=LATER).office == SECRETARY
    assert _use(engine, secret, holder).person == holder.id


def test_of_eight_who_use_a_link_at_once_one_gets_in(engine: Engine, holder: identity.Person) -> None:
    secret = _link(engine, holder)
    together = threading.Barrier(8)
    answers: list[str] = []

    def use() -> None:
        together.wait()
        try:
            _use(engine, secret, holder)
            answers.append("in")
        except identity.NotSignedIn as refused:
            answers.append(refused.code)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["in"] + ["link_used"] * 7
    with engine.connect() as connection:
        assert len(connection.execute(select(tables.session.c.id)).all()) == 1


def test_a_link_ends_after_a_day(engine: Engine, holder: identity.Person) -> None:
    secret = _link(engine, holder)
    with pytest.raises(identity.NotSignedIn) as refused:
        _use(engine, secret, holder, at=NOW + timedelta(hours=24))
    assert refused.value.code == "link_expired"


def test_a_new_link_ends_the_one_before(engine: Engine, holder: identity.Person) -> None:
    first, second = _link(engine, holder), _link(engine, holder)
    with pytest.raises(identity.NotSignedIn):
        _use(engine, first, holder)
    assert _use(engine, second, holder).person == holder.id


def test_a_link_for_an_office_not_held_stays_unused(engine: Engine, holder: identity.Person) -> None:
    secret = _link(engine, holder)
    ended = directory(appointed(holder.id, ends_on=date(2022, 2, 1)))
    with pytest.raises(identity.NotSignedIn) as refused:
        identity.use_link(engine, secret, directory=ended, now=LATER, log_now=LATER)
    assert refused.value.code == "not_a_holder"
    assert _use(engine, secret, holder).person == holder.id


def test_unknown_links_and_deactivated_persons_are_refused(engine: Engine, holder: identity.Person) -> None:
    secret = _link(engine, holder)
    with pytest.raises(identity.NotSignedIn) as refused:
        identity.link_of(engine, tables.digest_of(secret), now=LATER)
    assert refused.value.code == "link_unknown"
    identity.deactivate_person(engine, holder.id, now=LATER)
    with pytest.raises(identity.NotSignedIn) as refused:
        _use(engine, secret, holder)
    assert refused.value.code == "person_inactive"
    with pytest.raises(identity.InputRefused):
        identity.create_link(engine, person="nobody", office=SECRETARY, now=NOW)


def _link(engine: Engine, holder: identity.Person) -> str:
    return identity.create_link(engine, person=holder.id, office=SECRETARY, now=NOW)


def _use(engine: Engine, secret: str, holder: identity.Person, at: datetime = LATER) -> identity.OpenedSession:
    return identity.use_link(engine, secret, directory=directory(appointed(holder.id)), now=at, log_now=at)
