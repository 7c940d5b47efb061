"""Delegations on the pages: given in three fields, used by the office switcher, revoked by a button."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, forms_in, visitor
from tests.support.world import DRAFT_DAY, OTHER_HEAD, REGION, SECRETARY

UNTIL = (DRAFT_DAY.date() + timedelta(days=14)).isoformat()
THREE = {"to": OTHER_HEAD, "ends_on": UNTIL, "letter": "800/12/2021"}


def giver(world: ApiWorld, fields: dict[str, str] | None = None) -> Visitor:
    one = visitor(world, REGION)
    one.open("/delegations")
    one.send(one.form("/delegations"), fields or THREE)
    return one


def delegate(world: ApiWorld) -> Visitor:
    one = visitor(world, OTHER_HEAD)
    one.open("/delegations")
    seat = _acting_buttons(one)[0]
    one.send(one.form("/office", button=seat[1]), button=seat)
    return one


def _acting_buttons(one: Visitor) -> list[tuple[str, str]]:
    return [button for form in forms_in(one.page) for button in form.buttons if button[1].startswith("delegation:")]


def test_an_office_out_of_office_delegates_in_three_fields(world: ApiWorld) -> None:
    one = giver(world)
    assert one.status == 200
    assert "Jabatan 61.03.rsud" in one.words
    assert "13 Desember 2021" in one.words
    assert "berlaku" in one.words


def test_a_second_click_delegates_once(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open("/delegations")
    form = one.form("/delegations")
    one.send(form, THREE)
    one.send(form, THREE)
    assert one.status == 200
    assert len(world.runtime.basis(fresh=True).delegations.known) == 1


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(world: ApiWorld) -> None:
    one = giver(world, {**THREE, "starts_on": "2021-11-01"})
    assert one.status == 422
    assert "sudah lampau" in one.words
    assert 'value="800/12/2021"' in one.page
    one.send(one.form("/delegations"), {**THREE, "ends_on": ""})
    assert "Mohon diisi." in one.words


def test_the_delegate_sees_the_item_marked_and_acts_for_the_giver(world: ApiWorld, asked: str) -> None:
    giver(world)
    one = visitor(world, OTHER_HEAD)
    one.open("/")
    assert "Atas nama Jabatan 61.03.bag" in one.words
    seat = _acting_buttons(one)[0]
    one.send(one.form("/office", button=seat[1]), button=seat)
    assert one.path.startswith(f"/commitments/{asked}")
    assert "a.n. Jabatan 61.03.bag" in one.words
    one.open("/")
    one.send(one.form(f"/commitments/{asked}/verdicts", button="approve"), button=("verdict", "approve"))
    assert "Jabatan 61.03.rsud, a.n. Jabatan 61.03.bag menyetujui" in one.words
    event = world.runtime.history(asked)[-1]
    assert (event.office, event.on_behalf_of, event.capacity) == (OTHER_HEAD, REGION, "an")


def test_the_givers_inbox_still_has_the_item_and_says_to_whom_it_is_delegated(world: ApiWorld, asked: str) -> None:
    one = giver(world)
    one.open("/")
    assert "Dilimpahkan kepada Jabatan 61.03.rsud s.d. 13 Desember 2021" in one.words
    one.send(one.form(f"/commitments/{asked}/verdicts", button="approve"), button=("verdict", "approve"))
    assert "menyetujui permohonan 1" in one.words


def test_a_revoked_delegation_ends_the_session_on_the_givers_behalf(world: ApiWorld) -> None:
    mine, theirs = giver(world), delegate(world)
    assert "a.n. Jabatan 61.03.bag" in theirs.words
    delegation = next(iter(world.runtime.basis(fresh=True).delegations.known))
    mine.send(mine.form(f"/delegations/{delegation}/revocation"), {"reason": "kembali"})
    assert "dicabut" in mine.words
    theirs.open("/")
    assert theirs.path == "/office"
    assert "pelimpahannya sudah berakhir" in theirs.words
    stale = theirs.form("/office")
    theirs.send(stale, button=("office", f"delegation:{delegation}"))
    assert theirs.status == 401
    theirs.send(stale, button=("office", "delegation:none"))
    assert theirs.status == 401


def test_the_office_switcher_offers_the_giver_with_its_last_day(world: ApiWorld) -> None:
    giver(world)
    one = visitor(world, OTHER_HEAD)
    one.open("/")
    assert "Jabatan 61.03.rsud, a.n. Jabatan 61.03.bag (delegasi s.d. 13 Desember 2021)" in one.words


def test_a_delegation_from_another_day_and_for_a_part(world: ApiWorld) -> None:
    one = giver(world, {**THREE, "capacity": "plh", "moves": "start", "may_redelegate": "yes", "starts_on": UNTIL})
    assert "belum mulai" in one.words
    given = next(iter(world.runtime.basis(fresh=True).delegations.known.values())).given
    assert (given.capacity, given.moves, given.may_redelegate) == ("plh", ("start",), True)
    assert given.starts_on.isoformat() == UNTIL


def test_somebody_elses_delegation_is_not_revoked(world: ApiWorld) -> None:
    mine = giver(world)
    delegation = next(iter(world.runtime.basis(fresh=True).delegations.known))
    form = mine.form(f"/delegations/{delegation}/revocation")
    other = visitor(world, SECRETARY)
    other.open("/delegations")
    form.fields = [*other.form("/delegations").fields]
    other.send(form, {"reason": ""})
    assert other.status == 403
    assert "Hanya Jabatan 61.03.bag" in other.words


def test_an_assistant_sorts_and_advises_on_the_page_and_cannot_decide(world: ApiWorld, asked: str) -> None:
    giver(world, {**THREE, "capacity": "assist"})
    one = visitor(world, OTHER_HEAD)
    one.open("/")
    assert asked not in one.page
    one.open("/delegations")
    seat = _acting_buttons(one)[0]
    one.send(one.form("/office", button=seat[1]), button=seat)
    assert "asisten Jabatan 61.03.bag" in one.words
    assert "memutus tidak" in one.words
    assert f"/commitments/{asked}/verdicts" not in one.page
    one.send(one.form("/inbox/advice"), {"star": "yes", "text": "Berkas lengkap, layak disetujui."})
    mine = visitor(world, REGION)
    mine.open("/")
    assert "Saran : Berkas lengkap, layak disetujui. (Jabatan 61.03.rsud)" in mine.words.replace("Saran:", "Saran :")
    assert "didahulukan" in mine.words
