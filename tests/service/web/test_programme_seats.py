"""A programme's seats on its page: who was invited, what they answered, who has not signed."""

from __future__ import annotations

from tests.support.api_story import signed
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, PARTY, PROGRAMME, REGION

PATH, OTHER = f"/programmes/{PROGRAMME}", "61.05"
INVITED = {"parties": OTHER, "letter": "000.8/1", "day": "2021-11-01", "answer_by": "2021-11-15"}


def test_the_page_says_who_has_not_signed(world: ApiWorld) -> None:
    signed(world)
    world.catch_up()
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    assert "1 dari 2 menandatangani" in one.words
    assert "Belum menandatangani: Organisasi 61.05" in one.words


def test_an_invitation_and_its_answers_are_recorded_by_forms(world: ApiWorld) -> None:
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    one.send(one.form(f"{PATH}/invitations"), INVITED)
    assert "tidak ada jawaban" in one.words
    assert "diundang dengan surat 000.8/1, 1 November 2021 · jawaban paling lambat 15 November 2021" in one.words
    answer = {"party": OTHER, "day": "2021-11-10", "letter": ""}
    one.send(one.form(f"{PATH}/answers"), {**answer, "text": ""}, button=("verdict", "decline"))
    assert one.status == 422
    assert one.page.count('id="text-error"') == 1
    one.send(one.form(f"{PATH}/answers"), {**answer, "text": "Tanpa anggaran"}, button=("verdict", "decline"))
    assert "10 November 2021: Tanpa anggaran" in one.words
    one.send(one.form(f"{PATH}/answers"), {**answer, "day": "2021-11-20"}, button=("verdict", "join"))
    assert "ikut serta terlambat belum menandatangani" in one.words
    assert "mencatat bahwa" in one.words


def test_what_was_typed_stays_where_an_invitation_is_refused(world: ApiWorld) -> None:
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    one.send(one.form(f"{PATH}/invitations"), {**INVITED, "day": "2021-12-31", "answer_by": ""})
    assert one.status == 422
    assert 'value="000.8/1"' in one.page
    one.send(one.form(f"{PATH}/invitations"), {**INVITED, "parties": "61.99"})
    assert one.status == 422
    one.send(one.form(f"{PATH}/invitations"), {**INVITED, "parties": ""})
    assert "Mohon pilih salah satu" in one.words


def test_an_office_below_reads_its_own_seat_and_changes_none(world: ApiWorld) -> None:
    one = visitor(world, REGION)
    one.open(PATH)
    assert f'id="seat-{PARTY}"' in one.page
    assert f'id="seat-{OTHER}"' not in one.page
    assert f"{PATH}/invitations" not in one.page
