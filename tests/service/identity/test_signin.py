"""Signing in by password, and what slows down guessing."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from service import identity
from service.identity import tables
from service.identity.throttle import begin_attempt, succeeded, wait_after
from tests.support.identity import COORDINATOR, HOLDER, NOW, PASSWORD, appointed, directory

PLACE = "192.0.2.7"


@pytest.fixture
def signed_up(engine: Engine, holder: identity.Person) -> identity.Person:
    """The holder with a password."""
    identity.set_password(engine, holder.id, PASSWORD, now=NOW)
    return holder


def test_the_right_password_opens_a_session_for_the_first_office_held(
    engine: Engine, signed_up: identity.Person
) -> None:
    offices = directory(appointed(signed_up.id), appointed(signed_up.id, COORDINATOR, capacity="plt"))
    opened = _sign_in(engine, signed_up, offices=offices)
    assert (opened.office, opened.method, opened.person) == (COORDINATOR, "password", signed_up.id)


def test_a_wrong_password_an_unknown_address_and_an_inactive_person_get_one_answer(
    engine: Engine, signed_up: identity.Person
) -> None:
    answers = {_failure(engine, signed_up, password="bukan kata sandinya")}
    answers.add(_failure(engine, signed_up, email="siapa@sambas.example"))
    identity.deactivate_person(engine, signed_up.id, now=NOW)
    answers.add(_failure(engine, signed_up))
    assert answers == {"signin_failed"}


def test_a_person_without_an_office_is_told_so(engine: Engine, signed_up: identity.Person) -> None:
    with pytest.raises(identity.NotSignedIn) as refused:
        _sign_in(engine, signed_up, offices=directory())
    assert refused.value.code == "no_office"


def test_after_five_failures_even_the_right_password_waits_and_then_gets_in(
    engine: Engine, signed_up: identity.Person
) -> None:
    for _ in range(5):
        assert _failure(engine, signed_up, password="bukan kata sandinya") == "signin_failed"
    with pytest.raises(identity.TooManyFailures) as refused:
        _sign_in(engine, signed_up)
    assert refused.value.retry_after_s == 30
    assert "30" in refused.value.sentence("id")
    with pytest.raises(identity.TooManyFailures) as refused:
        _sign_in(engine, signed_up, at=NOW + timedelta(seconds=29, milliseconds=500))
    assert refused.value.retry_after_s == 1
    assert _sign_in(engine, signed_up, at=NOW + timedelta(seconds=30)).person == signed_up.id
    # Success clears the count: the next mistake is the first.
    assert _failure(engine, signed_up, password="x", at=NOW + timedelta(seconds=31)) == "signin_failed"
    assert _sign_in(engine, signed_up, at=NOW + timedelta(seconds=32)).person == signed_up.id


def test_the_address_is_counted_however_it_is_spelled_and_known_or_not(engine: Engine) -> None:
    for spelling in ("siapa@sambas.example", "SIAPA@sambas.example", " siapa@SAMBAS.example", "Siapa@sambas.example"):
        begin_attempt(engine, email=spelling, address=None, now=NOW)
    begin_attempt(engine, email="siapa@sambas.example", address=None, now=NOW)
    with pytest.raises(identity.TooManyFailures):
        begin_attempt(engine, email="siapa@sambas.example", address=None, now=NOW)
    begin_attempt(engine, email="lain@sambas.example", address=None, now=NOW)


def test_each_further_failure_doubles_the_wait_up_to_a_quarter_of_an_hour(engine: Engine) -> None:
    waits = [wait_after(failures, free=5).total_seconds() for failures in (4, 5, 6, 7, 8, 9, 10, 11, 500)]
    assert waits == [0, 30, 60, 120, 240, 480, 900, 900, 900]
    at = NOW
    for _ in range(20):
        at = _next_chance(engine, at)
    with pytest.raises(identity.TooManyFailures) as refused:
        begin_attempt(engine, email="siapa@sambas.example", address=None, now=at)
    assert refused.value.retry_after_s == 900


def test_guessing_on_during_the_wait_does_not_lengthen_it(engine: Engine) -> None:
    for _ in range(5):
        begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW)
    for second in range(1, 30):
        with pytest.raises(identity.TooManyFailures):
            begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW + timedelta(seconds=second))
    begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW + timedelta(seconds=30))


def test_failures_are_forgotten_after_an_hour(engine: Engine) -> None:
    for _ in range(4):
        begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW)
    later = NOW + timedelta(hours=1, seconds=1)
    for _ in range(5):
        begin_attempt(engine, email=HOLDER.email, address=PLACE, now=later)
    with pytest.raises(identity.TooManyFailures):
        begin_attempt(engine, email=HOLDER.email, address=PLACE, now=later)


@pytest.mark.parametrize(
    ("first", "same", "elsewhere"),
    [
        ("192.0.2.7", "192.0.2.7", "192.0.2.8"),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1"),
        ("::ffff:192.0.2.7", "::ffff:192.0.2.7", "::ffff:192.0.2.8"),
    ],
)
def test_one_place_that_tries_many_persons_waits_and_others_do_not(
    engine: Engine, first: str, same: str, elsewhere: str
) -> None:
    for number in range(30):
        begin_attempt(engine, email=f"{number}@sambas.example", address=first, now=NOW)
    with pytest.raises(identity.TooManyFailures):
        begin_attempt(engine, email="lain@sambas.example", address=same, now=NOW)
    begin_attempt(engine, email="lain@sambas.example", address=elsewhere, now=NOW)


def test_a_success_takes_back_its_own_attempt_at_the_place_and_no_other(engine: Engine) -> None:
    for number in range(29):
        begin_attempt(engine, email=f"{number}@sambas.example", address=PLACE, now=NOW)
    for _ in range(3):
        attempt = begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW)
        succeeded(engine, attempt, now=NOW)
    begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW)
    with pytest.raises(identity.TooManyFailures):
        begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW)


def test_of_sixteen_guesses_at_once_five_are_looked_at(engine: Engine) -> None:
    together = threading.Barrier(16)
    answers: list[str] = []

    def guess() -> None:
        together.wait()
        try:
            begin_attempt(engine, email=HOLDER.email, address=PLACE, now=NOW)
            answers.append("looked at")
        except identity.TooManyFailures:
            answers.append("waits")

    threads = [threading.Thread(target=guess) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (answers.count("looked at"), answers.count("waits")) == (5, 11)


def test_what_was_typed_as_an_address_is_not_kept_in_clear(engine: Engine) -> None:
    begin_attempt(engine, email="kata sandi di kolom yang salah", address=PLACE, now=NOW)
    with engine.connect() as connection:
        subjects = connection.execute(select(tables.sign_in_failure.c.subject)).scalars().all()
    assert len(subjects) == 2
    assert all(len(one) == 64 and set(one) <= set("0123456789abcdef") for one in subjects)


def _next_chance(engine: Engine, at: datetime) -> datetime:
    """Fail once more, as soon as it is allowed."""
    try:
        begin_attempt(engine, email="siapa@sambas.example", address=None, now=at)
    except identity.TooManyFailures as refused:
        at += timedelta(seconds=refused.retry_after_s)
        begin_attempt(engine, email="siapa@sambas.example", address=None, now=at)
    return at


def _sign_in(
    engine: Engine,
    holder: identity.Person,
    *,
    email: str = "",
    password: str = PASSWORD,
    offices: object = None,
    at: datetime = NOW,
) -> identity.OpenedSession:
    return identity.sign_in(
        engine,
        email=email or holder.email,
        password=password,
        address=PLACE,
        directory=offices or directory(appointed(holder.id)),
        now=at,
        log_now=at,
    )


def _failure(
    engine: Engine, holder: identity.Person, *, email: str = "", password: str = PASSWORD, at: datetime = NOW
) -> str:
    with pytest.raises(identity.NotSignedIn) as refused:
        _sign_in(engine, holder, email=email, password=password, at=at)
    return refused.value.code
