"""Persons and their passwords."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from events.engine import write_transaction
from service import identity
from service.identity import tables
from tests.support.identity import COORDINATOR, HOLDER, NOW, PASSWORD, SECRETARY, appointed, directory


def test_a_person_is_found_by_pseudonym_and_by_address_however_it_is_spelled(engine: Engine) -> None:
    made = identity.create_person(engine, HOLDER, now=NOW)
    assert identity.person(engine, made.id) == made
    assert identity.person_by_email(engine, " SEKDA@Sambas.example ") == made
    assert identity.person(engine, "nobody") is None
    assert (made.name, made.email, made.language, made.active, made.has_password) == (
        "Pemegang jabatan, Sekretaris Daerah Kabupaten Sambas",
        "sekda@sambas.example",
        "id",
        True,
        False,
    )


def test_one_mailbox_is_one_person(engine: Engine, holder: identity.Person) -> None:
    with pytest.raises(identity.InputRefused) as refused:
        identity.create_person(engine, replace(HOLDER, email="Sekda@SAMBAS.example"), now=NOW)
    assert refused.value.code == "person_exists"
    assert identity.list_persons(engine) == [holder]


def test_of_many_persons_all_are_stored_or_none(engine: Engine) -> None:
    many = [identity.NewPerson(f"Pemegang jabatan {number}", f"{number}@sambas.example") for number in range(1201)]
    with pytest.raises(identity.InputRefused):
        identity.create_persons(engine, [*many, replace(many[0], name="Lain")], now=NOW)
    assert identity.list_persons(engine) == []
    made = identity.create_persons(engine, many, now=NOW)
    assert [one.email for one in made] == [one.email for one in many]
    assert set(identity.persons_by_id(engine, [one.id for one in made])) == {one.id for one in made}
    assert len(identity.persons_by_email(engine, [one.email for one in many])) == 1201


@pytest.mark.parametrize(
    ("new", "code"),
    [
        (identity.NewPerson("Sekda", "sekda"), "email_invalid"),
        (identity.NewPerson("Sekda", "sekda@sambas"), "email_invalid"),
        (identity.NewPerson("Sekda", "a@b.example, c@d.example"), "email_invalid"),
        (identity.NewPerson("Sekda", "a@b.example\r\nBcc: c@d.example"), "email_invalid"),
        (identity.NewPerson("Sekda", "a" * 250 + "@b.example"), "email_invalid"),
        (identity.NewPerson("  ", "a@b.example"), "name_invalid"),
        (identity.NewPerson("Sekda\x00", "a@b.example"), "name_invalid"),
        (identity.NewPerson("S" * 201, "a@b.example"), "name_invalid"),
        (identity.NewPerson("Sekda", "a@b.example", "jv"), "language_unknown"),
    ],
)
def test_what_cannot_be_a_person_is_refused_with_a_sentence(engine: Engine, new: identity.NewPerson, code: str) -> None:
    with pytest.raises(identity.InputRefused) as refused:
        identity.create_person(engine, new, now=NOW)
    assert refused.value.code == code
    assert refused.value.sentence("id") != refused.value.sentence("en")
    assert identity.list_persons(engine) == []


def test_a_new_name_or_language_is_stored_and_the_same_again_is_nothing_new(
    engine: Engine, holder: identity.Person
) -> None:
    assert identity.update_person(engine, holder.id, name="Sekda  Sambas", language="en")
    assert not identity.update_person(engine, holder.id, name="Sekda Sambas", language="en")
    assert identity.person(engine, holder.id) == replace(holder, name="Sekda Sambas", language="en")


def test_a_password_is_stored_as_argon2id_and_verified(engine: Engine, holder: identity.Person) -> None:
    identity.set_password(engine, holder.id, PASSWORD, now=NOW)
    stored = _password_hash(engine)
    assert stored is not None
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert PASSWORD not in stored
    assert identity.verify_password(engine, "SEKDA@sambas.example", PASSWORD) == holder.id
    assert identity.verify_password(engine, "sekda@sambas.example", PASSWORD + "!") is None


def test_a_password_typed_with_composed_or_split_accents_is_the_same(engine: Engine, holder: identity.Person) -> None:
    identity.set_password(engine, holder.id, "caf\u00e9 di Singkawang", now=NOW)
    assert identity.verify_password(engine, holder.email, "cafe\u0301 di Singkawang") == holder.id


def test_a_hash_with_older_parameters_is_renewed_at_the_next_sign_in(engine: Engine, holder: identity.Person) -> None:
    older = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with write_transaction(engine) as connection:
        connection.execute(update(tables.person).values(password_hash=older))
    assert identity.verify_password(engine, holder.email, "bukan kata sandinya") is None
    assert _password_hash(engine) == older
    assert identity.verify_password(engine, holder.email, PASSWORD) == holder.id
    assert (_password_hash(engine) or "").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert identity.verify_password(engine, holder.email, PASSWORD) == holder.id


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("pendek", "password_too_short"),
        ("", "password_too_short"),
        ("a" * 1025, "password_too_long"),
        ("aaaaaaaaaaaaaaaa", "password_too_simple"),
        ("123456789012", "password_too_simple"),
        ("Sekda@Sambas.example", "password_too_simple"),
        ("pemegang jabatan, sekretaris daerah kabupaten sambas", "password_too_simple"),
    ],
)
def test_a_password_that_is_guessed_first_is_refused(
    engine: Engine, holder: identity.Person, password: str, code: str
) -> None:
    with pytest.raises(identity.InputRefused) as refused:
        identity.set_password(engine, holder.id, password, now=NOW)
    assert refused.value.code == code
    assert _password_hash(engine) is None


def test_a_person_without_password_or_inactive_gets_in_with_none(engine: Engine, holder: identity.Person) -> None:
    assert identity.verify_password(engine, holder.email, "") is None
    identity.set_password(engine, holder.id, PASSWORD, now=NOW)
    identity.deactivate_person(engine, holder.id, now=NOW)
    assert identity.verify_password(engine, holder.email, PASSWORD) is None
    identity.reactivate_person(engine, holder.id)
    assert identity.verify_password(engine, holder.email, PASSWORD) == holder.id


def test_an_unknown_person_takes_as_long_as_a_wrong_password(engine: Engine, holder: identity.Person) -> None:
    identity.set_password(engine, holder.id, PASSWORD, now=NOW)
    took: dict[str, list[float]] = {holder.email: [], "siapa@sambas.example": []}
    for _ in range(4):
        for email, seconds in took.items():
            begun = time.perf_counter()
            assert identity.verify_password(engine, email, "bukan kata sandinya") is None
            seconds.append(time.perf_counter() - begun)
    # The least is what the work itself costs, however busy the machine is; without a decoy it would be a fiftieth.
    known, unknown = (min(seconds) for seconds in took.values())
    assert known / 3 < unknown < known * 3


def test_setting_a_password_ends_every_other_session(engine: Engine, holder: identity.Person) -> None:
    offices = directory(appointed(holder.id))
    mine, other = (
        identity.open_session(engine, person=holder.id, office=SECRETARY, method="link", now=NOW) for _ in range(2)
    )
    identity.set_password(engine, holder.id, PASSWORD, now=NOW, except_session=mine.id)
    assert identity.session_of(engine, mine.cookie, directory=offices, now=NOW, log_now=NOW).person == holder.id
    with pytest.raises(identity.NotSignedIn) as refused:
        identity.session_of(engine, other.cookie, directory=offices, now=NOW, log_now=NOW)
    assert refused.value.code == "session_ended"


def test_the_offices_held_are_those_of_this_moment_in_each_offices_own_zone(holder: identity.Person) -> None:
    offices = directory(appointed(holder.id), appointed(holder.id, COORDINATOR, capacity="plt", starts_on=NOW.date()))
    held = identity.offices_held(offices, holder.id, log_now=NOW)
    assert [(one.office, one.capacity) for one in held] == [(COORDINATOR, "plt"), (SECRETARY, "definitive")]
    # 1 March begins in Pontianak while it is still February by UTC.
    dawn = NOW.replace(month=2, day=28, hour=17)
    assert len(identity.offices_held(offices, holder.id, log_now=dawn)) == 2
    assert len(identity.offices_held(offices, holder.id, log_now=dawn.replace(hour=16))) == 1


def _password_hash(engine: Engine) -> str | None:
    with engine.connect() as connection:
        stored: str | None = connection.execute(select(tables.person.c.password_hash)).scalar_one()
    return stored
