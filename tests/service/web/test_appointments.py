"""Appointments on the pages."""

from __future__ import annotations

from datetime import UTC, datetime

from service import identity
from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.world import ADMIN, HEAD, REGION, SECRETARY

FIELDS = {"office": REGION, "email": "pengganti@kawal.example", "capacity": "plh", "letter": "821/9"}


def proposed(world: ApiWorld) -> Visitor:
    new = identity.NewPerson("Pengganti", FIELDS["email"])
    identity.create_person(world.runtime.engine, new, now=datetime.now(UTC))
    one = visitor(world, SECRETARY)
    one.open("/appointments")
    one.send(one.form("/appointments"), FIELDS)
    return one


def test_one_proposes_and_another_confirms(world: ApiWorld) -> None:
    mine = proposed(world)
    assert "Pengganti (pengganti@kawal.example)" in mine.words
    waiting = next(iter(world.runtime.basis(fresh=True).directory.proposals))
    assert f"/appointments/{waiting}/confirmation" not in mine.page
    other = visitor(world, ADMIN)
    other.open("/appointments")
    assert "Pengganti" in other.words
    other.send(other.form(f"/appointments/{waiting}/confirmation"))
    assert "Tidak ada usulan yang menunggu" in other.words
    directory = world.runtime.basis(fresh=True).directory
    assert directory.appointments[waiting].capacity == "plh"


def test_the_proposer_takes_the_proposal_back(world: ApiWorld) -> None:
    mine = proposed(world)
    waiting = next(iter(world.runtime.basis(fresh=True).directory.proposals))
    mine.send(mine.form(f"/appointments/{waiting}/refusal"), {"reason": "Salah ketik"})
    assert "Tidak ada usulan yang menunggu" in mine.words


def test_an_unknown_address_is_said_at_its_field(world: ApiWorld) -> None:
    one = visitor(world, SECRETARY)
    one.open("/appointments")
    one.send(one.form("/appointments"), {**FIELDS, "email": "tidak@ada.example"})
    assert one.status == 422
    assert "Tidak ada orang yang dikenal dengan alamat itu" in one.words
    assert 'value="tidak@ada.example"' in one.page


def test_an_office_fills_only_what_is_its_own_or_below_it(world: ApiWorld) -> None:
    one = visitor(world, HEAD)
    one.open("/appointments")
    assert f'value="{REGION}"' not in one.page
    assert f'value="{HEAD}"' in one.page
