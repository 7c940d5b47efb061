"""Sittings on pages: opened, attended, signed and decided in, closed and corrected, without JavaScript."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.api_world import ApiWorld
from tests.support.browsing import Visitor, visitor
from tests.support.sitting_calls import attend, open_sitting
from tests.support.world import COORDINATOR, HEAD, MINISTRY, NEIGHBOUR, PROGRAMME, REGION, SECRETARY, SHEET
from workflows.facts import RequestApproved


@pytest.fixture
def opened(world: ApiWorld, checked: str) -> str:
    """A sitting that began a minute ago, kept by the region."""
    assert checked
    began = world.runtime.now().replace(second=0, microsecond=0)
    world.advance(to=began + timedelta(minutes=1))
    return open_sitting(world, by=REGION, held_at=began.isoformat())


def test_a_sitting_is_opened_on_its_page_and_only_by_who_may(world: ApiWorld, checked: str) -> None:
    one = visitor(world, REGION)
    one.open("/sittings")
    assert "Belum ada sidang." in one.words
    one.send(one.form("/sittings"), {"programme": PROGRAMME, "title": "Penandatanganan", "place": "Mempawah"})
    assert "membuka risalah sidang Penandatanganan" in one.words
    (sitting,) = world.runtime.basis(fresh=True).sittings.values()
    assert (sitting.place, sitting.opened.opened_by) == ("Mempawah", REGION)
    other = visitor(world, SECRETARY)
    other.open("/sittings")
    assert "Penandatanganan" in other.words
    assert "Buka risalah sidang" not in other.words


def test_what_is_wrong_with_a_sitting_is_said_at_its_field(world: ApiWorld, checked: str) -> None:
    one = visitor(world, REGION)
    for field, value, told in (
        ("title", "", "title-error"),
        ("place", "", "place-error"),
        ("day", "2035-01-01", "day-error"),
        ("time", "25.00", "time-error"),
    ):
        one.open("/sittings")
        fields = {"programme": PROGRAMME, "title": "Sidang", "place": "Mempawah", field: value}
        one.send(one.form("/sittings"), fields)
        assert one.status == 422
        assert f'id="{told}"' in one.page
    assert world.runtime.basis(fresh=True).sittings == {}


def test_attendance_is_ticked_and_the_party_signs_in_the_sitting(world: ApiWorld, checked: str, opened: str) -> None:
    keeper = visitor(world, REGION)
    keeper.open(f"/sittings/{opened}")
    form = keeper.form(f"/sittings/{opened}/attendance")
    keeper.send(form, {"office": SECRETARY, "presence": "in_person"})
    assert "mencatat yang hadir dalam sidang" in keeper.words
    assert [one.office for one in world.runtime.basis(fresh=True).sittings[opened].attendees] == [SECRETARY]
    signer = visitor(world, SECRETARY)
    signer.open(f"/sheets/{SHEET}")
    fields = {"mode": "in_person", "place": "Mempawah", "sitting": opened}
    signer.send(signer.form(f"/sheets/{SHEET}/signatures"), fields)
    assert signer.status == 200, signer.words
    assert world.runtime.commitment(checked).state.signature.sitting == opened
    world.catch_up()
    keeper.open(f"/sittings/{opened}")
    assert "menandatangani lembar komitmen" in keeper.words


def approved_in_sitting(world: ApiWorld, drafted: str) -> tuple[Visitor, str]:
    """The region, that approved the signing of a draft from its inbox in a sitting; and the sitting."""
    began = world.runtime.now().replace(second=0, microsecond=0)
    world.post(HEAD, f"/commitments/{drafted}/requests", {"move": "sign"})
    sitting = open_sitting(world, by=REGION, held_at=began.isoformat())
    attend(world, sitting, REGION, by=REGION)
    one = visitor(world, REGION)
    one.open(f"/decisions?request={drafted}.r1")
    one.send(one.form("/decisions"), {"verdict": "approve", "sitting": sitting})
    return one, sitting


def test_a_request_is_decided_in_a_sitting_from_the_inbox(world: ApiWorld, drafted: str) -> None:
    one, sitting = approved_in_sitting(world, drafted)
    assert one.status == 200, one.words
    assert "dalam sidang pada" in one.words
    approved = [e.fact for e in world.runtime.history(drafted) if isinstance(e.fact, RequestApproved)]
    assert approved[0].sitting is not None
    assert approved[0].sitting.sitting == sitting


def test_a_verdict_that_was_taken_back_is_struck_through_with_who_and_why(world: ApiWorld, drafted: str) -> None:
    one, sitting = approved_in_sitting(world, drafted)
    world.catch_up()
    one.open(f"/sittings/{sitting}")
    assert "Ditarik kembali" not in one.words
    assert world.post(REGION, f"/requests/{drafted}.r1/retractions", {"text": "<b>Salah</b>"}).status_code == 201
    world.catch_up()
    one.open(f"/sittings/{sitting}")
    made = one.page.partition('id="made"')[2].partition("</ol>")[0]
    assert "<s>" in made
    assert "Ditarik kembali oleh" in made
    assert "&lt;b&gt;Salah&lt;/b&gt;" in made


def test_a_record_is_closed_with_minutes_and_corrected_afterwards(world: ApiWorld, opened: str) -> None:
    attend(world, opened, SECRETARY, MINISTRY, by=REGION)
    keeper = visitor(world, REGION)
    keeper.open(f"/sittings/{opened}")
    form = keeper.form(f"/sittings/{opened}/closure")
    keeper.send(form, {"minutes": ""})
    assert (keeper.status, 'id="minutes-error"' in keeper.page) == (422, True)
    keeper.open(f"/sittings/{opened}")
    keeper.send(keeper.form(f"/sittings/{opened}/closure"), {"minutes": "Dua lembar."})
    assert "Dua lembar." in keeper.words
    assert f"/sittings/{opened}/attendance" not in keeper.page
    fields = {"struck": MINISTRY, "reason": "Berhalangan"}
    keeper.send(keeper.form(f"/sittings/{opened}/corrections"), fields)
    assert "Berhalangan" in keeper.words
    assert [one.office for one in world.runtime.basis(fresh=True).sittings[opened].attendees] == [SECRETARY]


def test_the_file_of_the_minutes_is_opened_from_the_record_by_who_reads_it(world: ApiWorld, opened: str) -> None:
    attend(world, opened, SECRETARY, by=REGION)
    keeper = visitor(world, REGION)
    keeper.open(f"/sittings/{opened}")
    file = ("evidence", b"%PDF-1.7 risalah", "risalah.pdf")
    keeper.send(keeper.form(f"/sittings/{opened}/closure"), {"minutes": "Dua lembar."}, file=file)
    address = keeper.page.partition(f'href="/sittings/{opened}/files/')[2].partition('"')[0]
    for office, status in ((SECRETARY, 200), (NEIGHBOUR, 404)):
        one = visitor(world, office)
        assert one.open(f"/sittings/{opened}/files/{address}").status_code == status
    assert keeper.open(f"/sittings/{opened}/files/{address}").data == b"%PDF-1.7 risalah"


def test_who_does_not_read_it_finds_no_sitting(world: ApiWorld, opened: str) -> None:
    for office, status in ((NEIGHBOUR, 404), (COORDINATOR, 200)):
        one = visitor(world, office)
        one.open(f"/sittings/{opened}")
        assert one.status == status
        assert "Isi risalah" not in one.words
