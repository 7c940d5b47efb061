"""Bearer tokens."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from service import identity
from service.identity import tables
from tests.support.identity import LATER, NOW, SECRETARY, appointed, directory


def test_a_token_is_one_person_in_one_office(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder)
    assert re.fullmatch(r"kwl_[A-Za-z0-9_-]{43}", issued.secret)
    offices = directory(appointed(holder.id, capacity="plh"))
    found = identity.token_of(engine, issued.secret, directory=offices, now=LATER, log_now=LATER)
    assert (found.person, found.office, found.capacity) == (holder.id, SECRETARY, "plh")
    assert found.signin == f"token:{issued.id}"


def test_the_database_holds_the_tokens_digest_alone(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder)
    with engine.connect() as connection:
        row = connection.execute(select(*tables.token.c)).one()
    assert row.digest == tables.digest_of(issued.secret)
    assert issued.secret not in [str(value) for value in row]


@pytest.mark.parametrize("bearer", ["", "kwl_", "kwl_" + "A" * 43, "kwl_" + "A" * 44, "A" * 47, "kwl_" + "ä" * 43])
def test_a_token_that_was_never_issued_is_unknown(engine: Engine, holder: identity.Person, bearer: str) -> None:
    _issue(engine, holder)
    assert _code(engine, bearer, holder) == "token_unknown"


def test_neither_the_tokens_id_nor_its_digest_is_a_token(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder)
    assert _code(engine, issued.id, holder) == "token_unknown"
    assert _code(engine, tables.digest_of(issued.secret), holder) == "token_unknown"


def test_a_token_ends_when_it_expires(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder, expires_at=NOW + timedelta(days=1))
    assert _code(engine, issued.secret, holder, at=NOW + timedelta(hours=23, minutes=59)) is None
    assert _code(engine, issued.secret, holder, at=NOW + timedelta(days=1)) == "token_expired"


def test_a_revoked_token_is_refused_and_revoking_again_says_so(engine: Engine, holder: identity.Person) -> None:
    issued, other = _issue(engine, holder), _issue(engine, holder)
    assert identity.revoke_token(engine, issued.id, now=LATER)
    assert not identity.revoke_token(engine, issued.id, now=LATER)
    assert _code(engine, issued.secret, holder) == "token_revoked"
    assert _code(engine, other.secret, holder) is None
    with pytest.raises(identity.InputRefused) as refused:
        identity.revoke_token(engine, "nothing", now=LATER)
    assert refused.value.code == "token_unknown"


def test_an_ended_appointment_ends_its_tokens(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder)
    ended = directory(appointed(holder.id, ends_on=date(2022, 2, 28)))
    with pytest.raises(identity.NotSignedIn) as refused:
        identity.token_of(engine, issued.secret, directory=ended, now=LATER, log_now=LATER)
    assert refused.value.code == "not_a_holder"


def test_another_holder_of_the_office_does_not_keep_a_token_alive(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder)
    with pytest.raises(identity.NotSignedIn):
        identity.token_of(engine, issued.secret, directory=directory(appointed("another")), now=LATER, log_now=LATER)


def test_a_deactivated_persons_token_is_refused(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder)
    identity.deactivate_person(engine, holder.id, now=LATER)
    assert _code(engine, issued.secret, holder) == "person_inactive"


def test_the_list_says_when_a_token_was_used_and_never_what_it_is(engine: Engine, holder: identity.Person) -> None:
    issued = _issue(engine, holder)
    assert [(one.id, one.name, one.last_used_at) for one in identity.list_tokens(engine)] == [
        (issued.id, "rekap bulanan", None)
    ]
    assert _code(engine, issued.secret, holder) is None
    assert _code(engine, issued.secret, holder, at=LATER + timedelta(minutes=4)) is None
    assert [one.last_used_at for one in identity.list_tokens(engine, person=holder.id)] == [LATER]
    assert identity.list_tokens(engine, person="another") == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " "}, "token_name_invalid"),
        ({"name": "n" * 101}, "token_name_invalid"),
        ({"expires_at": NOW}, "expiry_past"),
        ({"person": "nobody"}, "person_unknown"),
    ],
)
def test_a_token_that_makes_no_sense_is_not_issued(
    engine: Engine, holder: identity.Person, changes: dict[str, object], code: str
) -> None:
    asked = {"person": holder.id, "office": SECRETARY, "name": "rekap", "now": NOW, **changes}
    with pytest.raises(identity.InputRefused) as refused:
        identity.issue_token(engine, **asked)
    assert refused.value.code == code
    assert identity.list_tokens(engine) == []


def _issue(engine: Engine, holder: identity.Person, expires_at: datetime | None = None) -> identity.IssuedToken:
    return identity.issue_token(
        engine, person=holder.id, office=SECRETARY, name=" rekap  bulanan ", now=NOW, expires_at=expires_at
    )


def _code(engine: Engine, bearer: str, holder: identity.Person, at: datetime = LATER) -> str | None:
    """Why the token lets nobody in, or None."""
    try:
        identity.token_of(engine, bearer, directory=directory(appointed(holder.id)), now=at, log_now=at)
    except identity.NotSignedIn as refused:
        return refused.code
    return None
