"""Moves that leave the state as it is, on the pages."""

from __future__ import annotations

from tests.support.api_story import started
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import HEAD, SECRETARY

MEMO = ("evidence", b"%PDF-1.7 nota dinas", "nota.pdf")


def test_an_agency_asks_for_a_hold_and_the_secretary_reads_until_when(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/hold")
    assert "Paling lama 60 hari kerja" in one.words
    assert "Dalam replikasi (tidak berubah)" in one.words
    form = one.form(f"{story.path}/moves/hold")
    one.send(form, {"reason": "bencana", "text": "Banjir", "until": "2022-01-03"}, file=MEMO)
    assert one.status == 422
    assert "Hari terakhir penundaan (2022-01-03) sudah lewat" in one.words
    one.send(one.form(f"{story.path}/moves/hold"), {"until": "2022-01-28"})
    assert one.status == 200, one.words
    assert "Permohonan 3: Penundaan" in one.words
    other = visitor(world, SECRETARY)
    other.open(story.path)
    assert "Sampai dengan Jumat, 28 Januari 2022" in other.words
    other.send(other.form(f"{story.path}/verdicts"), {"verdict": "approve"})
    assert other.status == 200, other.words
    other.open(story.path)
    assert "sampai dengan Jumat, 28 Januari 2022" in other.words
    assert "Permohonan 3 (Penundaan) berlaku; keadaan tetap Dalam replikasi." in other.words


def test_a_hold_without_its_last_day_shows_the_form_again(world: ApiWorld) -> None:
    story = started(world)
    one = visitor(world, HEAD)
    one.open(f"{story.path}/moves/hold")
    one.send(one.form(f"{story.path}/moves/hold"), {"reason": "bencana", "until": ""}, file=MEMO)
    assert one.status == 422
    assert "Mohon diisi." in one.words
