"""Why not yet, for another office; and what would happen, before it is decided."""

from __future__ import annotations

from datetime import timedelta

from tests.support.api_world import ApiWorld
from tests.support.browsing import forms_in, visitor
from tests.support.world import AUDITOR, HEAD, NEIGHBOUR, REGION, SECRETARY


def test_the_page_answers_for_the_office_that_is_chosen_without_javascript(world: ApiWorld, asked: str) -> None:
    one = visitor(world, HEAD)
    one.open(f"/commitments/{asked}")
    (form,) = [form for form in forms_in(one.page) if form.action == f"/commitments/{asked}/why"]
    assert (form.method, form.value("office")) == ("get", HEAD)
    one.open(f"/commitments/{asked}/why?office={SECRETARY}&as_known_on=")
    assert one.status == 200
    assert f"Yang dapat dilakukan oleh Jabatan {SECRETARY} memberi arahan memberi catatan Yang belum" in one.words
    assert f"Putusan sekarang ada pada Jabatan {REGION}." in one.words
    assert f"Dapat diselesaikan oleh: Jabatan {REGION}, paling lambat" in one.words
    one.open(f"/commitments/{asked}/why?office={REGION}")
    assert "menyetujui: r1" in one.words
    assert "seolah-olah pemegang jabatan itu yang bertindak" in one.words


def test_a_past_day_is_answered_as_it_was_known(world: ApiWorld, asked: str) -> None:
    first = world.runtime.now()
    world.advance(to=first + timedelta(days=3))
    etag = world.get(REGION, f"/commitments/{asked}").headers["ETag"]
    assert world.post(REGION, f"/requests/{asked}.r1/approvals", etag=etag).status_code == 201
    one = visitor(world, HEAD)
    one.open(f"/commitments/{asked}/why?office={REGION}&as_known_on={first.date()}")
    assert "menyetujui: r1" in one.words.partition("Yang belum")[0]
    one.open(f"/commitments/{asked}/why?office={REGION}")
    assert "menyetujui: r1" not in one.words.partition("Yang belum")[0]
    one.open(f"/commitments/{asked}/why?as_known_on=kemarin")
    assert one.status == 422


def test_nobody_asks_about_what_they_do_not_see(world: ApiWorld, asked: str) -> None:
    for office, about in ((NEIGHBOUR, REGION), (AUDITOR, REGION), (HEAD, NEIGHBOUR), (HEAD, "99.nobody")):
        one = visitor(world, office)
        one.open(f"/commitments/{asked}/why?office={about}")
        assert one.status == 404


def test_before_deciding_one_sees_what_will_happen(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    one.open(f"/commitments/{asked}")
    assert "Apa yang akan terjadi bila disetujui" in one.words
    assert f"Menunggu berikutnya Jabatan {SECRETARY}" in one.words
    assert "Diberi tahu" in one.words
    other = visitor(world, HEAD)
    other.open(f"/commitments/{asked}")
    assert "Apa yang akan terjadi" not in other.words
    assert len(world.runtime.history(asked)) == 4


def test_before_signing_one_sees_the_state_to_come_and_that_the_plan_falls_due(world: ApiWorld, checked: str) -> None:
    one = visitor(world, SECRETARY)
    one.open(f"/commitments/{checked}")
    assert "Keadaan menjadi Ditandatangani" in one.words
    assert "Jatuh tempo" in one.words
