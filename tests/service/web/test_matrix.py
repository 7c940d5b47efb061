"""The matrix, the notices, the language and what stands around every page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from service.demo.loading import begin, note_progress
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, NEIGHBOUR, REGION, SECRETARY


def test_the_matrix_says_who_signed_in_words(world: ApiWorld, signed: str) -> None:
    one = visitor(world, COORDINATOR)
    one.open("/matrix")
    assert "1 dari 2 menandatangani" in one.words
    assert "Organisasi 61.05 belum menandatangani" in one.words
    assert f'class="cell open" href="/commitments/{signed}"' in one.page
    assert "Ditandatangani" in one.words


def test_a_drafted_commitment_is_not_signed_yet_with_what_waits(world: ApiWorld, asked: str) -> None:
    one = visitor(world, COORDINATOR)
    one.open("/matrix")
    assert "0 dari 2 menandatangani" in one.words
    assert "belum ditandatangani menunggu: Penandatanganan: Pemeriksaan konsep" in one.words


def test_an_office_counts_only_the_parties_that_it_sees(world: ApiWorld, signed: str) -> None:
    one = visitor(world, NEIGHBOUR)
    one.open("/matrix")
    assert "0 dari 1 menandatangani" in one.words
    assert signed not in one.page


def test_a_past_matrix_knows_what_was_known_and_leads_to_the_same_past(world: ApiWorld, signed: str) -> None:
    positions = {type(event.fact).__name__: event.position for event in world.runtime.history(signed)}
    before = positions["SignatureRecorded"] - 1
    one = visitor(world, COORDINATOR)
    one.open(f"/matrix?at_position={before}")
    assert f"Keadaan per kejadian nomor {before}" in one.words
    assert "0 dari 2 menandatangani" in one.words
    assert f'href="/commitments/{signed}?at_position={before}"' in one.page
    one.open("/matrix?as_known_on=2021-11-28")
    assert signed not in one.page
    one.open(f"/matrix?as_true_on={world.runtime.now().date()}")
    assert "1 dari 2 menandatangani" in one.words


def test_a_programme_that_is_none_is_not_found(world: ApiWorld) -> None:
    one = visitor(world, COORDINATOR)
    one.open("/matrix?programme=tidak-ada")
    assert one.status == 404


def test_a_notice_is_marked_unread_until_it_was_opened(world: ApiWorld, checked: str) -> None:
    one = visitor(world, SECRETARY)
    one.open("/notices")
    assert "belum dibaca" in one.words
    action = one.page.split('action="/notices/')[1].split('"')[0]
    form = one.form(f"/notices/{action}")
    target = next(value for name, value in form.buttons if name == "next" and value.startswith("/commitments/"))
    one.send(form, button=("next", target))
    assert one.status == 200
    assert one.path == target.partition("#")[0]
    one.open("/notices?unread=1")
    assert f'action="/notices/{action}"' not in one.page


def test_the_notice_of_another_office_can_not_be_marked(world: ApiWorld, checked: str) -> None:
    one, other = visitor(world, SECRETARY), visitor(world, NEIGHBOUR)
    one.open("/notices")
    action = one.page.split('action="/notices/')[1].split('"')[0]
    other.open("/notices")
    token = other.form("/language").value("csrf")
    answer = other.client.post(f"/notices/{action}", data={"csrf": token})
    assert answer.status_code == 404


def test_every_page_says_that_the_data_is_a_sample_and_the_clock_a_demos(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    for path in ("/", "/matrix", "/notices", "/office", "/password", "/nothing-here"):
        one.open(path)
        assert "Data contoh" in one.words
        assert "Jam demo: Senin, 29 November 2021" in one.words


def test_the_demos_loading_is_shown_while_it_goes_on_and_its_seconds_after(world: ApiWorld) -> None:
    begun = datetime.now(UTC)
    begin(world.runtime.engine, steps=200, story_at=world.runtime.now(), now=begun)
    note_progress(world.runtime.engine, done=50, story_at=world.runtime.now())
    one = visitor(world, REGION)
    one.open("/")
    assert '<progress id="loading-progress" value="25" max="100">' in one.page
    end = begun + timedelta(seconds=41)
    note_progress(world.runtime.engine, done=200, story_at=world.runtime.now(), finished_at=end)
    assert "selesai dimuat" in one.client.get("/loading").get_data(as_text=True)
    one.open("/")
    assert "dimuat dalam 41 detik" in one.words


def test_while_the_queue_is_away_the_page_says_that_views_lag_and_forms_still_work(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    one.open("/")
    assert "Tampilan mungkin tertinggal" in one.words
    one.send(one.form(f"/commitments/{asked}/verdicts", button="approve"), button=("verdict", "approve"))
    assert one.status == 200
    assert "Belum tampil: 2 kejadian" in one.words


def test_the_language_is_indonesian_first_and_english_by_choice(world: ApiWorld, asked: str) -> None:
    one = visitor(world, REGION)
    one.open("/matrix")
    assert '<html lang="id"' in one.page
    one.send(one.form("/language"), button=("language", "en"))
    assert one.path == "/matrix"
    assert '<html lang="en"' in one.page
    assert "0 of 1 have signed" in one.words
    again = visitor(world, REGION)
    again.open("/")
    assert '<html lang="en"' in again.page, "the person's language is kept"


def test_an_unknown_page_and_method_are_said_in_words(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open("/tidak-ada")
    assert one.status == 404
    assert "Tidak ditemukan" in one.words
    assert one.client.get("/logout").status_code == 405
