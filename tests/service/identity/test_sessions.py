"""Sessions, and the offices that they act for."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from service import config, identity
from service.identity import tables
from tests.support.identity import COORDINATOR, LATER, NOW, SECRETARY, appointed, directory


def test_a_cookie_stands_for_a_person_in_an_office_in_their_capacity(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    offices = directory(appointed(holder.id, capacity="pj"))
    found = identity.session_of(engine, opened.cookie, directory=offices, now=LATER, log_now=LATER)
    assert (found.person, found.office, found.capacity) == (holder.id, SECRETARY, "pj")
    assert found.signin == f"password:{opened.id}"
    assert (found.acting.office, found.acting.person, found.acting.capacity) == (SECRETARY, holder.id, "pj")


def test_the_database_does_not_hold_what_a_cookie_holds(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    with engine.connect() as connection:
        row = connection.execute(select(*tables.session.c)).one()
    assert opened.cookie not in [str(value) for value in row]
    assert row.digest == tables.digest_of(opened.cookie)
    assert len(opened.cookie) == 43
    assert _open(engine, holder).cookie != opened.cookie


@pytest.mark.parametrize("cookie", ["", "x", "0" * 43, "\x00", "ä" * 5000])
def test_a_cookie_that_was_never_given_is_unknown(engine: Engine, holder: identity.Person, cookie: str) -> None:
    _open(engine, holder)
    with pytest.raises(identity.NotSignedIn) as refused:
        identity.session_of(engine, cookie, directory=directory(), now=NOW, log_now=NOW)
    assert refused.value.code == "session_unknown"


def test_the_stored_digest_is_no_cookie(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    assert _code(engine, tables.digest_of(opened.cookie), holder) == "session_unknown"
    assert _code(engine, opened.id, holder) == "session_unknown"


def test_an_idle_session_ends_after_eight_hours_and_use_keeps_it_alive(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    used = NOW + timedelta(hours=7, minutes=59)
    assert _code(engine, opened.cookie, holder, at=used) is None
    assert _code(engine, opened.cookie, holder, at=used + timedelta(hours=7, minutes=59)) is None
    idle = used + timedelta(hours=15, minutes=59)
    assert _code(engine, opened.cookie, holder, at=idle) == "session_expired"


def test_a_session_in_constant_use_ends_after_seven_days(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    assert opened.expires_at == NOW + timedelta(days=7)
    for hours in range(6, 168, 6):
        assert _code(engine, opened.cookie, holder, at=NOW + timedelta(hours=hours)) is None
    assert _code(engine, opened.cookie, holder, at=NOW + timedelta(days=7)) == "session_expired"


def test_the_settings_say_how_long_sessions_last(engine: Engine, holder: identity.Person, tmp_path: Path) -> None:
    settings = {"KAWAL_DATA_DIR": str(tmp_path), "KAWAL_SESSION_HOURS": "2", "KAWAL_SESSION_IDLE_HOURS": "1"}
    lifetime = identity.lifetime_of(config.load(settings))
    assert lifetime == identity.Lifetime(idle=timedelta(hours=1), absolute=timedelta(hours=2))
    assert identity.lifetime_of(config.load({})) == identity.DEFAULT_LIFETIME
    opened = identity.open_session(
        engine, person=holder.id, office=SECRETARY, method="password", now=NOW, lifetime=lifetime
    )
    assert opened.expires_at == NOW + timedelta(hours=2)
    at = NOW + timedelta(hours=1)
    with pytest.raises(identity.NotSignedIn):
        identity.session_person(engine, opened.cookie, now=at, lifetime=lifetime)
    assert identity.session_person(engine, opened.cookie, now=at) == holder.id


def test_a_session_in_constant_use_writes_once_in_five_minutes(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    seen = []
    for minutes in range(12):
        assert _code(engine, opened.cookie, holder, at=NOW + timedelta(minutes=minutes)) is None
        with engine.connect() as connection:
            seen.append(connection.execute(select(tables.session.c.last_seen_at)).scalar_one())
    assert sorted(set(seen)) == [NOW, NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)]


def test_signing_out_ends_the_session_for_good(engine: Engine, holder: identity.Person) -> None:
    opened, other = _open(engine, holder), _open(engine, holder)
    identity.end_session(engine, opened.cookie, now=LATER)
    identity.end_session(engine, opened.cookie, now=LATER)
    assert _code(engine, opened.cookie, holder) == "session_ended"
    assert _code(engine, other.cookie, holder) is None


def test_an_ended_appointment_ends_acting_at_once_and_a_new_one_lets_in_again(
    engine: Engine, holder: identity.Person
) -> None:
    opened = _open(engine, holder)
    ended = directory(appointed(holder.id, ends_on=date(2022, 2, 28)))
    with pytest.raises(identity.NotSignedIn) as refused:
        identity.session_of(engine, opened.cookie, directory=ended, now=LATER, log_now=LATER)
    assert refused.value.code == "not_a_holder"
    assert SECRETARY in refused.value.sentence("en")
    assert identity.session_person(engine, opened.cookie, now=LATER) == holder.id
    assert _code(engine, opened.cookie, holder) is None


def test_a_session_for_an_office_that_does_not_exist_acts_for_nobody(engine: Engine, holder: identity.Person) -> None:
    opened = identity.open_session(engine, person=holder.id, office="61.99.sekda", method="demo", now=NOW)
    assert _code(engine, opened.cookie, holder) == "not_a_holder"


def test_the_appointment_is_looked_up_by_the_logs_clock_and_the_expiry_by_the_machines(
    engine: Engine, holder: identity.Person
) -> None:
    opened = _open(engine, holder)
    offices = directory(appointed(holder.id, ends_on=date(2022, 12, 31)))
    in_the_demo = NOW + timedelta(days=100)
    found = identity.session_of(engine, opened.cookie, directory=offices, now=LATER, log_now=in_the_demo)
    assert found.office == SECRETARY


def test_switching_the_office_gives_a_new_cookie_and_keeps_the_old_end(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    offices = directory(appointed(holder.id), appointed(holder.id, COORDINATOR, capacity="plt"))
    at = NOW + timedelta(hours=5)
    switched = identity.switch_office(engine, opened.cookie, office=COORDINATOR, directory=offices, now=at, log_now=at)
    assert switched.cookie != opened.cookie
    assert (switched.expires_at, switched.method) == (opened.expires_at, "password")
    found = identity.session_of(engine, switched.cookie, directory=offices, now=at, log_now=at)
    assert (found.office, found.capacity) == (COORDINATOR, "plt")
    assert _code(engine, opened.cookie, holder) == "session_ended"


def test_nobody_switches_to_an_office_that_they_do_not_hold(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    with pytest.raises(identity.NotSignedIn) as refused:
        identity.switch_office(
            engine,
            opened.cookie,
            office=COORDINATOR,
            directory=directory(appointed(holder.id)),
            now=NOW,
            log_now=NOW,
        )
    assert refused.value.code == "not_a_holder"
    assert _code(engine, opened.cookie, holder) is None


def test_a_deactivated_person_is_out_at_once(engine: Engine, holder: identity.Person) -> None:
    opened = _open(engine, holder)
    identity.deactivate_person(engine, holder.id, now=LATER)
    assert _code(engine, opened.cookie, holder) == "person_inactive"
    identity.reactivate_person(engine, holder.id)
    assert _code(engine, opened.cookie, holder) == "session_ended"


def test_the_sweep_forgets_what_ended_a_month_ago_and_nothing_else(engine: Engine, holder: identity.Person) -> None:
    _open(engine, holder)
    identity.create_link(engine, person=holder.id, office=SECRETARY, now=NOW)
    kept = identity.open_session(
        engine, person=holder.id, office=SECRETARY, method="password", now=NOW + timedelta(days=20)
    )
    assert identity.sweep(engine, now=NOW + timedelta(days=30)) == 0
    assert identity.sweep(engine, now=NOW + timedelta(days=38)) == 2
    with engine.connect() as connection:
        assert connection.execute(select(tables.session.c.id)).scalars().all() == [kept.id]
        assert connection.execute(select(func.count()).select_from(tables.sign_in_link)).scalar_one() == 0


def _open(engine: Engine, holder: identity.Person) -> identity.OpenedSession:
    return identity.open_session(engine, person=holder.id, office=SECRETARY, method="password", now=NOW)


def _code(engine: Engine, cookie: str, holder: identity.Person, at: object = LATER) -> str | None:
    """Why the cookie lets nobody in, or None."""
    assert isinstance(at, type(NOW))
    try:
        identity.session_of(engine, cookie, directory=directory(appointed(holder.id)), now=at, log_now=at)
    except identity.NotSignedIn as refused:
        return refused.code
    return None
