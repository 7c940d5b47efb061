"""A programme's page: what it is, its go-live, and its end."""

from __future__ import annotations

from tests.support.api_story import drafted
from tests.support.api_world import ApiWorld
from tests.support.browsing import visitor
from tests.support.world import COORDINATOR, HEAD, PROGRAMME

PATH = f"/programmes/{PROGRAMME}"


def test_who_may_sets_the_go_live_and_others_read_it(world: ApiWorld) -> None:
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    one.send(one.form(f"{PATH}/go-live"), {"on": "2022-02-31", "text": "Mulai"})
    assert one.status == 422
    assert "Mohon tulis tanggal yang ada di kalender" in one.words
    one.send(one.form(f"{PATH}/go-live"), {"on": "2022-02-01", "text": "Mulai"})
    assert "1 Februari 2022" in one.words
    other = visitor(world, HEAD)
    one.send(one.form(f"{PATH}/go-live"), {"on": "2022-03-01", "text": "Ditunda"})
    other.open(PATH)
    assert "1 Maret 2022" in other.words
    for said in ("1 Februari 2022", "Mulai", "Ditunda"):
        assert said in other.words, "the day that was moved, and why, stay readable for everybody"
    assert f"{PATH}/closure" not in other.page


def test_a_closed_programme_says_so_and_is_opened_again(world: ApiWorld) -> None:
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    one.send(one.form(f"{PATH}/closure"), {"letter": "800/9", "text": "Tahun berakhir"})
    assert "Program ini sudah ditutup : Tahun berakhir (800/9)" in one.words
    one.send(one.form(f"{PATH}/reopening"), {"letter": "800/10", "text": "Ada temuan"})
    assert "Program ini sudah ditutup" not in one.words


def test_what_is_open_is_listed_and_nothing_that_was_typed_is_lost(world: ApiWorld) -> None:
    drafted(world)
    one = visitor(world, COORDINATOR)
    one.open(PATH)
    one.send(one.form(f"{PATH}/closure"), {"letter": "800/9", "text": "Tahun berakhir"})
    assert one.status == 409
    assert "Masih ada 1 komitmen yang terbuka" in one.words
    assert 'value="800/9"' in one.page


def test_an_unknown_programme_is_not_found(world: ApiWorld) -> None:
    one = visitor(world, COORDINATOR)
    one.open("/programmes/none")
    assert one.status == 404
